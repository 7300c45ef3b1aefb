// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {errorText, formatMoment} from "../caller_card/card_format";
import {ShiftNote} from "./shift_note";

const MODEL = "gorod24.shift.handover";

/** "45 min", "3 h 10 min", "2 d 4 h" of a number of minutes, without a sign. */
export function formatLength(minutes) {
    const whole = Math.abs(Math.trunc(minutes));
    const [days, hours, rest] = [
        Math.floor(whole / 1440),
        Math.floor((whole % 1440) / 60),
        whole % 60,
    ];
    if (days) {
        return _t("%(days)s d %(hours)s h", {days, hours});
    }
    return hours
        ? _t("%(hours)s h %(minutes)s min", {hours, minutes: rest})
        : _t("%s min", rest);
}

/** What one shift leaves to the next: everything urgent on one page, and a note. */
export class ShiftPage extends Component {
    static template = "gorod24_appeals.ShiftPage";
    static props = {...standardActionServiceProps};
    static path = "shift";
    static displayName = _t("Shift handover");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.formatMoment = formatMoment;
        this.note = new ShiftNote(user.userId);
        this.state = useState({
            page: null,
            text: this.note.get(),
            error: "",
            sending: false,
            handed: false,
        });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.error = "";
        try {
            this.state.page = await this.orm.call(MODEL, "page", []);
        } catch (error) {
            this.state.error = errorText(error);
        }
    }

    /** How much is left, or by how much it is late. */
    left(row) {
        if (row.left_minutes === false) {
            return "";
        }
        const length = formatLength(row.left_minutes);
        return row.left_minutes < 0
            ? _t("overdue by %s", length)
            : _t("%s left", length);
    }

    openRow(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    openBlock(block) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: block.title,
            res_model: block.model,
            domain: block.domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    async _send(method, args) {
        Object.assign(this.state, {sending: true, error: ""});
        try {
            this.state.page.previous = await this.orm.call(MODEL, method, args);
            return true;
        } catch (error) {
            this.state.error = errorText(error);
            return false;
        } finally {
            this.state.sending = false;
        }
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.note.put(this.state.text);
    }

    async handOver() {
        if (await this._send("hand_over", [this.state.text])) {
            this.note.drop();
            Object.assign(this.state, {text: "", handed: true});
        }
    }

    take() {
        return this._send("take", [this.state.page.previous.id]);
    }

    print() {
        browser.print();
    }
}

registry.category("actions").add("gorod24_appeals.shift_page", ShiftPage);
