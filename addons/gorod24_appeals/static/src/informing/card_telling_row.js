// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatMoment} from "../caller_card/card_format";

/** In the header of the card: the paper blank entered, and how to tell the result. */
export class CardTellingRow extends Component {
    static template = "gorod24_appeals.CardTellingRow";
    static props = {card: Object};

    setup() {
        this.card = useState(this.props.card);
        this.formatMoment = formatMoment;
    }

    get draft() {
        return this.card.draft;
    }

    get paper() {
        return this.draft.params.paper;
    }

    get person() {
        const {id} = this.draft.person;
        return this.card.info.persons?.find((person) => person.id === id);
    }

    get ways() {
        const sms = this.card.info.may_sms || this.way === "sms";
        return [
            ["phone", _t("by a call")],
            ["email", _t("by e-mail")],
            ...(sms ? [["sms", _t("by SMS")]] : []),
            ["none", _t("not needed")],
        ];
    }

    /** What the operator chose, else what the person chose the last time. */
    get way() {
        return this.draft.informWay || this.person?.inform_way || "phone";
    }

    get email() {
        return this.draft.informEmail ?? this.person?.email ?? "";
    }

    onWay(ev) {
        this.card.setField("informWay", ev.target.value);
    }

    /** The address alone says the way, too: the operator saw it chosen. */
    onEmail(ev) {
        this.card.setField("informWay", "email");
        this.card.setField("informEmail", ev.target.value.trim());
    }
}

registry
    .category("gorod24_appeals.card_header")
    .add("gorod24_appeals.telling", CardTellingRow, {sequence: 90});
