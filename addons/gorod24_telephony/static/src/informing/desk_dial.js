// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Dial button of the screen for telling results; the call is linked to the first of them. */
export class DeskDial extends Component {
    static template = "gorod24_telephony.DeskDial";
    static props = {citizen: Object};

    setup() {
        this.line = useState(useService("gorod24_telephony.call"));
    }

    get canDial() {
        const {phone, needs_contact: closed} = this.props.citizen;
        return this.line.enabled && Boolean(phone) && !closed;
    }

    dial() {
        const {phone, items} = this.props.citizen;
        return this.line.dial(phone, items[0].id);
    }
}

registry
    .category("gorod24_appeals.informing_desk")
    .add("gorod24_telephony.dial", DeskDial);
