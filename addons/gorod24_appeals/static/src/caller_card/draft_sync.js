// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";
import {titleOf} from "./card_draft";
import {isSessionOver} from "./card_format";

const MODEL = "gorod24.card.draft";
const PAUSE_MS = 1200;
const RETRY_MS = 5000;
/** How long registering waits for a draft that is on its way. */
const SETTLE_MS = 3000;

export const KEPT = "kept";
export const WAITING = "waiting";
export const OFFLINE = "offline";
export const SIGNED_OUT = "signed_out";
export const CONFLICT = "conflict";
export const TAKEN = "taken";
export const SAVED = "saved";
export const DISCARDED = "discarded";

/** The server keeps nothing more under this name until the operator has decided. */
const STOPPED = [CONFLICT, TAKEN, SAVED, DISCARDED];
const MOST_COPIES = 9;

/** What a finished card has become: {appeal_id, number}, null if nothing is known. */
function madeBy(answer) {
    return answer?.number ? {appeal_id: answer.appeal_id, number: answer.number} : null;
}

/**
 * Carries the open draft to the server a moment after the last key, one request at
 * a time. While the server is silent the draft stays in this browser and is sent
 * again; a newer copy of another window is never overwritten without being asked.
 *
 * status: "" nothing typed yet, WAITING, KEPT, OFFLINE, SIGNED_OUT, CONFLICT (`theirs`
 * is the other copy), TAKEN (`takenBy` goes on with it), SAVED (`made` names the
 * appeal), DISCARDED: finished in another window, these words are not kept.
 */
export class DraftSync {
    constructor({orm, storage}) {
        this.orm = orm;
        this.storage = storage;
        this.timer = 0;
        this.isLeft = false;
        this.follow(null);
    }

    /** The card is gone: what is owed is sent, again and again if it has to be. */
    leave() {
        this.isLeft = true;
        return this.flush();
    }

    /** From now on this is the open draft; what the former one owes is sent. */
    follow(draft) {
        browser.clearTimeout(this.timer);
        if (this.draft && this.owes) {
            // What cannot be sent now is sent by the next card: see sendLeft.
            this._send(this.draft).catch(() => {});
        }
        this.draft = draft;
        this.owes = false;
        this.sending = null;
        this.request = null;
        this.isHeld = false;
        this.status = draft?.version ? KEPT : "";
        this.theirs = null;
        this.takenBy = "";
        this.made = null;
    }

    /**
     * The card is being registered: nothing is sent beside it, and what is on its way
     * arrives first, so that no draft stays of a registered card.
     */
    async hold() {
        browser.clearTimeout(this.timer);
        this.isHeld = true;
        const pause = new Promise((done) => browser.setTimeout(done, SETTLE_MS));
        await Promise.race([this.request, pause]);
    }

    /** The card was not registered: it is kept on. */
    release() {
        this.isHeld = false;
        if (this.owes && !STOPPED.includes(this.status)) {
            this._wait(PAUSE_MS);
        }
    }

    /** The open draft needs no keeping any more. */
    forget() {
        browser.clearTimeout(this.timer);
        this.draft = null;
        this.owes = false;
        this.isHeld = false;
        this.status = "";
    }

    /** Something has been typed. */
    schedule() {
        if (!this.draft) {
            return;
        }
        this.owes = true;
        this.storage.putUnsent(this.draft);
        if (STOPPED.includes(this.status)) {
            return;
        }
        if (![OFFLINE, SIGNED_OUT].includes(this.status)) {
            this.status = WAITING;
        }
        this._wait(PAUSE_MS);
    }

