// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {errorText} from "../caller_card/card_format";
import {Latest, STALE} from "../caller_card/latest";
import {TermsPanel} from "./terms_panel";

/** On the appeal's form: the terms of every question. */
export class AppealTerms extends Component {
    static template = "gorod24_appeals.AppealTerms";
    static components = {TermsPanel};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.turns = new Latest();
        this.state = useState({questions: [], error: ""});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => this.load(next.record.resId));
    }

    async load(appealId) {
        try {
            const questions = await this.turns.run(async () =>
                appealId ? this._read(appealId) : []
            );
            if (questions !== STALE) {
                Object.assign(this.state, {questions, error: ""});
            }
        } catch (error) {
            this.state.error = errorText(error);
        }
    }

    async _read(appealId) {
        const questions = await this.orm.searchRead(
            "gorod24.question",
            [["appeal_id", "=", appealId]],
            ["name", "topic_id"],
            {order: "position"}
        );
        return questions.map((question) => ({
            ...question,
            topic: question.topic_id ? question.topic_id[1] : "",
        }));
    }
}

registry.category("view_widgets").add("gorod24_appeal_terms", {component: AppealTerms});
