// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {toRaw} from "@odoo/owl";
import {
    applyPerson,
    newDraft,
    newPlace,
    PERSON_KNOWN,
    PERSON_NEW,
    PERSON_UNKNOWN,
    problemsOf,
} from "./card_draft";
import {errorText} from "./card_format";
import {Latest, STALE} from "./latest";

export const MODEL = "gorod24.caller.card";

/**
 * The first half of the open card: opening, drafts, the caller and the place.
 * Questions, routes and saving are in {@link CardStore}, which extends it.
 */
export class CallerStore {
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
        if (name === "kind") {
            // Whom a complaint is about decides who may not get it.
            this.refreshPreviews();
        }
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
        this.advices = {};
        this.adviceKeys = {};
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
            const isCaller = toRaw(holder) === toRaw(draft);
            if (isCaller && item.flat) {
                draft.flat = item.flat;
            }
            this._keepPlaceNote(isCaller ? this.question : holder, item);
        });
        this.refreshPreviews();
    }

    /** «перекрёсток с Малахова», «столб 12»: what the directory has no record for. */
    _keepPlaceNote(question, item) {
        if (item.place_note && !question.placeNote) {
            question.placeNote = item.place_note;
        }
    }
}
