// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {_t} from "@web/core/l10n/translation";

const READY = ["READY", "RESERVED", "TALKING", "HOLD"];
const AFTER_CALL = ["WORK", "WORK_READY"];

/** Does the operator finish the work of a call? */
export const isAfterCall = (agentState) => AFTER_CALL.includes(agentState);

/** Ready or not, and why not; during a call: what the operator will be after it. */
export class AgentState extends Component {
    static template = "gorod24_telephony.AgentState";
    static components = {Dropdown, DropdownItem};
    static props = {line: Object, hasCall: Boolean};

    setup() {
        this.menu = useDropdownState();
    }

    get line() {
        return this.props.line;
    }

    get reasons() {
        return this.line.reasons.not_ready;
    }

    get isReady() {
        return READY.includes(this.line.agentState);
    }

    get isAfterCall() {
        return isAfterCall(this.line.agentState);
    }

    /** The exchange tells a reason in words or by its number in the list. */
    get reasonLabel() {
        const told = this.line.agentReason;
        const listed = this.reasons.find(({id}) => id === told);
        return listed?.label || (/^\d*$/.test(told) ? "" : told);
    }

    get label() {
        const state = this.line.agentState;
        const labels = {
            READY: _t("Ready"),
            NOT_READY: this.reasonLabel || _t("Not ready"),
            RESERVED: _t("Ringing"),
            TALKING: _t("Talking"),
            HOLD: _t("On hold"),
            WORK: _t("After the call"),
            WORK_READY: _t("After the call"),
            LOGOUT: _t("Signed out"),
        };
        return labels[state] || state || _t("Telephone");
    }

    /** What the operator asked to be after the call, or "". */
    get pendingLabel() {
        if (this.line.agentPending === "READY") {
            return _t("Then: ready");
        }
        if (this.line.agentPending === "NOT_READY") {
            return this.line.agentPendingReason
                ? _t("Then: %s", this.line.agentPendingReason)
                : _t("Then: not ready");
        }
        return "";
    }

    get title() {
        if (this.props.hasCall) {
            return _t("What you will be after this call");
        }
        return this.isReady ? _t("Click to take no calls") : _t("Click to take calls");
    }

    get canChangeReason() {
        const state = this.line.agentState;
        return !this.props.hasCall && state === "NOT_READY" && this.reasons.length;
    }

    toggle() {
        if (this.props.hasCall || (this.isReady && this.reasons.length)) {
            return this.menu.open();
        }
        return this.line.command(this.isReady ? "not_ready" : "ready");
    }

    ready() {
        return this.line.command("ready");
    }

    notReady(reason) {
        return this.line.command("not_ready", reason ? {reason} : {});
    }
}
