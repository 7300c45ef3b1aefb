// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";

/** What is wrong with a field, under it and in words. */
export class FieldNote extends Component {
    static template = "gorod24_appeals.FieldNote";
    static props = {
        card: Object,
        /** codes of problems the field is about */
        codes: Array,
        question: {type: Object, optional: true},
    };

    setup() {
        this.card = useState(this.props.card);
    }

    get text() {
        const words = this.card.lackAt(this.props.codes, this.props.question);
        return words && `${words[0].toUpperCase()}${words.slice(1)}`;
    }
}
