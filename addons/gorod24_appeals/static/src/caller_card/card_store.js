// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {reactive, toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {
    applyPerson,
    isBlankQuestion,
    MODE_ANSWER,
    MODE_SEND,
    newDraft,
    newPlace,
    newQuestion,
    PERSON_KNOWN,
    PERSON_NEW,
    PERSON_UNKNOWN,
    placeOf,
    problemsOf,
    valuesOf,
} from "./card_draft";
import {errorText} from "./card_format";
import {Latest, STALE} from "./latest";

const MODEL = "gorod24.caller.card";
// An emergency outside the participants' business (gas: call 104) is not sent.
const SETTLED_IN_CALL = ["INFO", "NAV"];

/**
 * The open caller card: what the server knows of the caller, the draft being
 * typed, and the requests between them. Panels of other addons (registry
 * category `gorod24_appeals.card_panels`) receive it as the prop `card` and may
 * read everything and change the draft through {@link CardStore.edit} and the
 * methods below. A failed request leaves its words in `error` and loses nothing.
 */
export class CardStore {
    /**
     * @param {{orm: Object, storage: Object, shared: {dirty: boolean, callId: any}}} services
     */
    constructor({orm, storage, shared}) {
        this.orm = orm;
        this.storage = storage;
        this.shared = shared;
        this.draft = newDraft();
        this.info = {number_display: "", call: null, persons: [], notices: []};
        this.history = [];
        this.openQuestions = [];
        this.toInform = [];
        this.previews = {};
        this.kinds = [];
        this.otherDrafts = [];
        this.lookedUp = "";
        this.loading = false;
        this.saving = false;
        this.loaded = false;
        this.error = "";
        this.loadError = "";
        this.problems = [];
        this.saved = null;
        this.loads = new Latest();
        this.previewTurns = {};
    }

    // ---------------------------------------------------------------- draft

    get question() {
        return this.draft.questions[this.draft.active] || this.draft.questions[0];
    }

    get person() {
        return this.info.persons.find((person) => person.id === this.draft.person.id);
    }

    /** Changes the draft on behalf of the operator, and keeps it. */
    edit(change) {
        change(this.draft);
        this.draft.touched = true;
        this.shared.dirty = true;
        this.problems = this.problems.length ? problemsOf(this.draft) : [];
        this.storage.put(toRaw(this.draft));
    }

    setField(name, value) {
        this.edit((draft) => (draft[name] = value));
    }

    setQuestionField(question, name, value) {
        this.edit(() => (question[name] = value));
    }

    // -------------------------------------------------------------- opening

    /**
     * Opens the card of a call, number or person, or goes on with the draft of
     * it left in this tab. Without parameters: the newest unfinished draft.
     */
    async open(params) {
        const named = params.call_id || params.number || params.partner_id;
        const fresh = newDraft(params);
        const kept =
            named || params.fresh ? this.storage.get(fresh.key) : this.storage.newest();
        this._start(kept && !params.fresh ? kept : fresh);
        this.loadKinds();
        await this.load();
    }

    _start(draft) {
        this.draft = draft;
        this.previews = {};
        this.previewTurns = {};
        this.saved = null;
        this.error = "";
        this.problems = [];
        this.shared.dirty = draft.touched;
        this.shared.callId = draft.params.call_id || false;
        this.otherDrafts = this.storage.others(draft.key);
    }

    startNew() {
        this.storage.drop(this.draft.key);
        this._start(newDraft());
        this._showLoaded({});
        this.loaded = true;
    }

    async openDraft(key) {
        const draft = this.storage.get(key);
        if (draft) {
            this._start(draft);
            await this.load();
        }
    }

    discardDraft(key) {
        this.storage.drop(key);
        this.otherDrafts = this.storage.others(this.draft.key);
    }

    /** Reads all that is known of the caller; the draft typed so far stays. */
    async load() {
        const {params, number} = this.draft;
        this.loadError = "";
        if (!number && !params.call_id && !params.partner_id && !params.appeal_id) {
            this._showLoaded({});
            this.loaded = true;
            return;
        }
        this.loading = true;
        try {
            const answer = await this.loads.run(() =>
                this.orm.call(MODEL, "load", [], {
                    number: number || null,
                    call_id: params.call_id || null,
                    partner_id: params.partner_id || null,
                    appeal_id: params.appeal_id || null,
                })
            );
            if (answer === STALE) {
                return;
            }
            this._showLoaded(answer);
        } catch (error) {
            this.loadError = errorText(error);
        }
        this.loading = false;
        this.loaded = true;
    }

    _showLoaded(answer) {
        this.info = {
            number_display: answer.number_display || answer.number || "",
            call: answer.call || null,
            persons: answer.persons || [],
            notices: answer.notices || [],
        };
        this._showHistory(answer);
        if (answer.number) {
            this.draft.number = answer.number;
        }
        this.lookedUp = this.draft.number;
        if (this.draft.person.mode === PERSON_UNKNOWN) {
            this._guessPerson();
        }
        this.draft.questions.forEach((question) => this.refreshPreview(question));
    }

    _guessPerson() {
        const {persons} = this.info;
        if (persons.length === 1) {
            this._takePerson(persons[0]);
        } else if (!persons.length) {
            this.draft.person = {mode: PERSON_NEW, id: false};
        }
    }

    _showHistory(answer) {
        this.history = answer.history || [];
        this.openQuestions = answer.open_questions || [];
        this.toInform = answer.to_inform || [];
    }

