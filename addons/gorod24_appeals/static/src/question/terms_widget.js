// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {errorText, formatMoment} from "../caller_card/card_format";

const CLOCK_FIELDS = [
    "res_id",
    "kind",
    "target",
    "stop",
    "state",
    "outcome",
    "explanation",
];

/** The terms of every question of an appeal, and why they end when they do. */
export class TermsWidget extends Component {
    static template = "gorod24_appeals.TermsWidget";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.formatMoment = formatMoment;
        this.state = useState({questions: [], error: ""});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => this.load(next.record.resId));
    }

    async load(appealId) {
        try {
            this.state.questions = appealId ? await this._read(appealId) : [];
            this.state.error = "";
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
        const domain = [
            ["res_model", "=", "gorod24.question"],
            ["res_id", "in", questions.map((question) => question.id)],
        ];
        const [clocks, labels] = await Promise.all([
            this.orm.searchRead("gorod24.clock", domain, CLOCK_FIELDS, {
                order: "start, id",
            }),
            this._labels(),
        ]);
        return questions.map((question) => ({
            ...question,
            topic: question.topic_id ? question.topic_id[1] : "",
            clocks: clocks
                .filter((clock) => clock.res_id === question.id)
                .map((clock) => ({
                    ...clock,
                    label: labels.kind[clock.kind],
                    status: clock.outcome
                        ? labels.outcome[clock.outcome]
                        : labels.state[clock.state],
                })),
        }));
    }

    async _labels() {
        const names = ["kind", "state", "outcome"];
        const fields = await this.orm
            .cache()
            .call("gorod24.clock", "fields_get", [names], {
                attributes: ["selection"],
            });
        return Object.fromEntries(
            names.map((name) => [name, Object.fromEntries(fields[name].selection)])
        );
    }
}

export const termsWidget = {component: TermsWidget};

registry.category("view_widgets").add("gorod24_appeal_terms", termsWidget);
