// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** A red mark in the lists before what is an emergency. */
export class EmergencyMark extends Component {
    static template = "gorod24_appeals.EmergencyMark";
    static props = {...standardWidgetProps};
}

export const emergencyMark = {
    component: EmergencyMark,
    fieldDependencies: [{name: "emergency", type: "boolean"}],
};

registry.category("view_widgets").add("gorod24_emergency_mark", emergencyMark);