    async loadKinds() {
        if (this.kinds.length) {
            return;
        }
        try {
            const fields = await this.orm.call(
                "helpdesk.ticket",
                "fields_get",
                [["kind"]],
                {
                    attributes: ["selection"],
                }
            );
            this.kinds = fields.kind?.selection || [];
        } catch {
            // The kind can be set later; its absence must not disturb the call.
        }
    }

    /** Looks the typed number up, once for each number. */
    async lookUpNumber() {
        if (this.draft.number === this.lookedUp || this.saved) {
            return;
        }
        this.draft.person = {mode: PERSON_UNKNOWN, id: false};
        await this.load();
    }

    // --------------------------------------------------------------- person

    /** Fills the person in; an address typed by the operator is not replaced. */
    _takePerson(person) {
        const {place, flat, addressNote, addressConfirmed} = this.draft;
        const typed = this.draft.touched && place.text;
        applyPerson(this.draft, person);
        if (typed) {
            Object.assign(this.draft, {place, flat, addressNote, addressConfirmed});
        }
    }

    async choosePerson(person) {
        const changed = this.draft.person.mode === PERSON_KNOWN;
        this.edit((draft) => {
            if (changed) {
                draft.place = newPlace();
            }
            this._takePerson(person);
        });
        this.refreshPreviews();
        await this._loadHistory(person.id);
    }

    newPerson() {
        this.edit((draft) => {
            if (draft.person.mode === PERSON_KNOWN) {
                Object.assign(draft, {
                    place: newPlace(),
                    flat: "",
                    addressNote: "",
                    addressConfirmed: false,
                });
            }
            draft.person = {mode: PERSON_NEW, id: false};
        });
        this.refreshPreviews();
    }

    async _loadHistory(partnerId) {
        try {
            const answer = await this.loads.run(() =>
                this.orm.call(MODEL, "history_for", [partnerId])
            );
            if (answer !== STALE) {
                this._showHistory(answer);
            }
        } catch (error) {
            this.error = errorText(error);
        }
    }

    // -------------------------------------------------------------- address

    suggestAddresses(text) {
        return this.orm.call(MODEL, "suggest_addresses", [text]);
    }

    /** Typed text is a place not yet found; a picked suggestion is a found one. */
    typePlace(holder, text) {
        this.edit(() => (holder.place = {...newPlace(), text}));
    }

    pickPlace(holder, item) {
        this.edit((draft) => {
            holder.place = {
                text: item.label,
                building_id: item.building_id || false,
                address_id: item.address_id || false,
            };
            if (toRaw(holder) === toRaw(draft) && item.flat) {
                draft.flat = item.flat;
            }
        });
        this.refreshPreviews();
    }

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
            question.modeChosen = false;
            question.mode = MODE_SEND;
            question.emergency =
                topic.urgency === "emergency" &&
                !SETTLED_IN_CALL.includes(topic.regime_code);
        });
        this.refreshPreview(question);
    }

    clearTopic(question) {
        this.edit(() => {
            question.topic = null;
            question.choice = null;
        });
        delete this.previews[question.uid];
    }

    setEmergency(question, emergency) {
        this.setQuestionField(question, "emergency", emergency);
        this.refreshPreview(question);
    }

    setMode(question, mode) {
        this.edit(() => {
            question.mode = mode;
            question.modeChosen = true;
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
        if (!question.topic) {
            return;
        }
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
            if (!question.modeChosen) {
                question.mode = answer.needs_referral ? MODE_SEND : MODE_ANSWER;
            }
        } catch (error) {
            this.previews[uid] = {loading: false, error: errorText(error), data: null};
        }
    }

    _askPreview(question) {
        const place = placeOf(this.draft, question);
        return this.orm.call(MODEL, "preview", [question.topic.topic_id], {
            building_id: place.building_id || null,
            address_id: place.address_id || null,
            emergency: question.emergency,
        });
    }

    // --------------------------------------------------------------- saving

    /** @returns {Promise<boolean>} whether the appeal was registered */
    async save() {
        if (this.saving || this.saved) {
            return false;
        }
        this.error = "";
        this.problems = problemsOf(this.draft);
        if (this.problems.length) {
            const first = this.problems.find((problem) => "question" in problem);
            if (first && this.problems[0] === first) {
                this.draft.active = first.question;
            }
            return false;
        }
        this.saving = true;
        try {
            const saved = await this.orm.call(MODEL, "register", [
                valuesOf(this.draft),
            ]);
            this.saved = {...saved, questions: this._withAnswers(saved.questions)};
            this.storage.drop(this.draft.key);
            this.shared.dirty = false;
        } catch (error) {
            this.error = errorText(error);
        }
        this.saving = false;
        return Boolean(this.saved);
    }

    /** Marks what was settled in the conversation, for the closing words. */
    _withAnswers(questions) {
        const sent = this.draft.questions.filter(
            (question, index) => index === 0 || !isBlankQuestion(question)
        );
        return questions.map((question, index) => ({
            ...question,
            answered: sent[index]?.mode === MODE_ANSWER,
        }));
    }

    // ------------------------------------------------------------ informing

    /** Records that the result was told in this call. */
    async recordInformed(item, satisfaction, note) {
        try {
            const answer = await this.orm.call("gorod24.informing", "record_attempt", [
                [item.id],
                "reached",
                satisfaction,
                note,
            ]);
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
