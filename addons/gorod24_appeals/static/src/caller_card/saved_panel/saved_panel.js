// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {useAutofocus} from "@web/core/utils/hooks";
import {formatMoment} from "../card_format";

/** After saving: the words to read aloud to the citizen, and the way on. */
export class SavedPanel extends Component {
    static template = "gorod24_appeals.SavedPanel";
    static props = {card: Object, openAppeal: Function};

    setup() {
        this.card = useState(this.props.card);
        this.formatMoment = formatMoment;
        useAutofocus({refName: "next"});
    }
}
