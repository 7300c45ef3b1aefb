// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";

const KEEP_MS = 12 * 60 * 60 * 1000;

/**
 * Keeps unfinished drafts of this browser tab over a refresh or a wrong click.
 * Session storage, not local: what a citizen said must not outlive the tab.
 */
export class DraftStorage {
    /**
     * @param {number} userId drafts of another login in the same tab stay hidden
     * @param {Storage} [storage]
     */
    constructor(userId, storage = browser.sessionStorage) {
        this.storage = storage;
        this.name = `gorod24_appeals.drafts.${userId}`;
    }

    _read() {
        let drafts = {};
        try {
            drafts = JSON.parse(this.storage.getItem(this.name)) || {};
        } catch {
            // An unreadable store is as good as an empty one.
        }
        const oldest = Date.now() - KEEP_MS;
        return Object.fromEntries(
            Object.entries(drafts).filter(([, draft]) => draft.savedAt > oldest)
        );
    }

    _write(drafts) {
        try {
            this.storage.setItem(this.name, JSON.stringify(drafts));
        } catch {
            // A full store costs the safety net, never the card itself.
        }
    }

    get(key) {
        return this._read()[key] || null;
    }

    put(draft) {
        const drafts = this._read();
        drafts[draft.key] = {...draft, savedAt: Date.now()};
        this._write(drafts);
    }

    drop(key) {
        const drafts = this._read();
        delete drafts[key];
        this._write(drafts);
    }

    /** Unfinished drafts but one, newest first. */
    others(key) {
        return Object.values(this._read())
            .filter((draft) => draft.key !== key && draft.touched)
            .sort((a, b) => b.savedAt - a.savedAt);
    }

    newest() {
        return this.others("")[0] || null;
    }
}
