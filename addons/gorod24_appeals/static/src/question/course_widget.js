// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {errorText, formatMoment} from "../caller_card/card_format";
import {TermsPanel} from "../terms/terms_panel";

const QUESTION_FIELDS = ["name", "topic_id", "registered_at", "closed_at", "state"];
const REFERRAL_FIELDS = [
    "question_id",
    "participant_id",
    "sent_at",
    "accepted_at",
    "planned_at",
    "refused_at",
    "refusal_reason",
    "done_at",
    "result_text",
    "state",
];
const ATTEMPT_FIELDS = [
    "informing_id",
    "at",
    "disposition",
    "satisfaction",
    "note",
    "user_id",
];
/**
 * The steps of one question in order of time.
 * @returns {{at: string, text: string, note: string, tone: string}[]}
 */
export function courseOf(question, referrals, attempts, labels) {
    const steps = [{at: question.registered_at, text: _t("Registered")}];
    for (const item of referrals) {
        const who = item.participant_id ? item.participant_id[1] : "";
        steps.push(
            {at: item.sent_at, text: _t("Sent: %s", who), tone: "info"},
            {at: item.accepted_at, text: _t("Accepted: %s", who), tone: "primary"},
            {
                at: item.refused_at,
                text: _t("Refused: %s", who),
                note: item.refusal_reason,
                tone: "danger",
            },
            {
                at: item.done_at,
                text: _t("Result reported: %s", who),
                note: item.result_text,
                tone: "success",
            }
        );
    }
    for (const item of attempts) {
        const how = labels.disposition[item.disposition] || item.disposition;
        const said =
            item.disposition === "reached" && labels.satisfaction[item.satisfaction];
        steps.push({
            at: item.at,
            text: _t("Call to the citizen: %s", [how, said].filter(Boolean).join(", ")),
            note: item.note,
            tone: item.satisfaction === "no" ? "danger" : "warning",
        });
    }
    steps.push({at: question.closed_at, text: _t("Closed"), tone: "success"});
    return steps
        .filter((step) => step.at)
        .map((step) => ({note: "", tone: "secondary", ...step}))
        .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** On the appeal: what happened to each question, and its terms explained. */
export class CourseWidget extends Component {
    static template = "gorod24_appeals.CourseWidget";
    static components = {TermsPanel};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({questions: [], error: ""});
        this.formatMoment = formatMoment;
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => this.load(next.record.resId));
    }

    async load(appealId) {
        if (!appealId) {
            this.state.questions = [];
            return;
        }
        try {
            this.state.questions = await this._read(appealId);
            this.state.error = "";
        } catch (error) {
            this.state.error = errorText(error);
        }
    }

    async _read(appealId) {
        const of = [["appeal_id", "=", appealId]];
        const order = {order: "position"};
        const questions = await this.orm.searchRead(
            "gorod24.question",
            of,
            QUESTION_FIELDS,
            order
        );
        const ids = questions.map((question) => question.id);
        const [referrals, attempts, fields] = await Promise.all([
            this.orm.searchRead("gorod24.referral", of, REFERRAL_FIELDS),
            this.orm.searchRead(
                "gorod24.informing.attempt",
                [["informing_id.question_id", "in", ids]],
                ATTEMPT_FIELDS
            ),
            this._labels("gorod24.informing.attempt", ["disposition", "satisfaction"]),
        ]);
        const numbers = await this._informingQuestions(attempts);
        return questions.map((question) => ({
            ...question,
            topic: question.topic_id ? question.topic_id[1] : "",
            steps: courseOf(
                question,
                referrals.filter((item) => item.question_id[0] === question.id),
                attempts.filter(
                    (item) => numbers[item.informing_id[0]] === question.id
                ),
                fields
            ),
        }));
    }

    async _informingQuestions(attempts) {
        const ids = [...new Set(attempts.map((item) => item.informing_id[0]))];
        const rows = ids.length
            ? await this.orm.read("gorod24.informing", ids, ["question_id"])
            : [];
        return Object.fromEntries(rows.map((row) => [row.id, row.question_id[0]]));
    }

    async _labels(model, names) {
        const fields = await this.orm.cache().call(model, "fields_get", [names], {
            attributes: ["selection"],
        });
        return Object.fromEntries(
            names.map((name) => [
                name,
                Object.fromEntries(fields[name]?.selection || []),
            ])
        );
    }
}

export const courseWidget = {component: CourseWidget};

registry.category("view_widgets").add("gorod24_appeal_course", courseWidget);
