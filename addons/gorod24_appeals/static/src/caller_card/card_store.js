// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {MODEL} from "./caller_store";
import {
    isBlankQuestion,
    MODE_ANSWER,
    MODE_SEND,
    newQuestion,
    newUid,
    placeNoteOf,
    placeOf,
    problemsOf,
    valuesOf,
} from "./card_draft";
import {errorPlace, errorText} from "./card_format";
import {Latest, STALE} from "./latest";
import {RepeatStore} from "./repeat_store";
import {problemWords} from "./problem_words";
import {applyTopic, COMPLAINT, HELPED_NO, resetDetails} from "./question_details";

/**
 * The open caller card: what the server knows of the caller, the draft being
 * typed, and the requests between them. Panels of other addons (registry
 * category `gorod24_appeals.card_panels`) receive it as the prop `card` and may
 * read everything and change the draft through {@link CardStore.edit} and the
 * methods below. A failed request leaves its words in `error` and loses nothing.
 */
export class CardStore extends RepeatStore {
    // ------------------------------------------------------------ questions

    suggestTopics(text) {
        return this.orm.call(MODEL, "suggest_topics", [text]);
    }

    addQuestion() {
        this.edit((draft) => {
            draft.questions.push(newQuestion());
            draft.active = draft.questions.length - 1;
        });
    }

    removeQuestion(index) {
        this.edit((draft) => {
            const [removed] = draft.questions.splice(index, 1);
            delete this.previews[removed.uid];
            this.forgetAdvice(removed);
            this.forgetSimilar(removed);
            if (!draft.questions.length) {
                draft.questions.push(newQuestion());
            }
            draft.active = Math.min(draft.active, draft.questions.length - 1);
        });
    }

    showQuestion(index) {
        this.draft.active = index;
    }

    setTopic(question, topic) {
        this.edit(() => {
            question.topic = topic;
            question.choice = null;
            question.join = null;
            resetDetails(question);
            // An emergency outside the participants' business (gas: call 104) is not sent.
            const settled = Boolean(topic.settled_in_call);
            question.modeChosen = false;
            question.mode = settled ? MODE_ANSWER : MODE_SEND;
            // Outside the hours only emergencies are taken.
            const urgent =
                topic.urgency === "emergency" ||
                (this.info.outOfHours && !question.calm);
            question.emergency = urgent && !settled;
        });
        this.refreshPreview(question);
    }

    clearTopic(question) {
        this.edit(() => {
            question.topic = null;
            question.choice = null;
            question.join = null;
        });
        delete this.previews[question.uid];
        this.forgetAdvice(question);
    }

    setEmergency(question, emergency) {
        this.setQuestionField(question, "emergency", emergency);
        this.setQuestionField(question, "calm", this.info.outOfHours && !emergency);
        this.refreshPreview(question);
    }

    setMode(question, mode) {
        this.edit(() => {
            question.mode = mode;
            question.modeChosen = true;
            if (mode === MODE_ANSWER && question.helped === HELPED_NO) {
                // Another answer is given: whether that one helps is asked anew.
                question.helped = "";
            }
        });
    }

    setElsewhere(question, elsewhere) {
        this.setQuestionField(question, "elsewhere", elsewhere);
        this.refreshPreview(question);
    }

    /** @param {Object|null} choice another participant, or null for the proposed */
    choose(question, choice) {
        this.setQuestionField(question, "choice", choice);
    }

    // -------------------------------------------------------------- preview

    previewOf(question) {
        return this.previews[question.uid] || {loading: false, error: "", data: null};
    }

    refreshPreviews() {
        this.draft.questions.forEach((question) => this.refreshPreview(question));
    }

    async refreshPreview(question) {
        this.refreshSimilar(question);
        if (!question.topic || question.join) {
            return;
        }
        this.refreshAdvice(question);
        const {uid} = question;
        const turns = (this.previewTurns[uid] ||= new Latest());
        const data = this.previews[uid]?.data || null;
        this.previews[uid] = {loading: true, error: "", data};
        try {
            const answer = await turns.run(() => this._askPreview(question));
            if (answer === STALE || !this.draft.questions.some((q) => q.uid === uid)) {
                return;
            }
            this.previews[uid] = {loading: false, error: "", data: answer};
            applyTopic(question, answer);
            if (!question.modeChosen) {
                question.mode = answer.needs_referral ? MODE_SEND : MODE_ANSWER;
            }
        } catch (error) {
            this.previews[uid] = {loading: false, error: errorText(error), data: null};
        }
    }

    _askPreview(question) {
        const place = this._placeAsked(question);
        this.placesAsked[question.uid] = JSON.stringify(place);
        return this.orm.call(MODEL, "preview", [question.topic.topic_id], {
            ...place,
            emergency: question.emergency,
            complained_id: this._complainedId(question),
            contact_at: this.draft.params.paper?.contact_at || null,
        });
    }

    /** What of a place the answer depends on; a known house needs no words. */
    _placeAsked(question) {
        const {building_id, address_id} = placeOf(this.draft, question);
        return {
            building_id: building_id || null,
            address_id: address_id || null,
            place_note: building_id ? "" : placeNoteOf(this.draft, question),
        };
    }

