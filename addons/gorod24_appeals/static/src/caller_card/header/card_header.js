// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {writtenNumber} from "../card_draft";
import {formatDuration, parseMoment} from "../card_format";
import {PresenceNote} from "../presence/presence_note";

/**
 * Who calls and for how long. Call controls of the telephony addon are
 * components with the prop `card` in the registry category
 * `gorod24_appeals.card_header`.
 */
export class CardHeader extends Component {
    static template = "gorod24_appeals.CardHeader";
    static components = {PresenceNote};
    static props = {card: Object, subjects: {type: Array, optional: true}};

    setup() {
        this.card = useState(this.props.card);
        this.clock = useState({now: Date.now()});
        const tick = () => (this.clock.now = Date.now());
        useEffect(
            (running) => {
                if (running) {
                    const timer = setInterval(tick, 1000);
                    return () => clearInterval(timer);
                }
            },
            () => [this.isRunning]
        );
    }

    get items() {
        return registry
            .category("gorod24_appeals.card_header")
            .getEntries()
            .map(([id, item]) => ({id, Component: item.component || item}));
    }

    get call() {
        return this.card.info.call;
    }

    get isRunning() {
        return Boolean(this.call && this.call.state && this.call.state !== "ended");
    }

    get callLabel() {
        const labels = {
            ringing: _t("Ringing"),
            talking: _t("Talking"),
            held: _t("On hold"),
            ended: _t("Call ended"),
        };
        return this.call.state_label || labels[this.call.state] || "";
    }

    get elapsed() {
        const start = parseMoment(this.call.answered_at || this.call.started_at);
        if (!start) {
            return "";
        }
        const end = parseMoment(this.call.ended_at)?.toMillis() || this.clock.now;
        return formatDuration((end - start.toMillis()) / 1000);
    }

    get number() {
        return writtenNumber(this.card.draft);
    }

    onNumberInput(ev) {
        this.card.setField("number", ev.target.value.trim());
    }

    onNumberKeydown(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            this.card.lookUpNumber();
        }
    }
}
