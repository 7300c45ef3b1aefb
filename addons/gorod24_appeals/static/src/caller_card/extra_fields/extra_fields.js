// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";

const NUMBER = /^\s*-?\d[\d\s]*([.,]\d+)?\s*$/;
const WHOLE = /^\s*-?\d[\d\s]*$/;

/** The topic's own questions, each with a field of its kind. */
export class ExtraFields extends Component {
    static template = "gorod24_appeals.ExtraFields";
    static props = {card: Object, question: Object, asked: Array};

    setup() {
        this.card = useState(this.props.card);
    }

    value(item) {
        return this.props.question.extra?.[item.name] ?? "";
    }

    set(item, value) {
        this.card.setExtra(this.props.question, item.name, value);
    }

    inputType(item) {
        return {date: "date", datetime: "datetime-local"}[item.type] || "text";
    }

    inputMode(item) {
        return {integer: "numeric", float: "decimal"}[item.type];
    }

    isWrong(item) {
        const pattern = {integer: WHOLE, float: NUMBER}[item.type];
        const value = String(this.value(item)).trim();
        return Boolean(pattern && value && !pattern.test(value));
    }
}
