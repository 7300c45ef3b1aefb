// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {HELPED_NO, HELPED_YES} from "../question_details";

/** Whether the text that was read aloud helped the citizen. */
export class HelpedRow extends Component {
    static template = "gorod24_appeals.HelpedRow";
    static props = {card: Object, question: Object};

    setup() {
        this.card = useState(this.props.card);
        this.HELPED_YES = HELPED_YES;
        this.HELPED_NO = HELPED_NO;
    }

    get helped() {
        return this.props.question.helped;
    }
}
