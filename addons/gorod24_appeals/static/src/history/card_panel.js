// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Ways from the caller card to the whole history of the person and of the house. */
export class CardHistoryLinks extends Component {
    static template = "gorod24_appeals.CardHistoryLinks";
    static props = {card: Object};

    setup() {
        this.card = useState(this.props.card);
        this.action = useService("action");
    }

    get houseId() {
        return this.card.draft.place?.building_id;
    }

    /** The draft of the card is kept: the way back leads to it. */
    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "gorod24_appeals.history",
            params: {model, id},
        });
    }
}

registry
    .category("gorod24_appeals.card_panels")
    .add("history_links", {component: CardHistoryLinks}, {sequence: 90});
