// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {toRaw} from "@odoo/owl";
import {CallerStore, MODEL} from "./caller_store";
import {MODE_ANSWER, MODE_SEND, placeOf} from "./card_draft";
import {errorText} from "./card_format";
import {Latest, STALE} from "./latest";
import {HELPED_NO} from "./question_details";

const NOTHING = {items: [], loading: false, error: ""};

function answerItem(item) {
    return {
        key: "answer",
        id: item.answer_id,
        title: item.name,
        text: item.text,
        source: item.owner,
        validTo: item.valid_to,
    };
}

function serviceItem(item) {
    return {
        key: "service",
        id: item.navigator_id,
        title: item.name,
        text: item.told,
        source: item.organisation,
        what: item.what,
        site: item.site,
        status: item.status_text,
        isOpen: item.open_now,
    };
}

/**
 * The part of the open card that tells what may be read aloud: standard answers
 * and services for the chosen topic, and the answers to its own questions.
 */
export class AdviceStore extends CallerStore {
    constructor(services) {
        super(services);
        this.advices = {};
        this.adviceKeys = {};
        this.adviceTurns = {};
    }

    adviceOf(question) {
        return this.advices[question.uid] || NOTHING;
    }

    /** Asks for advice once for each topic and place. */
    refreshAdvice(question) {
        const topicId = question.topic?.topic_id;
        const {building_id} = placeOf(this.draft, question);
        const key = `${topicId}:${building_id || ""}`;
        if (topicId && this.adviceKeys[question.uid] !== key) {
            this.adviceKeys[question.uid] = key;
            return this._loadAdvice(question, {
                text: question.text,
                topic_id: topicId,
                building_id: building_id || null,
            });
        }
    }

    /** What the operator looks for in words; nothing typed: the topic's own. */
    searchAdvice(question, text) {
        if (!text) {
            delete this.adviceKeys[question.uid];
            return this.refreshAdvice(question);
        }
        return this._loadAdvice(question, {text});
    }

    async _loadAdvice(question, request) {
        const {uid} = question;
        const turns = (this.adviceTurns[uid] ||= new Latest());
        this.advices[uid] = {...this.adviceOf(question), loading: true, error: ""};
        try {
            const found = await turns.run(() =>
                this.orm.call(MODEL, "advise", [], request)
            );
            if (found === STALE) {
                return;
            }
            const items = [
                ...(found.answers || []).map(answerItem),
                ...(found.services || []).map(serviceItem),
            ];
            this.advices[uid] = {items, loading: false, error: ""};
        } catch (error) {
            delete this.adviceKeys[uid];
            this.advices[uid] = {items: [], loading: false, error: errorText(error)};
        }
    }

    forgetAdvice(question) {
        delete this.advices[question.uid];
        delete this.adviceKeys[question.uid];
    }

    /** Answers with a text or a service; words typed by hand stay in front. */
    take(question, item) {
        this.edit(() => {
            const own = question.answerText.trim();
            const typed = own && own !== question.told?.text ? own : "";
            question.answerText = [typed, item.text].filter(Boolean).join("\n");
            question.told = toRaw(item);
            question.helped = "";
            question.mode = MODE_ANSWER;
            question.modeChosen = true;
        });
    }

    /** A text that did not help leaves the question to a participant, on any topic. */
    setHelped(question, helped) {
        this.edit(() => {
            question.helped = helped;
            if (helped === HELPED_NO) {
                question.mode = MODE_SEND;
                question.modeChosen = true;
            }
        });
    }

    setExtra(question, name, value) {
        this.edit(() => (question.extra = {...question.extra, [name]: value}));
    }

    findOrganisations(text) {
        return this.orm.call(MODEL, "find_organisations", [text]);
    }

    /** @returns {Promise<Object[]>} known persons, by the words of a name or by phone */
    findPersons(text) {
        return this.orm.call(MODEL, "find_persons", [text]);
    }

    findParticipants(text) {
        return this.orm.call(MODEL, "find_participants", [text]);
    }

    /** @param {{id: number|false, name: string}|null} complained */
    setComplained(question, complained) {
        const before = question.complained?.id || false;
        this.edit(() => (question.complained = complained));
        if (before !== (complained?.id || false)) {
            this.refreshPreview(question);
        }
    }
}
