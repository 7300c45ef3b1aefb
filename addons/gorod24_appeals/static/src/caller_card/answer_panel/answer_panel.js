// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {FieldNote} from "../field_note/field_note";

/** What was answered in the call. */
export class AnswerPanel extends Component {
    static template = "gorod24_appeals.AnswerPanel";
    static components = {FieldNote};
    static props = {card: Object, question: Object, script: String, oral: Boolean};

    setup() {
        this.card = useState(this.props.card);
    }

    onInput(ev) {
        this.card.setQuestionField(this.props.question, "answerText", ev.target.value);
    }

    onConsent(ev) {
        const {question} = this.props;
        this.card.setQuestionField(question, "oralConsent", ev.target.checked);
    }

    useScript() {
        const {question, script} = this.props;
        this.card.setQuestionField(question, "answerText", script);
    }
}
