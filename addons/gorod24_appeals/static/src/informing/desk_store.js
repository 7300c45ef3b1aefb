// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {errorText} from "../caller_card/card_format";
import {rowKey, rowOf} from "./desk_marks";

const DESK = "gorod24.informing.desk";
const {DateTime} = luxon;

function newMarks(items, kept = {}) {
    return Object.fromEntries(
        items.map((item) => [
            item.id,
            {told: true, satisfaction: answerTo(item, ""), note: "", ...kept[item.id]},
        ])
    );
}

/** A planned time is only told: nobody is asked whether it is fixed. */
function answerTo(item, satisfaction) {
    return item.purpose === "plan" ? "not_asked" : satisfaction;
}

/**
 * The work place for telling results: the queue, the citizen in hand, and the marks
 * for each of his questions. A failed request leaves its words in `error`; the marks
 * stay, and the same call is sent again under the same `callUid`.
 */
export class DeskStore {
    /** @param {{orm: Object, kept: Object}} services `kept`: see DeskMarks */
    constructor({orm, kept}) {
        this.orm = orm;
        this.kept = kept;
        this.queue = {
            rows: [],
            needs_contact: [],
            total: 0,
            later: 0,
            more: false,
            opens_at: false,
        };
        this.loaded = false;
        this.citizen = null;
        this.marks = {};
        this.active = 0;
        this.note = "";
        this.callBackAt = false;
        this.askCallBack = false;
        this.newPhone = "";
        this.skipped = [];
        this.sending = false;
        this.error = "";
        /** why the queue could not be read; what was refused to the operator stays */
        this.queueError = "";
        this.message = "";
        this.lost = false;
        this.restored = false;
    }

    async loadQueue() {
        try {
            this.queue = await this.orm.silent.call(DESK, "queue", []);
            this.loaded = true;
            this.queueError = "";
        } catch (error) {
            this.queueError = errorText(error);
        }
    }

    get items() {
        return this.citizen ? this.citizen.items : [];
    }

    // ---------------------------------------------------------------- taking

    /** Takes the next citizen nobody has. */
    takeNext() {
        return this._take({skip: this.skipped});
    }

    /** Takes the citizen of a line of the queue. */
    takeRow({phone, partner_id, appeal_id}) {
        return this._take({
            phone: phone || null,
            partner_id,
            appeal_id: appeal_id || null,
        });
    }

    /** The line of the queue that is the citizen in hand. */
    isInHand(row) {
        return Boolean(this.citizen) && rowKey(row) === rowKey(rowOf(this.citizen));
    }

    async _take(params) {
        if (this.sending) {
            return false;
        }
        Object.assign(this, {sending: true, error: "", message: ""});
        try {
            const citizen = await this.orm.call(DESK, "take", [], params);
            this._show(citizen);
            if (!citizen && !this.queue.opens_at) {
                this.message = _t("There is nobody to call now.");
            }
        } catch (error) {
            this.error = errorText(error);
        }
        this.sending = false;
        await this.loadQueue();
        return Boolean(this.citizen);
    }

    /** Shows a citizen with what was marked for him and not recorded before. */
    _show(citizen) {
        const kept = (citizen && this.kept.get(citizen)) || {};
        const random = Math.random().toString(36).slice(2);
        Object.assign(this, {
            citizen: citizen || null,
            marks: newMarks(citizen ? citizen.items : [], kept.marks),
            active: 0,
            note: kept.note || "",
            callBackAt: kept.callBackAt || false,
            askCallBack: Boolean(kept.askCallBack),
            newPhone: kept.newPhone || "",
            lost: false,
            restored: Boolean(kept.callUid),
            callUid: kept.callUid || `${Date.now().toString(36)}-${random}`,
        });
    }

    /** Something is marked or typed for the citizen in hand and not recorded. */
    get isMarkedOrTyped() {
        const texts = [this.note, this.newPhone, ...this.items.map(this._noteOf, this)];
        return (
            this.askCallBack ||
            texts.some((text) => text.trim()) ||
            this.items.some((item) => this.isTouched(item))
        );
    }

    /** Marked by the operator, not by itself. */
    isTouched(item) {
        const byItself = item.purpose === "plan" && this.marks[item.id].told;
        return !byItself && this.isMarked(item);
    }

    _noteOf(item) {
        return this.marks[item.id].note;
    }

    /** All that is marked and typed, as one text: tells that something changed. */
    get work() {
        const {marks, note, callBackAt, askCallBack, newPhone} = this;
        return JSON.stringify({marks, note, callBackAt, askCallBack, newPhone});
    }

    /** Keeps what is marked and typed, in case the screen is left or dies. */
    keep() {
        if (!this.citizen) {
            return;
        }
        if (!this.isMarkedOrTyped) {
            this.kept.drop(this.citizen);
            return;
        }
        const {marks, note, callBackAt, askCallBack, newPhone, callUid} = this;
        const work = {marks, note, callBackAt, askCallBack, newPhone, callUid};
        this.kept.put(this.citizen, work);
    }

    /** The operator does not want what he marked any more. */
    discard() {
        if (this.citizen) {
            this.kept.drop(this.citizen);
        }
    }

