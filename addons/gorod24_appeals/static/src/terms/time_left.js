// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {formatMoment} from "../caller_card/card_format";
import {termStatus} from "./term_time";

// How often the remaining time is written anew.
const TICK = 15000;

/** A term in a list: until when, and while it runs how much of it is left. */
export class TimeLeftField extends Component {
    static template = "gorod24_appeals.TimeLeftField";
    static props = {...standardFieldProps, states: {type: Array, optional: true}};

    setup() {
        this.state = useState({now: Date.now()});
        const tick = () => (this.state.now = Date.now());
        const timer = browser.setInterval(tick, TICK);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get moment() {
        return this.props.record.data[this.props.name];
    }

    get iso() {
        return this.moment ? this.moment.toUTC().toISO() : "";
    }

    get until() {
        return formatMoment(this.iso);
    }

    /** Words and colour of what is left, null when the term does not run any more. */
    get left() {
        const {states, record} = this.props;
        if (!this.iso || (states && !states.includes(record.data.state))) {
            return null;
        }
        return termStatus({state: "running", target: this.iso}, this.state.now);
    }
}

export const timeLeftField = {
    component: TimeLeftField,
    supportedTypes: ["datetime"],
    extractProps: ({options}) => ({states: options.states}),
};

registry.category("fields").add("gorod24_time_left", timeLeftField);
