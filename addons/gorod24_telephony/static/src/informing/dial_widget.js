// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** Button of the lists and forms of `gorod24.informing`: dial the citizen. */
export class DialWidget extends Component {
    static template = "gorod24_telephony.DialWidget";
    static props = {...standardWidgetProps};

    setup() {
        this.line = useState(useService("gorod24_telephony.call"));
    }

    get canDial() {
        const {state, phone_e164: number} = this.props.record.data;
        return this.line.enabled && state === "due" && Boolean(number);
    }

    dial() {
        const {data, resId} = this.props.record;
        return this.line.dial(data.phone_e164, resId);
    }
}

registry.category("view_widgets").add("gorod24_informing_dial", {
    component: DialWidget,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "phone_e164", type: "char"},
    ],
});
