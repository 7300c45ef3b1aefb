// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {
    Component,
    onMounted,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {CallerPanel} from "./caller_panel/caller_panel";
import {PERSON_KNOWN, PERSON_UNKNOWN} from "./card_draft";
import {makeCardStore} from "./card_store";
import {DraftStorage} from "./draft_storage";
import {CardHeader} from "./header/card_header";
import {QuestionPanel} from "./question_panel/question_panel";
import {RecordDialog} from "./record_dialog/record_dialog";
import {SavedPanel} from "./saved_panel/saved_panel";
import {SidePanels} from "./side_panels/side_panels";

const PARAMS = ["number", "call_id", "partner_id", "appeal_id", "fresh"];

/**
 * The work place of an operator during a call. Parameters of the action:
 * `number`, `call_id`, `partner_id`, `appeal_id`; `fresh` ignores older drafts.
 */
export class CallerCard extends Component {
    static template = "gorod24_appeals.CallerCard";
    static components = {
        CallerPanel,
        CardHeader,
        QuestionPanel,
        SavedPanel,
        SidePanels,
    };
    static props = {...standardActionServiceProps};
    static path = "card";
    static displayName = _t("Caller card");

    setup() {
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.shared = useService("gorod24_appeals.card_state");
        this.root = useRef("root");
        this.gap = useState({turn: 0});
        this.card = useState(
            makeCardStore({
                orm: useService("orm"),
                storage: new DraftStorage(user.userId),
                shared: this.shared,
            })
        );
        this.openRecord = this.openRecord.bind(this);
        this.openAppeal = (id) => this.openRecord("helpdesk.ticket", id);
        useHotkey("control+enter", () => this.save(), {bypassEditableProtection: true});
        useEffect(
            (loaded) => {
                if (loaded) {
                    this.focusFirst();
                }
            },
            () => [
                this.card.loaded && !this.card.loading,
                this.card.draft.key,
                !this.card.saved,
            ]
        );
        useEffect(
            (turn) => {
                if (turn && this.card.problems.length) {
                    this.focusProblem(this.card.problems[0]);
                }
            },
            () => [this.gap.turn]
        );
        onMounted(() => this.start());
        onWillUnmount(() => {
            Object.assign(this.shared, {open: false, dirty: false, callId: false});
        });
    }

    get params() {
        const {context = {}, params = {}} = this.props.action;
        const given = {...context, ...params};
        const chosen = PARAMS.filter((name) => given[name]);
        return Object.fromEntries(chosen.map((name) => [name, given[name]]));
    }

    start() {
        this.shared.open = true;
        const params = this.params;
        this.env.config.setDisplayName?.(_t("Caller card"));
        if (params.call_id) {
            // The number stays out of the address bar and of access logs.
            params.call_id = Number(params.call_id);
            this.props.updateActionState?.({call_id: params.call_id});
        }
        return this.card.open(params);
    }

    /** Puts the cursor where the operator goes on. */
    focusFirst() {
        const {draft, info, saved} = this.card;
        if (saved) {
            return;
        }
        let name = "problem";
        if (!draft.number && !draft.params.call_id && !draft.params.partner_id) {
            name = "number";
        } else if (draft.person.mode === PERSON_UNKNOWN && info.persons.length) {
            name = "person";
        } else if (draft.person.mode !== PERSON_KNOWN && !draft.personName) {
            name = "name";
        } else if (!draft.place.text) {
            name = "address";
        }
        this.root.el?.querySelector(`[data-focus="${name}"]`)?.focus();
    }

    get problemTexts() {
        const words = {
            person: _t("Choose who is calling"),
            text: _t("write what happened and choose a topic"),
            topic: _t("choose a topic"),
            answer: _t("write what was answered"),
            place: _t("name the place"),
            house: _t("the topic needs a house"),
            flat: _t("the topic needs a flat"),
            crossing: _t("name the other street of the crossing"),
            pole: _t("write the number of the lamp post"),
            stop: _t("name the stop"),
        };
        const many = this.card.draft.questions.length > 1;
        return this.card.problems.map(({code, question}) =>
            many && question !== undefined
                ? _t("question %(number)s: %(what)s", {
                      number: question + 1,
                      what: words[code],
                  })
                : words[code]
        );
    }

    get problemLine() {
        const line = this.problemTexts.join("; ");
        return line && `${line[0].toUpperCase()}${line.slice(1)}.`;
    }

    async save() {
        const saved = await this.card.save();
        if (!saved && this.card.problems.length) {
            this.gap.turn++;
        }
        return saved;
    }

    /** Puts the cursor where the first gap is. */
    focusProblem({code}) {
        const {question} = this.card;
        const where = question.elsewhere ? "#g24_place" : "#g24_address";
        const selectors = {
            person: "[data-focus=person]",
            text: "#g24_problem",
            topic: "#g24_problem",
            answer: "#g24_answer",
            place: where,
            house: where,
            flat: question.elsewhere ? "#g24_place_note" : "#g24_flat",
        };
        const note = question.placeAsked
            ? `[data-extra="${question.placeAsked}"]`
            : "#g24_place_note";
        const selector = selectors[code] || note;
        this.root.el?.querySelector(selector)?.focus();
    }

    openRecord(resModel, resId) {
        const title = resModel === "helpdesk.ticket" ? _t("Appeal") : _t("Question");
        this.dialog.add(RecordDialog, {
            resModel,
            resId,
            title,
            readonly: true,
            size: "xl",
        });
    }
}

registry.category("actions").add("gorod24_appeals.caller_card", CallerCard);