    /** A place was typed to its end: its words decide who answers and by when, too. */
    settlePlace() {
        for (const question of this.draft.questions) {
            const asked = this.placesAsked[question.uid];
            if (asked && asked !== JSON.stringify(this._placeAsked(question))) {
                this.refreshPreview(question);
            }
        }
    }

    _complainedId(question) {
        const {kind} = this.draft;
        return (kind === COMPLAINT && question.complained?.id) || null;
    }

    // ------------------------------------------------------------- problems

    /**
     * What is wrong with a field, in words.
     * @param {string[]} codes of problems and refusals the field is about
     * @param {Object} [question] none for fields of the card itself
     * @returns {string} "" when it is all right
     */
    lackAt(codes, question) {
        const index = question && this._indexOf(question);
        const isHere = (place) =>
            codes.includes(place.code) &&
            (index === undefined || index === place.question);
        const problem = this.problems.find(isHere);
        if (problem) {
            return problemWords(problem.code);
        }
        return this.errorPlace && isHere(this.errorPlace) ? this.error : "";
    }

    _indexOf(question) {
        return this.draft.questions.findIndex(({uid}) => uid === question.uid);
    }

    // --------------------------------------------------------------- saving

    /** @returns {Promise<boolean>} whether the appeal was registered */
    async save() {
        if (this.saving || this.saved) {
            return false;
        }
        this.error = "";
        this.errorPlace = null;
        this.problems = problemsOf(this.draft);
        if (this.problems.length) {
            const first = this.problems.find((problem) => "question" in problem);
            if (first && this.problems[0] === first) {
                this.draft.active = first.question;
            }
            return false;
        }
        this.saving = true;
        let refusal = null;
        try {
            await this.sync.hold();
            const saved = await this.orm.call(MODEL, "register", [
                valuesOf(this.draft),
            ]);
            this.saved = {...saved, questions: this._withAnswers(saved.questions)};
            this.sync.forget();
            this.storage.drop(this.draft.uid);
            this.shared.dirty = false;
        } catch (error) {
            refusal = error;
        }
        this.saving = false;
        if (refusal) {
            await this._onRefused(refusal);
        }
        return Boolean(this.saved);
    }

    async _onRefused(error) {
        const former = error?.data?.context?.card_saved;
        if (former) {
            // Its words are not in that appeal: they go on as another card.
            await this.moveOn(former);
            return;
        }
        this.sync.release();
        this.error = errorText(error);
        this.errorPlace = errorPlace(error);
        if (this.errorPlace && "question" in this.errorPlace) {
            this.errorPlace.question = this._sentIndex(this.errorPlace.question);
            this.draft.active = this.errorPlace.question;
        }
    }

    get _sent() {
        return this.draft.questions.filter(
            (question, index) => index === 0 || !isBlankQuestion(question)
        );
    }

    /** Blank questions are not sent: where on the card is the n-th that was? */
    _sentIndex(index) {
        const found = this.draft.questions.indexOf(this._sent[index]);
        return Math.max(found, 0);
    }

    /** Marks what was settled in the conversation, for the closing words. */
    _withAnswers(questions) {
        const sent = this._sent;
        return questions.map((question, index) => ({
            ...question,
            answered: !sent[index]?.join && sent[index]?.mode === MODE_ANSWER,
            joined: sent[index]?.join || null,
        }));
    }

    // ------------------------------------------------------------ informing

    /** Records that the result was told in this call; "no" needs the citizen's words. */
    async recordInformed(item, satisfaction, note) {
        this.error = "";
        if (satisfaction === "no" && !note) {
            this.error = _t("Write what is still wrong: the participant will read it.");
            return null;
        }
        try {
            item.callUid ||= newUid();
            const answer = await this.orm.call(
                "gorod24.informing",
                "record_attempt",
                [[item.id], "reached", satisfaction, note],
                {call_uid: item.callUid, incoming: true}
            );
            item.recorded = satisfaction;
            return answer;
        } catch (error) {
            this.error = errorText(error);
            return null;
        }
    }

    /**
     * Notes on the appeal that the citizen called again about an open question,
     * with what he said this time. Telephony extends it to link the call.
     */
    async noteSameQuestion(item) {
        this.error = "";
        const said = this.question.topic ? "" : this.question.text.trim();
        const body = said
            ? _t("Called again about question %(name)s: %(said)s", {
                  name: item.name,
                  said,
              })
            : _t("Called again about question %(name)s.", {name: item.name});
        try {
            await this.orm.call("helpdesk.ticket", "message_post", [[item.appeal_id]], {
                body: String(body),
                message_type: "comment",
                subtype_xmlid: "mail.mt_note",
            });
            item.noted = true;
        } catch (error) {
            this.error = errorText(error);
        }
        return Boolean(item.noted);
    }

    /** Nothing worth keeping has been typed. */
    get isEmpty() {
        return !this.draft.touched && this.draft.questions.every(isBlankQuestion);
    }
}

export function makeCardStore(services) {
    return reactive(new CardStore(services));
}
