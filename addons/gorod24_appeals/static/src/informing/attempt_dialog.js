// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {serializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {newUid} from "../caller_card/card_draft";
import {errorText, inputFormat} from "../caller_card/card_format";
import {consequenceOf} from "./attempt_end";

/**
 * One attempt to tell a citizen the result, or the planned time: how it ended and what
 * he said.
 */
export class AttemptDialog extends Component {
    static template = "gorod24_appeals.AttemptDialog";
    static components = {DateTimeInput, Dialog};
    static props = {
        close: Function,
        informingId: Number,
        /** "result" or "plan": of a planned time nobody is asked whether it is fixed */
        purpose: String,
        title: {type: String, optional: true},
        told: {type: String, optional: true},
        onRecorded: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.inputFormat = inputFormat();
        // Recorded again after a lost answer, the attempt counts once.
        this.callUid = newUid();
        this.state = useState({
            disposition: "reached",
            satisfaction: "yes",
            note: "",
            callBackAt: false,
            error: "",
            sending: false,
        });
    }

    get dispositions() {
        return [
            ["reached", _t("Reached")],
            ["no_answer", _t("No answer")],
            ["busy", _t("Busy")],
            ["call_back", _t("Asked to call back")],
            ["wrong_number", _t("Wrong number")],
            ["refused", _t("Refused to talk")],
        ];
    }

    get satisfactions() {
        return [
            ["yes", _t("Yes, fixed")],
            ["partly", _t("Partly")],
            ["no", _t("No, not fixed")],
            ["not_asked", _t("Not asked")],
        ];
    }

    get isPlan() {
        return this.props.purpose === "plan";
    }

    get consequence() {
        const {disposition, satisfaction} = this.state;
        return consequenceOf(this.props.purpose, disposition, satisfaction);
    }

    /** What the citizen says of the result, when he was told one. */
    get answer() {
        const {disposition, satisfaction} = this.state;
        return disposition === "reached" && !this.isPlan ? satisfaction : "not_asked";
    }

    async record() {
        const {disposition, note, callBackAt} = this.state;
        if (this.answer === "no" && !note.trim()) {
            this.state.error = _t(
                "Write what is still wrong: the participant will read it."
            );
            return;
        }
        Object.assign(this.state, {sending: true, error: ""});
        try {
            await this.orm.call(
                "gorod24.informing",
                "record_attempt",
                [[this.props.informingId], disposition],
                {
                    satisfaction: this.answer,
                    note: note.trim(),
                    call_back_at:
                        disposition === "call_back" && callBackAt
                            ? serializeDateTime(callBackAt)
                            : false,
                    call_uid: this.callUid,
                }
            );
        } catch (error) {
            Object.assign(this.state, {sending: false, error: errorText(error)});
            return;
        }
        this.props.close();
        await this.props.onRecorded();
    }
}
