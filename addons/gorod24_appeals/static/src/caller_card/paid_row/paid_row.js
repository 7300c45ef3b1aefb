// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {FieldNote} from "../field_note/field_note";

/** What was agreed on a paid request: the price and the visit. */
export class PaidRow extends Component {
    static template = "gorod24_appeals.PaidRow";
    static components = {FieldNote};
    static props = {card: Object, question: Object};

    setup() {
        this.card = useState(this.props.card);
    }

    get isAgreed() {
        const {price, visitAt} = this.props.question;
        return Boolean(price.trim() && visitAt);
    }

    /** With several questions each one is paid or not. */
    get isAsked() {
        return this.card.draft.questions.length > 1;
    }

    setPaid(ev) {
        this.card.setQuestionField(this.props.question, "free", !ev.target.checked);
    }

    set(name, ev) {
        this.card.setQuestionField(this.props.question, name, ev.target.value);
    }
}
