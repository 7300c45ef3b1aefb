// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {TermsPanel} from "./terms_panel";

/** On the question's form: its terms, live, with what may be done about them. */
export class TermsWidget extends Component {
    static template = "gorod24_appeals.TermsWidget";
    static components = {TermsPanel};
    static props = {...standardWidgetProps};

    get version() {
        const {data} = this.props.record;
        return `${data.state} ${data.execution_due?.toISO?.() || ""}`;
    }

    async reload() {
        const {model} = this.props.record;
        await model.root.load();
        model.notify();
    }
}

export const termsWidget = {
    component: TermsWidget,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "execution_due", type: "datetime"},
    ],
};

registry.category("view_widgets").add("gorod24_question_terms", termsWidget);
