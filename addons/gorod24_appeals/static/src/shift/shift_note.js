// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";

const KEEP_MS = 12 * 60 * 60 * 1000;

/**
 * The note to the next shift while it is written, kept in the tab over another
 * screen, a refresh or a call that came in between.
 */
export class ShiftNote {
    /**
     * @param {number} userId the note of another login in the same tab stays hidden
     * @param {Storage} [storage] lives as long as the tab
     */
    constructor(userId, storage = browser.sessionStorage) {
        this.storage = storage;
        this.name = `gorod24_appeals.shift_note.${userId}`;
    }

    get() {
        try {
            const {text, savedAt} = JSON.parse(this.storage.getItem(this.name));
            return savedAt > Date.now() - KEEP_MS ? text : "";
        } catch {
            return ""; // Nothing kept, or not readable.
        }
    }

    put(text) {
        const kept = {text, savedAt: Date.now()};
        try {
            this.storage.setItem(this.name, JSON.stringify(kept));
        } catch {
            // A full store costs the safety net, never the note itself.
        }
    }

    drop() {
        this.storage.removeItem(this.name);
    }
}
