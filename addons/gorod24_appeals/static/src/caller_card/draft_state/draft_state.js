// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {
    CONFLICT,
    DISCARDED,
    KEPT,
    OFFLINE,
    SAVED,
    SIGNED_OUT,
    TAKEN,
    WAITING,
} from "../draft_sync";

/** Whether what is typed is safe, and where; what to do when it is in two places. */
export class DraftState extends Component {
    static template = "gorod24_appeals.DraftState";
    static props = {card: Object};

    setup() {
        this.card = useState(this.props.card);
    }

    get sync() {
        return this.card.sync;
    }

    get isConflict() {
        return this.sync.status === CONFLICT;
    }

    /** The card is finished: what is typed here is kept only under another name. */
    get isFinished() {
        return [SAVED, DISCARDED].includes(this.sync.status);
    }

    get isSignedOut() {
        return this.sync.status === SIGNED_OUT;
    }

    get text() {
        const {status, takenBy, made} = this.sync;
        const words = {
            [WAITING]: _t("keeping the draft…"),
            [KEPT]: _t("draft kept"),
            [OFFLINE]: _t("no connection, kept on this computer"),
            [SIGNED_OUT]: _t("the session is over, kept on this computer"),
            [CONFLICT]: _t("this card was changed in another window"),
            [TAKEN]: _t("%s goes on with this card", takenBy),
            [SAVED]: made
                ? _t(
                      "registered as No. %s, the latest words are not in it",
                      made.number
                  )
                : _t("registered already, the latest words are not in it"),
            [DISCARDED]: _t("discarded in another window, these words are not kept"),
        };
        return words[status] || "";
    }

    get colour() {
        const {status} = this.sync;
        if ([OFFLINE, SIGNED_OUT].includes(status)) {
            return "text-bg-warning px-2 rounded";
        }
        const isGood = ["", WAITING, KEPT].includes(status);
        return isGood ? "text-muted" : "text-danger";
    }
}
