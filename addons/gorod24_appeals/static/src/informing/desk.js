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
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {formatDay, formatMoment, inputFormat} from "../caller_card/card_format";
import {RecordDialog} from "../caller_card/record_dialog/record_dialog";
import {DeskMarks, rowKey, rowOf} from "./desk_marks";
import {makeDeskStore} from "./desk_store";

const WRITTEN = "gorod24_appeals.gorod24_informing_written_action";
const REFRESH_MS = 20000;
const RENEW_MS = 60000;

/**
 * The screen on which an operator tells citizens their results, one after another.
 * Telephony adds its dial button as a component with the prop `citizen` in the
 * registry category `gorod24_appeals.informing_desk`.
 */
export class InformingDesk extends Component {
    static template = "gorod24_appeals.InformingDesk";
    static components = {DateTimeInput};
    static props = {...standardActionServiceProps};
    static path = "tell-results";
    static displayName = _t("Tell results");

    setup() {
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.root = useRef("root");
        const services = {orm: useService("orm"), kept: new DeskMarks(user.userId)};
        this.desk = useState(makeDeskStore(services));
        this.rowKey = rowKey;
        this.formatDay = formatDay;
        this.formatMoment = formatMoment;
        this.inputFormat = inputFormat();
        this.setUpKeys();
        onMounted(() => {
            this.env.config.setDisplayName?.(_t("Tell results"));
            this.desk.loadQueue();
            this.timers = [
                setInterval(() => this.desk.loadQueue(), REFRESH_MS),
                setInterval(() => this.desk.renew(), RENEW_MS),
            ];
        });
        onWillUnmount(() => {
            this.timers.forEach(clearInterval);
            this.desk.keep();
            if (this.desk.citizen) {
                this.desk.putAside();
            }
        });
        useEffect(
            () => this.desk.keep(),
            () => [this.desk.work]
        );
        useEffect(
            () => this.focusActive(),
            () => [
                this.desk.citizen,
                this.desk.active,
                this.desk.marks[this.activeItem?.id]?.satisfaction === "no",
            ]
        );
    }

    setUpKeys() {
        // A menu of the top bar (the telephone's keypad…) has its own keys.
        const free = () => !document.querySelector(".o-dropdown--menu");
        const open = () =>
            free() && Boolean(this.desk.citizen) && !this.desk.citizen.needs_contact;
        const idle = () => free() && !this.desk.citizen;
        useHotkey("enter", () => this.desk.takeNext(), {
            isAvailable: () => idle() && document.activeElement?.tagName !== "BUTTON",
        });
        useHotkey("control+enter", () => this.desk.recordReached(), {
            bypassEditableProtection: true,
            isAvailable: open,
        });
        this.satisfactions.forEach(({value, key}) =>
            useHotkey(key, () => this.markActive(value), {isAvailable: open})
        );
        useHotkey("0", () => this.desk.markNotTold(this.activeItem), {
            isAvailable: open,
        });
        this.dispositions.forEach(({value, key}) =>
            useHotkey(key, () => this.desk.recordOther(value), {isAvailable: open})
        );
        const move = (step) => () => this.move(step);
        useHotkey("arrowdown", move(1), {isAvailable: open, allowRepeat: true});
        useHotkey("arrowup", move(-1), {isAvailable: open, allowRepeat: true});
        useHotkey("escape", (context) => this.onEscape(context.target), {
            isAvailable: () => free() && Boolean(this.desk.citizen),
        });
    }

    // --------------------------------------------------------------- choices

    get satisfactions() {
        return [
            {value: "yes", key: "1", label: _t("Yes, fixed")},
            {value: "partly", key: "2", label: _t("Partly")},
            {value: "no", key: "3", label: _t("Not fixed")},
            {value: "not_asked", key: "4", label: _t("Not asked")},
        ];
    }

    get dispositions() {
        return [
            {value: "no_answer", key: "q", shown: "Q", label: _t("No answer")},
            {value: "busy", key: "w", shown: "W", label: _t("Busy")},
            {value: "call_back", key: "e", shown: "E", label: _t("Asked to call back")},
            {value: "wrong_number", key: "r", shown: "R", label: _t("Wrong number")},
            {value: "refused", key: "t", shown: "T", label: _t("Refused to talk")},
        ];
    }

    get extras() {
        return registry
            .category("gorod24_appeals.informing_desk")
            .getEntries()
            .map(([id, item]) => ({id, Component: item.component || item}));
    }

    citizenSaid({text}) {
        return _t("Citizen: “%s”", text);
    }

    get activeItem() {
        return this.desk.items[this.desk.active];
    }

    // --------------------------------------------------------------- leaving

    /** From a text the key only leads back to its question: no word is lost by it. */
    onEscape(target) {
        if (target.matches("input, textarea")) {
            const item = target.closest("[data-item]");
            (item || this.root.el?.querySelector("[data-item]"))?.focus();
            if (document.activeElement === target) {
                target.blur();
            }
        } else {
            this.putAside();
        }
    }

    putAside() {
        this.askFirst(() => this.desk.putAside());
    }

    /** Another citizen of the queue; the one in hand is not taken anew. */
    takeRow(row) {
        if (!this.desk.isInHand(row)) {
            this.askFirst(() => this.desk.takeRow(row));
        }
    }

    /** A citizen left with marks that are not recorded: the row says so. */
    isKept(row) {
        return Boolean(this.desk.kept.get(row));
    }

    /** What is marked or typed is thrown away only when the operator says so. */
    askFirst(leave) {
        if (!this.desk.citizen || !this.desk.isMarkedOrTyped) {
            leave();
            return;
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("The call is not recorded"),
            body: _t(
                "%s: what you marked and wrote will be thrown away.",
                this.desk.citizen.partner.name || this.desk.citizen.phone_display
            ),
            // A key pressed without a look leads back, never on.
            confirmLabel: _t("Back to the citizen"),
            confirm: () => {},
            dismiss: () => {},
            cancelLabel: _t("Throw away"),
            cancel: () => {
                this.desk.discard();
                leave();
            },
        });
    }

    // --------------------------------------------------------------- actions

    markActive(value) {
        this.desk.mark(this.activeItem, value);
    }

    /** The arrow keys go from question to question. */
    move(step) {
        const last = this.desk.items.length - 1;
        this.desk.active = Math.min(Math.max(this.desk.active + step, 0), last);
    }

    focusActive() {
        const {citizen, active} = this.desk;
        if (!citizen) {
            return;
        }
        const name = citizen.needs_contact
            ? ".o_g24_new_phone"
            : `[data-item="${active}"]`;
        const found = this.root.el?.querySelector(name);
        // An answer "not fixed" asks for words at once.
        const words = found?.querySelector(".o_g24_words");
        (words || found)?.focus();
        found?.scrollIntoView({block: "nearest"});
    }

    onPhoneKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.desk.setPhone();
        }
    }

    /** By post, by e-mail or by hand: the answer has left, the duty ends. */
    answerInWriting(item) {
        const row = rowOf(this.desk.citizen);
        return this.action.doAction(WRITTEN, {
            additionalContext: {active_id: item.id},
            onClose: () => this.desk.takeRow(row),
        });
    }

    openQuestion(id) {
        this.dialog.add(RecordDialog, {
            resModel: "gorod24.question",
            resId: id,
            title: _t("Question"),
            readonly: true,
            size: "xl",
        });
    }
}

registry.category("actions").add("gorod24_appeals.informing_desk", InformingDesk);
