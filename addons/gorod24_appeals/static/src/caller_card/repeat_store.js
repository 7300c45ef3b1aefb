// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {AdviceStore} from "./advice_store";
import {MODEL} from "./caller_store";
import {placeOf} from "./card_draft";
import {Latest, STALE} from "./latest";
import {otherWords} from "./question_words";

const NOTHING = {repeat: null, recurrence: null, duplicates: []};
const MIN_WORDS = 5;

/**
 * The part of the open card that tells whether the same trouble has been told
 * already, and lets the contact join the question that is at work.
 */
export class RepeatStore extends AdviceStore {
    constructor(services) {
        super(services);
        this.similars = {};
        this.similarKeys = {};
        this.similarTurns = {};
    }

    _start(draft, restored) {
        super._start(draft, restored);
        this.similars = {};
        this.similarKeys = {};
        this.similarTurns = {};
    }

    similarOf(question) {
        return this.similars[question.uid] || NOTHING;
    }

    /** Asks once for each person, topic, place and wording. */
    async refreshSimilar(question) {
        const {uid} = question;
        const place = placeOf(this.draft, question);
        const request = {
            partner_id: this.draft.person.id || null,
            topic_id: question.topic?.topic_id || null,
            building_id: place.building_id || null,
            address_id: place.address_id || null,
            text: question.text.trim(),
        };
        const {topic_id, text, ...where} = request;
        const known = Object.values(where).some(Boolean);
        const key = JSON.stringify(request);
        if (!known || !(topic_id || text.length >= MIN_WORDS)) {
            return this.forgetSimilar(question);
        }
        if (this.similarKeys[uid] === key || question.join) {
            return;
        }
        this.similarKeys[uid] = key;
        const turns = (this.similarTurns[uid] ||= new Latest());
        try {
            const found = await turns.run(() =>
                (this.orm.silent || this.orm).call(MODEL, "similar", [], request)
            );
            if (found !== STALE) {
                this.similars[uid] = {...NOTHING, ...found};
            }
        } catch {
            // A hint only: the card must not be disturbed by its absence.
            delete this.similarKeys[uid];
        }
    }

    forgetSimilar(question) {
        delete this.similars[question.uid];
        delete this.similarKeys[question.uid];
    }

    /** The contact is recorded, and the citizen told when that question is done. */
    join(question, item) {
        const asked = this.previewOf(question).data?.extra_questions || [];
        this.edit(() => {
            question.joinWords = otherWords(question, asked);
            question.join = {...item};
            question.topic = {
                topic_id: item.topic_id,
                name: item.topic,
                path: "",
                code: "",
            };
            question.emergency = false;
        });
    }

    unjoin(question) {
        this.edit(() => Object.assign(question, {join: null, joinWords: []}));
        this.refreshPreviews();
    }
}
