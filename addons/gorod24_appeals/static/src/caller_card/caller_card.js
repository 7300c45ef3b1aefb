// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {CallerPanel} from "./caller_panel/caller_panel";
import {MODE_ANSWER, MODE_SEND, PERSON_KNOWN, PERSON_UNKNOWN} from "./card_draft";
import {makeCardStore} from "./card_store";
import {DraftState} from "./draft_state/draft_state";
import {DraftStorage} from "./draft_storage";
import {useFocusKeeper} from "./focus_keeper";
import {CardHeader} from "./header/card_header";
import {PresenceNote} from "./presence/presence_note";
import {problemSelector, problemWords} from "./problem_words";
import {QuestionPanel} from "./question_panel/question_panel";
import {RecordDialog} from "./record_dialog/record_dialog";
import {SavedPanel} from "./saved_panel/saved_panel";
import {SidePanels} from "./side_panels/side_panels";

const PARAMS = [
    "number",
    "call_id",
    "partner_id",
    "appeal_id",
    "draft_uid",
    "fresh",
    "paper",
];
/** Keys that switch something; the cursor stays where it is. */
const TOGGLES = {
    y: (card) => card.setField("addressConfirmed", !card.draft.addressConfirmed),
    v: (card, question) => card.setEmergency(question, !question.emergency),
    l: (card, question) => card.setElsewhere(question, !question.elsewhere),
    m: (card, question) =>
        card.setMode(question, question.mode === MODE_SEND ? MODE_ANSWER : MODE_SEND),
};
/** Alt and the number of a question: before the sections of the top bar. */
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Keys that bring the cursor to a part of the card, from anywhere on it. */
const PLACES = {
    i: "[data-focus=person], [data-focus=name]",
    a: "#g24_address",
    p: "#g24_problem",
};

/**
 * The work place of an operator during a call. Parameters of the action:
 * `number`, `call_id`, `partner_id`, `appeal_id`; `draft_uid` goes on with a draft;
 * `fresh` ignores older drafts.
 */
export class CallerCard extends Component {
    static template = "gorod24_appeals.CallerCard";
    static components = {
        CallerPanel,
        CardHeader,
        DraftState,
        PresenceNote,
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
                // As it is: what was sent when the card is left has to be heard of.
                orm: this.env.services.orm,
                storage: new DraftStorage(user.userId),
                shared: this.shared,
            })
        );
        this.openRecord = this.openRecord.bind(this);
        this.openQuestion = (id) => this.openRecord("gorod24.question", id);
        this.goOn = () => this.focusFirst();
        this.openAppeal = (id) => this.openRecord("helpdesk.ticket", id);
        // Also when the dialog the card was opened from had not gone yet: keys bound to it
        // would be dead. A dialog over the card has keys of its own.
        const ui = useService("ui");
        const always = {
            bypassEditableProtection: true,
            global: true,
            isAvailable: () => ui.activeElement.contains(this.root.el),
        };
        useHotkey("control+enter", () => this.save(), always);
        for (const [key, selector] of Object.entries(PLACES)) {
            useHotkey(`alt+${key}`, () => this.focusElement(selector), always);
        }
        for (const [key, toggle] of Object.entries(TOGGLES)) {
            useHotkey(`alt+${key}`, () => this.toggle(toggle), always);
        }
        for (const number of NUMBERS) {
            useHotkey(`alt+${number}`, () => this.card.showQuestion(number - 1), {
                ...always,
                isAvailable: () => always.isAvailable() && this.hasQuestion(number),
            });
        }
        useFocusKeeper(this.root, () => this.focusFirst());
        useExternalListener(browser, "online", () => this.card.sync.flush());
        useEffect(
            (loaded) => {
                if (loaded) {
                    this.focusFirst();
                }
            },
            () => [
                this.card.loaded && !this.card.loading,
                this.card.draft.uid,
                !this.card.saved,
            ]
        );
        useEffect(
            (turn) => {
                if (turn) {
                    this.focusProblem();
                }
            },
            () => [this.gap.turn]
        );
        useEffect(
            (saving) => {
                if (!saving && document.activeElement === document.body) {
                    this.leftAt?.focus();
                }
            },
            () => [this.card.saving]
        );
        // The card writes; who only reads the line finds the appeals in the lists.
        onWillStart(async () => {
            this.allowed = await user.hasGroup("gorod24_appeals.group_operator");
        });
        onMounted(() => this.allowed && this.start());
        onWillUnmount(() => {
            this.card.leave();
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

    toggle(change) {
        const {saved, loaded, question} = this.card;
        if (loaded && !saved) {
            change(this.card, question);
        }
    }

    /** Several questions are shown as numbered tabs. */
    hasQuestion(number) {
        const {draft, loaded, saved} = this.card;
        const {length} = draft.questions;
        return loaded && !saved && length > 1 && number <= length;
    }

    /** Puts the cursor where the operator goes on. */
    focusFirst() {
        const {draft, info, saved, isNumberOpen} = this.card;
        const typesNumber = document.activeElement?.dataset.focus === "number";
        if (saved || (typesNumber && isNumberOpen)) {
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
        const many = this.card.draft.questions.length > 1;
        return this.card.problems.map(({code, question}) =>
            many && question !== undefined
                ? _t("question %(number)s: %(what)s", {
                      number: question + 1,
                      what: problemWords(code),
                  })
                : problemWords(code)
        );
    }

    get problemLine() {
        const line = this.problemTexts.join("; ");
        return line && `${line[0].toUpperCase()}${line.slice(1)}.`;
    }

    /** Records whose cards this is: colleagues with the same ones are shown. */
    get subjects() {
        const {person, params} = this.card.draft;
        const subjects = person.id ? [["res.partner", person.id]] : [];
        if (params.appeal_id) {
            subjects.push(["helpdesk.ticket", Number(params.appeal_id)]);
        }
        return subjects;
    }

    async save() {
        // Nothing is typed while the card is being registered; the cursor comes back.
        this.leftAt = document.activeElement;
        const saved = await this.card.save();
        if (!saved && (this.card.problems.length || this.card.errorPlace)) {
            this.gap.turn++;
        }
        return saved;
    }

    focusElement(selector) {
        const element = this.root.el?.querySelector(selector);
        element?.focus();
        return Boolean(element);
    }

    /** Puts the cursor where the first gap, or the refusal of the server, is. */
    focusProblem() {
        const {problems, errorPlace, question} = this.card;
        const {code} = problems[0] || errorPlace;
        this.focusElement(problemSelector(code, question));
    }

    /** Enter in a line of text goes on to the next one; lists pick with it first. */
    onKeydown(ev) {
        const {next} = ev.target.dataset || {};
        const plain = !ev.ctrlKey && !ev.altKey && !ev.shiftKey && !ev.metaKey;
        if (next && ev.key === "Enter" && plain && !ev.defaultPrevented) {
            ev.preventDefault();
            next.split(" ").some((selector) => this.focusElement(selector));
        }
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
