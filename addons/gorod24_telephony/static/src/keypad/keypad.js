// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useExternalListener, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";

const KEYS = [..."123456789*0#"];

/**
 * Twelve keys whose tones go into the talk: of the citizen or of the colleague. While
 * it is open, the keys of the keyboard are its keys.
 */
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
        this.menu = useDropdownState();
        this.sending = Promise.resolve();
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), {
            capture: true,
        });
    }

    onKeydown(ev) {
        const isPlain = !ev.ctrlKey && !ev.altKey && !ev.metaKey;
        if (!this.menu.isOpen || !isPlain || !KEYS.includes(ev.key)) {
            return;
        }
        ev.preventDefault();
        ev.stopImmediatePropagation();
        if (!ev.repeat) {
            // Typed faster than the exchange answers: one after another.
            this.sending = this.sending.then(() => this.send(ev.key));
        }
    }

    async send(key) {
        const params = {...this.props.target, digits: key};
        if (await this.props.line.command("send_dtmf", params)) {
            this.state.sent += key;
        }
    }
}
