// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatDay, formatMoment, stateColour} from "../card_format";
import {ToInformItem} from "./to_inform_item";

/**
 * What is already known while the citizen speaks: panels of other addons first
 * (notices of the house…), then results to tell, open questions, history.
 *
 * A panel is a component with the prop `card` (see CardStore) in the registry
 * category `gorod24_appeals.card_panels`.
 */
export class SidePanels extends Component {
    static template = "gorod24_appeals.SidePanels";
    static components = {ToInformItem};
    static props = {card: Object, openRecord: Function};

    setup() {
        this.card = useState(this.props.card);
        this.formatDay = formatDay;
        this.formatMoment = formatMoment;
        this.stateColour = stateColour;
    }

    get panels() {
        return registry
            .category("gorod24_appeals.card_panels")
            .getEntries()
            .map(([id, panel]) => ({id, Component: panel.component || panel}));
    }

    promiseLabel(promise) {
        const words = {
            visit: _t("Visit"),
            call_back: _t("Call back"),
            result: _t("Result"),
        };
        return words[promise.kind] || "";
    }

    openQuestion(id) {
        this.props.openRecord("gorod24.question", id);
    }

    async sameQuestion(item) {
        if (await this.card.noteSameQuestion(item)) {
            this.openQuestion(item.id);
        }
    }

    openAppeal(id) {
        this.props.openRecord("helpdesk.ticket", id);
    }
}
