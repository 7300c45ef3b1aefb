// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus} from "@web/core/utils/hooks";
import {useHeldWords} from "../held_words";

/** A result to tell: the citizen is on the line, so one click records his answer. */
export class ToInformItem extends Component {
    static template = "gorod24_appeals.ToInformItem";
    static props = {card: Object, item: Object, openQuestion: Function};

    setup() {
        this.card = useState(this.props.card);
        useAutofocus({refName: "note"});
        this.state = useState({note: "", asking: false, sending: false});
        useHeldWords(() => (this.props.item.recorded ? "" : this.state.note));
    }

    get answers() {
        if (this.props.item.purpose === "plan") {
            return [{value: "not_asked", label: _t("Told the planned time")}];
        }
        return [
            {value: "yes", label: _t("Solved")},
            {value: "partly", label: _t("Partly")},
            {value: "no", label: _t("Not solved")},
            {value: "not_asked", label: _t("Told only")},
        ];
    }

    get outcome() {
        const {purpose, recorded} = this.props.item;
        if (purpose === "plan") {
            return recorded ? _t("Recorded: the planned time is told.") : "";
        }
        const words = {
            yes: _t("Recorded: satisfied, the question is closed."),
            partly: _t("Recorded: partly satisfied, the question is closed."),
            no: _t("Recorded: not fixed, sent to the participant again."),
            not_asked: _t("Recorded: told, the question is closed."),
        };
        return words[this.props.item.recorded] || "";
    }

    /** "Not fixed" starts a new control period: the words of the citizen go with it. */
    answer(value) {
        if (value === "no") {
            this.state.asking = true;
        } else {
            this.record(value);
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            this.record("no");
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.state.asking = false;
        }
    }

    async record(satisfaction) {
        this.state.sending = true;
        await this.card.recordInformed(
            this.props.item,
            satisfaction,
            this.state.note.trim()
        );
        this.state.sending = false;
    }
}
