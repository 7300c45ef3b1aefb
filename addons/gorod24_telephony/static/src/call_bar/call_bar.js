// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {session} from "@web/session";

const READY = ["READY", "RESERVED", "TALKING", "HOLD", "WORK_READY"];

/** The operator's telephone in the top bar. */
export class CallBar extends Component {
    static template = "gorod24_telephony.CallBar";
    static props = {};

    setup() {
        this.line = useState(useService("gorod24_telephony.call"));
        this.state = useState({number: "", now: Date.now()});
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

    get isReady() {
        return READY.includes(this.line.agentState);
    }

    get agentLabel() {
        const labels = {
            READY: _t("Ready"),
            NOT_READY: _t("Not ready"),
            RESERVED: _t("Ringing"),
            TALKING: _t("Talking"),
            HOLD: _t("On hold"),
            WORK: _t("After the call"),
            WORK_READY: _t("After the call"),
            LOGOUT: _t("Signed out"),
        };
        return labels[this.line.agentState] || this.line.agentState || _t("Telephone");
    }

    get callLabel() {
        const {direction, state} = this.call;
        if (state === "ringing") {
            return direction === "in" ? _t("Incoming call") : _t("Dialling");
        }
        return state === "held" ? _t("On hold") : _t("Talking");
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

    get readyTitle() {
        return this.isReady ? _t("Click to take no calls") : _t("Click to take calls");
    }

    get canAnswer() {
        return this.call.state === "ringing" && this.call.direction === "in";
    }

    get canDrop() {
        return !this.canAnswer;
    }

    openCard() {
        this.line.openCardUnlessBusy(this.call.id, this.call.number);
    }

    onCall(name) {
        return this.line.command(name, {call_id: this.call.id});
    }

    toggleReady() {
        return this.line.command(this.isReady ? "not_ready" : "ready");
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
