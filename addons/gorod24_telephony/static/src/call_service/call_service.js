// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {markRaw, reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {TabOwner} from "./tab_owner";

const ADAPTER = "gorod24.telephony.adapter";
/** The liveliest call is the one the call bar shows. */
const ORDER = ["talking", "held", "ringing"];
/** A message older than this may be about a call that is over. */
const FRESH_MS = 60000;

/**
 * The operator's telephone as the web client sees it: his calls, the state of
 * his workplace, and the commands to the exchange. Reactive.
 */
export class CallLine {
    constructor(env, {action, bus_service, multi_tab, notification, orm}) {
        this.env = markRaw(env);
        this.action = markRaw(action);
        this.bus = markRaw(bus_service);
        this.notification = markRaw(notification);
        this.orm = markRaw(orm);
        this.tabs = markRaw(
            new TabOwner({
                userId: user.userId,
                isMainTab: () => multi_tab.isOnMainTab(),
            })
        );
        this.enabled = Boolean(session.gorod24_telephony?.enabled);
        this.calls = {};
        /** Ids of the calls that were seen to end: the card of one may be open. */
        this.ended = {};
        this.agentState = "";
        this.pending = "";
    }

    start() {
        this.tabs.follow();
        this.bus.subscribe("gorod24_telephony.call", (message) => this.onCall(message));
        this.bus.subscribe("gorod24_telephony.agent", ({state}) => {
            this.agentState = state;
        });
        this.bus.start();
        this.restore();
    }

    /** The call the operator deals with now, or null. */
    get current() {
        const calls = Object.values(this.calls);
        for (const state of ORDER) {
            const found = calls.filter((call) => call.state === state);
            if (found.length) {
                return found.sort((one, other) => other.id - one.id)[0];
            }
        }
        return null;
    }

    /** After a page refresh: what the telephone does now. Opens nothing. */
    async restore() {
        let line;
        try {
            line = await this.orm.silent.call("gorod24.call", "current_line", []);
        } catch {
            return; // The next event brings the state; no work is lost without it.
        }
        for (const message of line.calls) {
            if (!(message.call_id in this.calls)) {
                this.show(message);
            }
        }
        this.agentState = this.agentState || line.agent_state;
    }

    onCall(message) {
        this.show(message);
        if (message.pop) {
            this.pop(message);
        }
    }

    show({call_id: id, state, direction, number, seconds}) {
        if (state === "ended") {
            delete this.calls[id];
            this.ended[id] = true;
            return;
        }
        const since = Date.now() - (seconds || 0) * 1000;
        this.calls[id] = {id, state, direction, number, since};
    }

    // ------------------------------------------------------------- caller card

    async pop({call_id: callId, number, at}) {
        // The bus hands over what waited in one go: is the end among it?
        await Promise.resolve();
        if (!(callId in this.calls)) {
            return;
        }
        if (Math.abs(Date.now() - at) > FRESH_MS && !(await this.isLive(callId))) {
            return;
        }
        if (await this.tabs.claim(callId)) {
            this.openCardUnlessBusy(callId, number);
        }
    }

    async isLive(callId) {
        try {
            return await this.orm.silent.call("gorod24.call", "is_live", [callId]);
        } catch {
            return false;
        }
    }

    /** A card with words in it is not thrown away: the operator decides. */
    openCardUnlessBusy(callId, number) {
        const card = this.env.services["gorod24_appeals.card_state"];
        if (!card?.dirty || card.callId === callId) {
            return this.openCard(callId, number);
        }
        const close = this.notification.add(number || _t("Number hidden"), {
            title: _t("Incoming call"),
            type: "info",
            sticky: true,
            buttons: [
                {
                    name: _t("Open the card"),
                    primary: true,
                    onClick: () => {
                        close();
                        this.openCard(callId, number);
                    },
                },
            ],
        });
    }

    openCard(callId, number) {
        return this.action.doAction(
            {
                type: "ir.actions.client",
                tag: "gorod24_appeals.caller_card",
                name: _t("Caller card"),
                path: "card",
                params: {call_id: callId, number},
            },
            {clearBreadcrumbs: true}
        );
    }

    // ---------------------------------------------------------------- commands

    /**
     * @param {string} number
     * @param {number} [informingId] gorod24.informing the call is made for
     * @returns {Promise<boolean>} was the command accepted by the exchange?
     */
    dial(number, informingId) {
        const params = {number: (number || "").trim()};
        if (informingId) {
            params.informing_id = informingId;
        }
        return this.command("dial", params);
    }

    /**
     * @param {string} name see `gorod24.telephony.adapter.command`
     * @param {Object} [params]
     * @returns {Promise<boolean>} was the command accepted by the exchange?
     */
    async command(name, params = {}) {
        if (this.pending) {
            return false;
        }
        this.pending = name;
        try {
            await this.orm.silent.call(ADAPTER, "command", [name], params);
            return true;
        } catch (error) {
            this.complain(name, params, error);
            return false;
        } finally {
            this.pending = "";
        }
    }

    complain(name, params, error) {
        const reason = error?.data?.message || _t("The server does not answer.");
        const remedy =
            name === "dial" && params.number
                ? _t("Dial by hand: %s", params.number)
                : _t("Use the telephone by hand.");
        this.notification.add(`${reason} ${remedy}`, {
            title: _t("The command was not carried out"),
            type: "danger",
        });
    }
}

export const callService = {
    dependencies: ["action", "bus_service", "multi_tab", "notification", "orm"],
    start(env, services) {
        const line = reactive(new CallLine(env, services));
        if (line.enabled) {
            line.start();
        }
        return line;
    },
};

registry.category("services").add("gorod24_telephony.call", callService);