    /** Puts the citizen aside: he stays in the queue for the others. */
    async putAside() {
        const {phone} = this.citizen;
        this.skipped.push(phone);
        this._show(null);
        try {
            await this.orm.call(DESK, "release", [phone]);
        } catch (error) {
            this.error = errorText(error);
        }
        await this.loadQueue();
    }

    /** Keeps the citizen while the screen is open. */
    async renew() {
        if (!this.citizen || !this.citizen.phone) {
            return;
        }
        const {phone} = this.citizen;
        try {
            const isKept = await this.orm.silent.call(DESK, "renew", [phone]);
            // Of a citizen recorded meanwhile the lease is gone, and rightly so.
            if (this.citizen?.phone === phone) {
                this.lost = !isKept;
            }
        } catch {
            // The lease outlives a short break; recording will tell the rest.
        }
    }

    // --------------------------------------------------------------- marking

    mark(item, said) {
        const satisfaction = answerTo(item, said);
        Object.assign(this.marks[item.id], {satisfaction, told: true});
        if (satisfaction !== "no") {
            this.marks[item.id].note = "";
            this._goOn();
        }
    }

    markNotTold(item) {
        Object.assign(this.marks[item.id], {satisfaction: "", told: false, note: ""});
        this._goOn();
    }

    _goOn() {
        const open = this.items.findIndex((item) => !this.isMarked(item));
        this.active = open < 0 ? this.active : open;
    }

    isMarked(item) {
        const mark = this.marks[item.id];
        return !mark.told || Boolean(mark.satisfaction);
    }

    /** The first question that still lacks something, or undefined. */
    get unfinished() {
        return this.items.find((item) => {
            const mark = this.marks[item.id];
            const noWords = mark.satisfaction === "no" && !mark.note.trim();
            return !this.isMarked(item) || noWords;
        });
    }

    // ------------------------------------------------------------- recording

    /** Records that the citizen was reached; false when marks are missing. */
    recordReached() {
        const gap = this.unfinished;
        if (gap) {
            this.active = this.items.indexOf(gap);
            this.error =
                this.marks[gap.id].satisfaction === "no"
                    ? _t("Write what is still wrong: the participant will read it.")
                    : _t(
                          "Mark every question: told or not, and what the citizen says."
                      );
            return Promise.resolve(false);
        }
        if (this.items.every((item) => !this.marks[item.id].told)) {
            this.error = _t("Nothing was told: choose another end of the call.");
            return Promise.resolve(false);
        }
        return this._record("reached");
    }

    /** Records a call in which nothing was told. */
    recordOther(disposition) {
        if (disposition === "call_back" && !this.askCallBack) {
            this.askCallBack = true;
            const soon = DateTime.now().plus({hours: 2}).startOf("hour");
            this.callBackAt = this.callBackAt || soon;
            return Promise.resolve(false);
        }
        return this._record(disposition);
    }

    async _record(disposition) {
        if (this.sending) {
            return false;
        }
        Object.assign(this, {sending: true, error: ""});
        const reached = disposition === "reached";
        const items = this.items.map(({id}) => ({
            id,
            told: reached ? this.marks[id].told : true,
            satisfaction: (reached && this.marks[id].satisfaction) || "not_asked",
            note: reached ? this.marks[id].note.trim() : "",
        }));
        const promised = disposition === "call_back" && this.callBackAt;
        try {
            const results = await this.orm.call(
                "gorod24.informing",
                "record_call",
                [items, disposition],
                {
                    note: this.note.trim(),
                    call_back_at: promised
                        ? promised.toUTC().toFormat("yyyy-MM-dd HH:mm:ss")
                        : false,
                    call_uid: this.callUid,
                }
            );
            this._afterCall(disposition, results);
        } catch (error) {
            this.error = errorText(error);
        }
        this.sending = false;
        await this.loadQueue();
        return !this.citizen;
    }

    _afterCall(disposition, results) {
        const unreachable = results.some(({state}) => state === "unreachable");
        const noNumber = results.some((result) => result.needs_contact);
        const words = {
            reached: _t("Recorded: the citizen was told."),
            refused: _t("Recorded: the citizen did not want to listen."),
            call_back: _t("Recorded: he will be called at the promised time."),
            wrong_number: noNumber
                ? _t("Recorded: wrong number. Another one has to be found.")
                : _t("Recorded: wrong number. His other number is called now."),
        };
        this.message = unreachable
            ? _t("The last attempt by the rule: the question is closed as unreachable.")
            : words[disposition] || _t("Recorded: he will be called again later.");
        this.discard();
        this._show(null);
    }

    /** Gives the citizen another number, and keeps him. */
    async setPhone() {
        Object.assign(this, {sending: true, error: ""});
        const {partner_id, appeal_id} = rowOf(this.citizen);
        const ids = this.items.map((item) => item.id);
        try {
            await this.orm.call("gorod24.informing", "set_phone", [ids, this.newPhone]);
            this.discard();
            this.sending = false;
            await this.loadQueue();
            const found = this.queue.rows.find((line) =>
                partner_id
                    ? line.partner_id === partner_id
                    : line.appeal_id === appeal_id
            );
            return found ? this.takeRow(found) : this._show(null);
        } catch (error) {
            this.error = errorText(error);
        }
        this.sending = false;
        return false;
    }
}

export function makeDeskStore(services) {
    return reactive(new DeskStore(services));
}
