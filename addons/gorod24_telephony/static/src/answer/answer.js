// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The answers of a criterion side by side: one click, also in a list. */
export class Answer extends Component {
    static template = "gorod24_telephony.Answer";
    static props = {...standardFieldProps};

    get choices() {
        return this.props.record.fields[this.props.name].selection;
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    choose(value) {
        this.props.record.update({[this.props.name]: value});
    }
}

registry.category("fields").add("gorod24_answer", {
    component: Answer,
    displayName: _t("Answers side by side"),
    supportedTypes: ["selection"],
    // What the view says, not whether the line of the list is being edited
    extractProps: (_info, dynamicInfo) => ({readonly: dynamicInfo.readonly}),
});
