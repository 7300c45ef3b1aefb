// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";

const KEEP_MS = 12 * 60 * 60 * 1000;

/**
 * Keeps unfinished drafts of this browser: over a refresh or a wrong click in the
 * tab's own storage, and what the server has not got yet in the browser's, so that
 * it outlives a crash. As soon as the server has a draft, the browser forgets it:
 * what a citizen said must not outlive the tab on a computer others use too.
 */
export class DraftStorage {
    /**
     * @param {number} userId drafts of another login in the same tab stay hidden
     * @param {Storage} [storage] lives as long as the tab
     * @param {Storage} [lasting] outlives the browser
     */
    constructor(
        userId,
        storage = browser.sessionStorage,
        lasting = browser.localStorage
    ) {
        this.storage = storage;
        this.lasting = lasting;
        this.name = `gorod24_appeals.drafts.${userId}`;
        this.unsentName = `gorod24_appeals.unsent.${userId}`;
    }

    _read(storage, name) {
        let drafts = {};
        try {
            drafts = JSON.parse(storage.getItem(name)) || {};
        } catch {
            // An unreadable store is as good as an empty one.
        }
        const oldest = Date.now() - KEEP_MS;
        return Object.fromEntries(
            Object.entries(drafts).filter(([, draft]) => draft.savedAt > oldest)
        );
    }

    _write(storage, name, drafts) {
        try {
            storage.setItem(name, JSON.stringify(drafts));
        } catch {
            // A full store costs the safety net, never the card itself.
        }
    }

    _all() {
        return Object.values(this._read(this.storage, this.name)).sort(
            (a, b) => b.savedAt - a.savedAt
        );
    }

    /** The newest draft of a call, number or person. */
    get(key) {
        return this._all().find((draft) => draft.key === key) || null;
    }

    put(draft) {
        const drafts = this._read(this.storage, this.name);
        drafts[draft.uid] = {...draft, savedAt: Date.now()};
        this._write(this.storage, this.name, drafts);
    }

    /** The server has kept the tab's copy, if there is one, under this number. */
    setVersion(uid, version) {
        const drafts = this._read(this.storage, this.name);
        if (uid in drafts) {
            drafts[uid].version = version;
            this._write(this.storage, this.name, drafts);
        }
    }

    drop(uid) {
        const drafts = this._read(this.storage, this.name);
        delete drafts[uid];
        this._write(this.storage, this.name, drafts);
        this.dropUnsent(uid);
    }

    /** Unfinished drafts of the tab but one, newest first. */
    others(uid) {
        return this._all().filter((draft) => draft.uid !== uid && draft.touched);
    }

    newest() {
        return this.others("")[0] || null;
    }

    // ------------------------------------------------------------- not sent yet

    putUnsent(draft) {
        const drafts = this._read(this.lasting, this.unsentName);
        drafts[draft.uid] = {...draft, savedAt: Date.now()};
        this._write(this.lasting, this.unsentName, drafts);
    }

    dropUnsent(uid) {
        const drafts = this._read(this.lasting, this.unsentName);
        if (uid in drafts) {
            delete drafts[uid];
            this._write(this.lasting, this.unsentName, drafts);
        }
    }

    /** Drafts the server has not got, of a browser that died or lost it. */
    unsent() {
        return Object.values(this._read(this.lasting, this.unsentName));
    }
}
