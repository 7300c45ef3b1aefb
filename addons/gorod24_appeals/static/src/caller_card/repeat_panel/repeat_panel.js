// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatDay, formatMoment, stateColour} from "../card_format";

/** The same trouble told already: marks, and one key to join instead of sending. */
export class RepeatPanel extends Component {
    static template = "gorod24_appeals.RepeatPanel";
    static props = {
        card: Object,
        question: Object,
        /** called after the contact has been joined or parted again */
        onChanged: Function,
        openQuestion: Function,
    };

    setup() {
        this.card = useState(this.props.card);
        this.formatDay = formatDay;
        this.formatMoment = formatMoment;
        this.stateColour = stateColour;
    }

    get similar() {
        return this.card.similarOf(this.props.question);
    }

    get duplicates() {
        return this.similar.duplicates;
    }

    /** Marks that will be saved: repeated call, recurrence in the house. */
    get marks() {
        const {repeat, recurrence} = this.similar;
        return [
            repeat && {
                key: "repeat",
                label: _t("Repeated call"),
                hint: _t("this person asked about it on %s", formatDay(repeat.date)),
                item: repeat,
            },
            recurrence &&
                recurrence.id !== repeat?.id && {
                    key: "recurrence",
                    label: _t("Recurrence in this house"),
                    hint: _t("last time on %s", formatDay(recurrence.date)),
                    item: recurrence,
                },
        ].filter(Boolean);
    }

    why(item) {
        const words = {
            person: _t("the same person"),
            house: _t("the same house"),
            words: _t("similar words nearby"),
        };
        return words[item.why] || "";
    }

    join(item) {
        this.card.join(this.props.question, item);
        this.props.onChanged();
    }

    unjoin() {
        this.card.unjoin(this.props.question);
        this.props.onChanged();
    }
}
