// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {toRaw} from "@odoo/owl";
import {
    applyPerson,
    forgetPerson,
    hasWords,
    newDraft,
    newPlace,
    PERSON_KNOWN,
    PERSON_NEW,
    PERSON_UNKNOWN,
    restoreDraft,
} from "./card_draft";
import {errorText} from "./card_format";
import {DraftStore} from "./draft_store";
import {Latest, STALE} from "./latest";

export const MODEL = "gorod24.caller.card";
/** Rows the server sends when the card opens. */
const HISTORY_PAGE = 20;

/**
 * The first half of the open card: opening, drafts, the caller and the place.
 * Questions, routes and saving are in {@link CardStore}, which extends it.
 */
export class CallerStore extends DraftStore {
    /**
     * @param {{orm: Object, storage: Object, shared: {dirty: boolean, callId: any}}} services
     */
    constructor(services) {
        super(services);
        this.info = {
            call: null,
            persons: [],
            notices: [],
            outOfHours: false,
            opensAt: "",
        };
        this.history = [];
        this.hasMoreHistory = false;
        this.historyAsked = false;
        this.openQuestions = [];
        this.toInform = [];
        this.promises = [];
        this.previews = {};
        this.kinds = [];
        this.authorTypes = [];
        this.channels = [];
        this.lookedUp = "";
        /** the number being looked up, while loading */
        this.asking = "";
        this.loading = false;
        this.loaded = false;
        this.loadError = "";
        this.loads = new Latest();
        this.histories = new Latest();
        this.previewTurns = {};
        this.placesAsked = {};
    }

    // ---------------------------------------------------------------- draft

    get question() {
        return this.draft.questions[this.draft.active] || this.draft.questions[0];
    }

    get person() {
        return this.info.persons.find((person) => person.id === this.draft.person.id);
    }

    setField(name, value) {
        super.setField(name, value);
        if (name === "kind") {
            // Whom a complaint is about decides who may not get it.
            this.refreshPreviews();
        }
    }

    // -------------------------------------------------------------- opening

    /**
     * Opens the card of a call, number or person, or goes on with the draft of
     * it left in this tab. Without parameters: the newest unfinished draft.
     */
    async open(params) {
        const named = params.call_id || params.number || params.partner_id;
        const fresh = newDraft(params);
        let kept = null;
        if (named) {
            kept = this._kept(fresh.key);
        } else if (!params.draft_uid) {
            const newest = this.storage.newest();
            kept = newest && restoreDraft(newest);
        }
        const goesOn = Boolean(kept && !params.fresh);
        this._start(goesOn ? kept : fresh, goesOn);
        if (goesOn && hasWords(kept)) {
            this.sync.schedule();
        }
        this.loadOptions();
        if (params.draft_uid) {
            await this.openDraft(params.draft_uid);
            this.loaded = true;
            this.loadDrafts();
            return;
        }
        const drafts = this.loadDrafts();
        await this.load();
        await drafts;
    }

    _start(draft, restored) {
        super._start(draft, restored);
        // What is still on its way is about the former caller.
        this._cancelLoads();
        this.previews = {};
        this.previewTurns = {};
        this.placesAsked = {};
        this.advices = {};
        this.adviceKeys = {};
    }

    /** Begins another card; words not registered stay among the unfinished. */
    startNew() {
        if (this.saving) {
            return;
        }
        if (this.saved || !hasWords(this.draft)) {
            this.storage.drop(this.draft.uid);
        }
        this._start(newDraft());
        this._showLoaded({});
        this.loaded = true;
    }

    leave() {
        this._cancelLoads();
        return super.leave();
    }

    _cancelLoads() {
        this.loads.cancel();
        this.histories.cancel();
        this.loading = false;
    }

