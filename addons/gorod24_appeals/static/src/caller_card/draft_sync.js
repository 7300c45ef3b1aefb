// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";
import {titleOf} from "./card_draft";
import {isSessionOver} from "./card_format";

const MODEL = "gorod24.card.draft";
const PAUSE_MS = 1200;
const RETRY_MS = 5000;

export const KEPT = "kept";
export const WAITING = "waiting";
export const OFFLINE = "offline";
export const SIGNED_OUT = "signed_out";
export const CONFLICT = "conflict";
export const TAKEN = "taken";

/**
 * Carries the open draft to the server a moment after the last key, one request at
 * a time. While the server is silent the draft stays in this browser and is sent
 * again; a newer copy of another window is never overwritten without being asked.
 *
 * status: "" nothing typed yet, WAITING, KEPT, OFFLINE, SIGNED_OUT, CONFLICT (`theirs` is the
 * other copy), TAKEN (`takenBy` goes on with it).
 */
export class DraftSync {
    constructor({orm, storage}) {
        this.orm = orm;
        this.storage = storage;
        this.timer = 0;
        this.follow(null);
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
        this.status = draft?.version ? KEPT : "";
        this.theirs = null;
        this.takenBy = "";
    }

    /** The open draft needs no keeping any more. */
    forget() {
        browser.clearTimeout(this.timer);
        this.draft = null;
        this.owes = false;
        this.status = "";
    }

    /** Something has been typed. */
    schedule() {
        if (!this.draft) {
            return;
        }
        this.owes = true;
        this.storage.putUnsent(this.draft);
        if (this.status === CONFLICT || this.status === TAKEN) {
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
        if (!draft || !this.owes || this.sending === draft.uid) {
            return;
        }
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
        const text = JSON.stringify(draft);
        const answer = await (this.orm.silent || this.orm).call(MODEL, "save_draft", [
            {
                uid: draft.uid,
                key: draft.key,
                title: titleOf(draft),
                payload: JSON.parse(text),
                version: draft.version || 0,
                force,
            },
        ]);
        if (answer?.status === KEPT) {
            draft.version = answer.version;
            if (this.draft?.uid === draft.uid) {
                this.storage.put(draft);
            }
            if (!this.owes || this.draft?.uid !== draft.uid) {
                this.storage.dropUnsent(draft.uid);
            }
        }
        return answer;
    }

    _onAnswer({status, payload, version, user}) {
        if (status === CONFLICT) {
            Object.assign(this, {status: CONFLICT, theirs: {...payload, version}});
            this.owes = true;
        } else if (status === TAKEN) {
            Object.assign(this, {status: TAKEN, takenBy: user, owes: true});
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

    /** Sends what a dead browser left behind; nothing newer is overwritten. */
    async sendLeft() {
        for (const draft of this.storage.unsent()) {
            if (draft.uid === this.draft?.uid) {
                continue;
            }
            try {
                const answer = await this._send(draft);
                if ([CONFLICT, TAKEN].includes(answer?.status)) {
                    // Somebody went on with the card: these words stay beside it.
                    await this._send({...draft, uid: `${draft.uid}-2`, version: 0});
                }
                this.storage.dropUnsent(draft.uid);
            } catch {
                return; // The next card tries again.
            }
        }
    }
}
