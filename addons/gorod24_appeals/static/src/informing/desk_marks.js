// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";

const KEEP_MS = 12 * 60 * 60 * 1000;
const {DateTime} = luxon;

/** A citizen in hand as a line of the queue: {phone, partner_id, appeal_id}. */
export function rowOf({phone, partner, appeal_id}) {
    return {phone, partner_id: partner.id, appeal_id};
}

/** Names a line: a person at a number; an appeal where neither is known. */
export function rowKey({phone, partner_id, appeal_id}) {
    const who = phone || partner_id ? partner_id || "" : `appeal ${appeal_id}`;
    return `${phone || ""}:${who}`;
}

/**
 * What an operator has marked and typed for a citizen and not recorded yet, kept in
 * the tab over a refresh, another screen or a call that came in between; with it the
 * name of the call, so that a record whose answer was lost is not made twice.
 */
export class DeskMarks {
    /**
     * @param {number} userId marks of another login in the same tab stay hidden
     * @param {Storage} [storage] lives as long as the tab
     */
    constructor(userId, storage = browser.sessionStorage) {
        this.storage = storage;
        this.name = `gorod24_appeals.desk.${userId}`;
    }

    _key(citizen) {
        return rowKey(citizen.partner ? rowOf(citizen) : citizen);
    }

    _read() {
        let all = {};
        try {
            all = JSON.parse(this.storage.getItem(this.name)) || {};
        } catch {
            // An unreadable store is as good as an empty one.
        }
        const oldest = Date.now() - KEEP_MS;
        return Object.fromEntries(
            Object.entries(all).filter(([, kept]) => kept.savedAt > oldest)
        );
    }

    _write(all) {
        try {
            this.storage.setItem(this.name, JSON.stringify(all));
        } catch {
            // A full store costs the safety net, never the work itself.
        }
    }

    /** @param {Object} citizen in hand, or a row of the queue */
    get(citizen) {
        const kept = this._read()[this._key(citizen)];
        if (!kept) {
            return null;
        }
        const {callBackAt} = kept;
        return {...kept, callBackAt: callBackAt ? DateTime.fromISO(callBackAt) : false};
    }

    put(citizen, work) {
        const callBackAt = work.callBackAt ? work.callBackAt.toISO() : false;
        const kept = {...work, callBackAt, savedAt: Date.now()};
        this._write({...this._read(), [this._key(citizen)]: kept});
    }

    drop(citizen) {
        const all = this._read();
        delete all[this._key(citizen)];
        this._write(all);
    }
}