    /** Reads all that is known of the caller; the draft typed so far stays. */
    async load() {
        const {params, number} = this.draft;
        this.loadError = "";
        if (!number && !params.call_id && !params.partner_id && !params.appeal_id) {
            this._cancelLoads();
            this._showLoaded({});
            this.loaded = true;
            return;
        }
        this._cancelLoads();
        this.loading = true;
        this.asking = number;
        const {turn} = this.histories;
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
                // Whoever overtook it tells when the loading is over.
                return;
            }
            // A number corrected meanwhile is looked up by itself: this is another's.
            if (this.draft.number === number) {
                // A person chosen meanwhile keeps his own history.
                this._showLoaded(answer, turn !== this.histories.turn);
            }
        } catch (error) {
            this.loadError = errorText(error);
        }
        this.loading = false;
        this.loaded = true;
    }

    _showLoaded(answer, keepsHistory = false) {
        this.info = {
            call: answer.call || null,
            persons: answer.persons || [],
            notices: answer.notices || [],
            /** the house they are about */
            notices_of: answer.notices_of || false,
            // A blank is entered by day, whenever the talk was.
            outOfHours: Boolean(answer.out_of_hours) && !this.draft.params.paper,
            opensAt: answer.opens_at || "",
        };
        if (!keepsHistory) {
            this._showHistory(answer);
        }
        if (answer.number) {
            this.draft.number = answer.number;
        }
        this.lookedUp = this.draft.number;
        const text = answer.number_display || this.draft.number;
        this.draft.written = {of: this.draft.number, text};
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
        this.promises = answer.promises || [];
        this.hasMoreHistory = this.history.length >= HISTORY_PAGE;
    }

    /** The next page of the citizen's history, one at a time. */
    async loadMoreHistory() {
        if (this.historyAsked) {
            return;
        }
        const last = this.history.at(-1)?.question_id || null;
        Object.assign(this, {historyAsked: true, error: ""});
        try {
            const page = await this.histories.run(() =>
                this.orm.call(MODEL, "history_page", [this.draft.person.id, last])
            );
            // Of a person chosen meanwhile another history is shown.
            if (page !== STALE) {
                this.history = [...this.history, ...page.rows];
                this.hasMoreHistory = page.has_more;
            }
        } catch (error) {
            this.hasMoreHistory = false;
            this.error = errorText(error);
        }
        this.historyAsked = false;
    }

    async loadOptions() {
        if (this.kinds.length) {
            return;
        }
        try {
            const options = await this.orm.call(MODEL, "form_options", []);
            this.kinds = options?.kinds || [];
            this.authorTypes = options?.author_types || [];
            this.channels = options?.channels || [];
        } catch {
            // These can be set later; their absence must not disturb the call.
        }
    }

    /** The number was changed and not looked up since. */
    get isNumberOpen() {
        return !this.loadError && this.draft.number !== this.lookedUp;
    }

    /** Looks the typed number up, once for each number. */
    async lookUpNumber() {
        const {number} = this.draft;
        const isAsked = number === (this.loading ? this.asking : this.lookedUp);
        if (isAsked || this.saved) {
            return;
        }
        forgetPerson(this.draft, this.person);
        this._keepFound();
        await this.load();
        this._keepFound();
    }

    /** What a number has told is kept, too: a draft left now goes on with its person. */
    _keepFound() {
        if (this.draft.touched && !this.isLeft) {
            this.storage.put(toRaw(this.draft));
        }
    }

    // --------------------------------------------------------------- person

    /** Fills the person in; what the operator typed of the address is not replaced. */
    _takePerson(person) {
        const {place, flat, addressNote, addressConfirmed} = this.draft;
        const isOwn = this.draft.person.mode !== PERSON_KNOWN;
        applyPerson(this.draft, person);
        if (this.draft.touched && place.text) {
            Object.assign(this.draft, {place, flat, addressNote, addressConfirmed});
        } else if (isOwn) {
            this.draft.flat = flat.trim() ? flat : this.draft.flat;
            this.draft.addressNote = addressNote.trim()
                ? addressNote
                : this.draft.addressNote;
        }
    }

    /** The appeal made before has made the person, too: he is not made once more. */
    async moveOn(former) {
        super.moveOn(former);
        await this.load();
        const {person, personName} = this.draft;
        const name = personName.trim().toLowerCase();
        const same = this.info.persons.filter((one) => one.name.toLowerCase() === name);
        if (person.mode === PERSON_NEW && same.length === 1) {
            this.edit(() => this._takePerson(same[0]));
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
            const answer = await this.histories.run(() =>
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
        const {building_id, address_id} = holder.place;
        this.edit(() => (holder.place = {...newPlace(), text}));
        if (building_id || address_id) {
            // What is known of the former house is not read aloud about another.
            this.refreshPreviews();
        }
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
