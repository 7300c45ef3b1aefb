// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {session} from "@web/session";
import {Keypad} from "../keypad/keypad";

/**
 * A strip below the top bar while a colleague is asked: who is on which of the two
 * lines, and what can be done with the colleague. Nothing here hangs up the citizen.
 */
export class ConsultStrip extends Component {
    static template = "gorod24_telephony.ConsultStrip";
    static components = {Keypad};
    static props = {line: Object};

    setup() {
        this.hasConference = Boolean(session.gorod24_telephony?.conference);
        this.keys = {consult: true};
    }

    get line() {
        return this.props.line;
    }

    /** The citizen's call the colleague is asked about; it may be over already. */
    get citizen() {
        return this.line.consulted;
    }

    get citizenState() {
        return this.citizen.state === "held" ? _t("on hold") : _t("talking");
    }

    get colleague() {
        return this.line.consult || {number: "", state: ""};
    }

    get colleagueState() {
        const labels = {
            ringing: _t("ringing"),
            talking: _t("talking"),
            held: _t("on hold"),
        };
        return labels[this.colleague.state] || "";
    }

    command(name) {
        const callId = this.citizen?.id;
        return this.line.command(name, callId ? {call_id: callId} : {});
    }
}
