// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";

const KEYS = [..."123456789*0#"];

/** Twelve keys whose tones go into the talk: of the citizen or of the colleague. */
export class Keypad extends Component {
    static template = "gorod24_telephony.Keypad";
    static components = {Dropdown};
    static props = {
        line: Object,
        // What the command is told besides the key: {call_id} or {consult: true}.
        target: Object,
    };

    setup() {
        this.state = useState({sent: ""});
        this.keys = KEYS;
    }

    async send(key) {
        const params = {...this.props.target, digits: key};
        if (await this.props.line.command("send_dtmf", params)) {
            this.state.sent += key;
        }
    }
}