    _wait(pause) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.flush(), pause);
    }

    /** Sends what is owed now; one request at a time. */
    async flush(force = false) {
        browser.clearTimeout(this.timer);
        const {draft} = this;
        if (!draft || !this.owes || this.isHeld || this.sending === draft.uid) {
            return;
        }
        if (this.isLeft && !this._isUnsent(draft)) {
            return; // The next card has sent it.
        }
        this.request = this._flush(draft, force);
        await this.request;
    }

    async _flush(draft, force) {
        this.owes = false;
        this.sending = draft.uid;
        try {
            const answer = await this._send(draft, force);
            if (this.draft?.uid === draft.uid) {
                this._onAnswer(answer || {});
            }
        } catch (error) {
            if (this.draft?.uid === draft.uid) {
                this.owes = true;
                this.status = isSessionOver(error) ? SIGNED_OUT : OFFLINE;
                this._wait(RETRY_MS);
            }
        }
        if (this.sending === draft.uid) {
            this.sending = null;
        }
    }

    async _send(draft, force = false) {
        // The same words are the same draft, whenever and from wherever they are sent.
        const payload = JSON.parse(JSON.stringify(draft));
        delete payload.savedAt;
        delete payload.version;
        const answer = await (this.orm.silent || this.orm).call(MODEL, "save_draft", [
            {
                uid: draft.uid,
                key: draft.key,
                title: titleOf(draft),
                payload,
                version: draft.version || 0,
                force,
            },
        ]);
        if (answer?.status === KEPT) {
            this._numberCopies(draft, answer.version);
            if (!this.owes || this.draft?.uid !== draft.uid) {
                this.storage.dropUnsent(draft.uid);
            }
        }
        return answer;
    }

    /** Whoever goes on with the draft, now or later, goes on from what was kept. */
    _numberCopies(draft, version) {
        draft.version = version;
        if (this.draft?.uid === draft.uid && !this.isLeft) {
            this.draft.version = version;
            this.storage.put(this.draft);
        } else {
            // Perhaps another card of this tab types on already.
            this.storage.setVersion(draft.uid, version);
        }
    }

    _onAnswer({status, payload, version, user, ...answer}) {
        if (status === CONFLICT) {
            Object.assign(this, {status: CONFLICT, theirs: {...payload, version}});
            this.owes = true;
        } else if (status === TAKEN) {
            Object.assign(this, {status: TAKEN, takenBy: user, owes: true});
        } else if (status === SAVED || status === DISCARDED) {
            Object.assign(this, {status, made: madeBy(answer), owes: true});
        } else if (status !== KEPT) {
            throw new Error(`The draft was answered with ${status}.`);
        } else if (this.owes) {
            this.status = WAITING;
            this._wait(PAUSE_MS);
        } else {
            this.status = KEPT;
        }
    }

    /** The operator keeps his own copy though another window has changed it. */
    keepMine() {
        Object.assign(this, {status: WAITING, theirs: null, owes: true});
        return this.flush(true);
    }

    // ------------------------------------------------------------- other drafts

    /** Own unfinished drafts on the server: [{uid, key, title, updated_at}]. */
    async list() {
        return (await this.orm.call(MODEL, "my_drafts", [])) || [];
    }

    /** @returns {Promise<{payload: Object, version: number}>} */
    take(uid) {
        return this.orm.call(MODEL, "take", [uid]);
    }

    async discard(uid) {
        this.storage.drop(uid);
        await this.orm.call(MODEL, "discard", [uid]);
    }

    /**
     * Somebody went on with the card or finished it: what was left stays beside it,
     * unless the tab it is of has done so just now.
     */
    async _sendBeside(draft, former) {
        for (let n = 2; n <= MOST_COPIES && this._isUnsent(draft); n++) {
            const uid = `${draft.uid}-${n}`;
            const answer = await this._send({...draft, uid, version: 0, former});
            if (answer?.status === KEPT) {
                this.storage.dropUnsent(draft.uid);
                return;
            }
        }
    }

    _isUnsent({uid}) {
        return this.storage.unsent().some((draft) => draft.uid === uid);
    }

    /** Sends what a dead browser left behind; nothing newer is overwritten. */
    async sendLeft() {
        for (const draft of this.storage.unsent()) {
            if (draft.uid === this.draft?.uid) {
                continue;
            }
            try {
                const answer = await this._send(draft);
                if (answer?.status !== KEPT) {
                    await this._sendBeside(draft, madeBy(answer));
                }
            } catch {
                return; // The next card tries again.
            }
        }
    }
}
