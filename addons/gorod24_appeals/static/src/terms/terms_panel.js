// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {
    Component,
    onWillStart,
    onWillUnmount,
    onWillUpdateProps,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {usePopover} from "@web/core/popover/popover_hook";
import {useService} from "@web/core/utils/hooks";
import {errorText, formatMoment} from "../caller_card/card_format";
import {Latest, STALE} from "../caller_card/latest";
import {termStatus} from "./term_time";

// How often the remaining time is written anew.
const TICK = 15000;

/** Why this date: the steps of the calculation, the law, what was changed by whom. */
export class TermReason extends Component {
    static template = "gorod24_appeals.TermReason";
    static props = {close: {type: Function, optional: true}, term: Object};
}

/** Terms of one question: what, by when, how much is left, why, and what may be done. */
export class TermsPanel extends Component {
    static template = "gorod24_appeals.TermsPanel";
    static props = {
        questionId: Number,
        // Changes whenever the question was loaded anew.
        version: {optional: true},
        onChanged: {type: Function, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.popover = usePopover(TermReason, {position: "top"});
        this.state = useState({
            terms: [],
            rights: {},
            canForward: false,
            showEnded: false,
            error: "",
            now: Date.now(),
        });
        this.turns = new Latest();
        this.offset = 0;
        this.formatMoment = formatMoment;
        const timer = browser.setInterval(() => this.tick(), TICK);
        onWillUnmount(() => browser.clearInterval(timer));
        onWillStart(() => this.load(this.props.questionId));
        onWillUpdateProps((next) => this.load(next.questionId));
    }

    tick() {
        this.state.now = Date.now() + this.offset;
    }

    async load(questionId) {
        try {
            const found = await this.turns.run(() =>
                this.orm.call("gorod24.question", "get_terms", [[questionId]])
            );
            if (found === STALE) {
                return;
            }
            this.offset = Date.parse(found.now) - Date.now();
            this.tick();
            Object.assign(this.state, {
                terms: found.terms,
                rights: found.rights,
                canForward: found.can_forward.includes(questionId),
                error: "",
            });
        } catch (error) {
            this.state.error = errorText(error);
        }
    }

    get openTerms() {
        return this.state.terms.filter((term) => term.state !== "stopped");
    }

    get endedTerms() {
        return this.state.terms.filter((term) => term.state === "stopped");
    }

    get shownTerms() {
        const ended = this.state.showEnded || !this.openTerms.length;
        return ended ? this.state.terms : this.openTerms;
    }

    statusOf(term) {
        return termStatus(term, this.state.now);
    }

    /** Buttons of a term: [code, label]. */
    actionsOf(term) {
        const labels = {
            localised: _t("Localised"),
            met:
                term.kind === "restoration"
                    ? _t("Service restored")
                    : _t("Citizen told"),
            outage: _t("Specify"),
            pause: _t("Pause"),
            resume: _t("Resume"),
            extend: _t("Extend"),
            excuse: _t("Excuse"),
        };
        const {operator, supervisor} = this.state.rights;
        return Object.keys(labels)
            .filter((code) => term.actions.includes(code))
            .filter((code) => (code === "excuse" ? supervisor : operator))
            .map((code) => [code, labels[code]]);
    }

    showReason(event, term) {
        this.popover.open(event.currentTarget, {term});
    }

    async run(code, term) {
        if (code === "resume" || code === "met") {
            const method = code === "met" ? "action_term_met" : "action_resume_term";
            try {
                await this.orm.call("gorod24.question", method, [
                    [this.props.questionId],
                    term.kind,
                ]);
            } catch (error) {
                this.notification.add(errorText(error), {type: "danger"});
            }
            await this.changed();
            return;
        }
        const titles = {
            pause: _t("Pause: %s", term.label),
            extend: _t("Extend: %s", term.label),
            excuse: _t("Excuse: %s", term.label),
            localised: _t("The damage is localised"),
            outage: _t("What is known of the interruption"),
        };
        this.openDialog(titles[code], "gorod24.term.change", {
            default_clock_id: term.id,
            default_action: code,
        });
    }

    forward() {
        this.openDialog(_t("Forward outside"), "gorod24.question.forward.out", {
            default_question_id: this.props.questionId,
        });
    }

    openDialog(name, model, context) {
        this.action.doAction(
            {
                type: "ir.actions.act_window",
                name,
                res_model: model,
                views: [[false, "form"]],
                target: "new",
                context: {...context, dialog_size: "medium"},
            },
            {onClose: (infos) => infos?.changed && this.changed()}
        );
    }

    async changed() {
        await this.load(this.props.questionId);
        await this.props.onChanged?.();
    }
}
