// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, onWillUnmount, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {useFitTopBar} from "./fit_top_bar";
import {AgentState, isAfterCall} from "../agent_state/agent_state";
import {ConsultStrip} from "../consult/consult_strip";
import {Keypad} from "../keypad/keypad";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {session} from "@web/session";

/** The operator's telephone in the top bar. */
export class CallBar extends Component {
    static template = "gorod24_telephony.CallBar";
    static components = {AgentState, ConsultStrip, Dropdown, DropdownItem, Keypad};
    static props = {};

    setup() {
        this.line = useState(useService("gorod24_telephony.call"));
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({
            number: "",
            target: "",
            colleagues: [],
            now: Date.now(),
        });
        this.transferMenu = useDropdownState();
        useFitTopBar(useRef("bar"));
        let timer;
        onMounted(() => {
            timer = browser.setInterval(() => {
                if (this.call) {
                    this.state.now = Date.now();
                }
            }, 1000);
        });
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get call() {
        return this.line.current;
    }

    get callLabel() {
        const {direction, state} = this.call;
        if (state === "ringing") {
            return direction === "in" ? _t("Incoming call") : _t("Dialling");
        }
        if (this.call.consult) {
            return _t("A colleague asks");
        }
        return state === "held" ? _t("On hold") : _t("Talking");
    }

    /** Calls beside the livelier one, each with what a click on it does. */
    get others() {
        return Object.values(this.line.calls)
            .filter(({id}) => id !== this.call.id)
            .map((call) => ({...call, ...this.moveOf(call)}));
    }

    /** How the operator goes on with a call that waits: {command, icon, title}. */
    moveOf({state, direction}) {
        if (state !== "ringing") {
            const title = _t("Waits on hold: click to go on with it");
            return {command: "retrieve", icon: "fa-pause", title};
        }
        return direction === "in"
            ? {
                  command: "answer",
                  icon: "fa-phone",
                  title: _t("Rings: click to answer"),
              }
            : {command: "", icon: "fa-phone", title: _t("Dialling")};
    }

    get isConsulting() {
        return this.line.isConsulting;
    }

    /**
     * The call whose result may be told the exchange, or false: the one that goes on
     * (without work after the call there is no other time) or the one just ended.
     */
    get wrapUpCall() {
        if (!this.line.reasons.wrap_up.length) {
            return false;
        }
        if (this.call) {
            return this.call.state === "ringing" ? false : this.call.id;
        }
        return isAfterCall(this.line.agentState) && this.line.lastEnded;
    }

    /** The result chosen for that call, or undefined. */
    get wrappedUp() {
        return this.line.wrapUps[this.wrapUpCall];
    }

    get asking() {
        return this.line.asking;
    }

    get askingTitle() {
        const [first] = this.asking;
        return _t("What came of the call %s? Link an appeal or give a reason.", [
            first.number || _t("Number hidden"),
        ]);
    }

    get waitingLabel() {
        return this.line.pending
            ? _t("Waiting for the exchange")
            : _t("The exchange accepted it, waiting until it is done");
    }

    get timer() {
        const seconds = Math.max(
            0,
            Math.floor((this.state.now - this.call.since) / 1000)
        );
        const two = (value) => String(value).padStart(2, "0");
        const minutes = Math.floor(seconds / 60);
        return `${two(minutes)}:${two(seconds % 60)}`;
    }

    get canAnswer() {
        return this.call.state === "ringing" && this.call.direction === "in";
    }

    /** While a colleague is asked, nothing that could hang up the citizen is near. */
    get canDrop() {
        return !this.canAnswer && !this.isConsulting;
    }

    openCard() {
        this.line.openCardUnlessBusy(this.call.id, this.call.number);
    }

    onCall(name) {
        return this.line.command(name, {call_id: this.call.id});
    }

    wrapUp(reason) {
        return this.line.command("wrap_up", {call_id: this.wrapUpCall, reason});
    }

    settleNext() {
        return this.line.settle(this.asking[0].id);
    }

    openCallbacks() {
        return this.action.doAction("gorod24_telephony.gorod24_callback_action", {
            clearBreadcrumbs: true,
        });
    }

    async loadColleagues() {
        this.state.target = "";
        this.state.colleagues = await this.orm.silent.call(
            "gorod24.telephony.adapter",
            "colleagues",
            []
        );
    }

    /** @param {string} name "transfer" (at once) or "consult" (talk first) */
    async handOver(name, number = this.state.target.trim()) {
        const params = {call_id: this.call.id, number};
        if (number && (await this.line.command(name, params))) {
            this.transferMenu.close();
        }
    }

    async dial() {
        const number = this.state.number.trim();
        if (number && (await this.line.dial(number))) {
            this.state.number = "";
        }
    }
}

registry.category("systray").add(
    "gorod24_telephony.call_bar",
    {
        Component: CallBar,
        isDisplayed: () => Boolean(session.gorod24_telephony?.enabled),
    },
    {sequence: 110}
);
