// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** What the operator will see on the card when this topic is chosen. */
export class OperatorView extends Component {
    static template = "gorod24_classifier.OperatorView";
    static props = {...standardWidgetProps};

    get topic() {
        return this.props.record.data;
    }

    get questions() {
        return (this.topic.extra_definition || []).filter((item) => item.string);
    }

    get place() {
        const {selection} = this.props.record.fields.required_place;
        const known = selection.find(([key]) => key === this.topic.required_place);
        return known ? known[1] : "";
    }

    options(question) {
        return (question.selection || question.tags || []).map((option) => option[1]);
    }
}

registry.category("view_widgets").add("gorod24_operator_view", {
    component: OperatorView,
    fieldDependencies: [
        {name: "extra_definition", type: "properties_definition"},
        {name: "required_place", type: "selection"},
        {name: "script", type: "text"},
        {name: "stop_phrase", type: "text"},
        {name: "check_notices", type: "boolean"},
    ],
});
