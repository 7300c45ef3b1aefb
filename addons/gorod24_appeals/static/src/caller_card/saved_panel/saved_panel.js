// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {MODEL} from "../caller_store";
import {formatMoment} from "../card_format";

const PRINTED_CARD = "gorod24_appeals.action_report_appeal_card";

/**
 * After saving: the words to read aloud to the citizen, and the way on. The number is
 * there at once; the full text follows, and if it does not come, the short one stays.
 */
export class SavedPanel extends Component {
    static template = "gorod24_appeals.SavedPanel";
    static props = {card: Object, openAppeal: Function};

    setup() {
        this.orm = useService("orm").silent;
        this.action = useService("action");
        this.notification = useService("notification");
        this.card = useState(this.props.card);
        this.state = useState({text: "", printing: false});
        this.text = useRef("text");
        this.formatMoment = formatMoment;
        this.next = useAutofocus({refName: "next"});
        onMounted(() => this.loadText());
    }

    /** What the full text says better, while it is awaited. */
    get shortAnswers() {
        const questions = this.card.saved.questions.map((question, index) => ({
            ...question,
            place: index + 1,
        }));
        return this.state.text ? [] : questions;
    }

    async loadText() {
        try {
            this.state.text = await this.orm.call(MODEL, "acknowledgement", [
                this.card.saved.appeal_id,
            ]);
        } catch {
            // The short text on the screen is enough to go on with the conversation.
            this.state.text = "";
        }
    }

    /** Enter goes on to the next card afterwards, as before. */
    async copy() {
        try {
            await browser.navigator.clipboard.writeText(this.state.text);
            this.notification.add(_t("The text is copied."), {type: "success"});
        } catch {
            // Without https or leave of the browser: one key is left to the operator.
            document.getSelection().selectAllChildren(this.text.el);
            this.notification.add(_t("The text is selected: press Ctrl+C."), {
                type: "info",
            });
        }
        this.next.el?.focus();
    }

    async print() {
        this.state.printing = true;
        try {
            await this.action.doAction(PRINTED_CARD, {
                additionalContext: {active_ids: [this.card.saved.appeal_id]},
            });
        } finally {
            this.state.printing = false;
            this.next.el?.focus();
        }
    }
}
