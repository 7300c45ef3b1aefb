// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {markRaw, reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {ConsultWatch} from "./consult_watch";
import {hasEffect, isEffect} from "./effect";
import {TabOwner} from "./tab_owner";

const ADAPTER = "gorod24.telephony.adapter";
/** The liveliest call is the one the call bar shows. */
const ORDER = ["talking", "held", "ringing"];
/** A message older than this may be about a call that is over. */
const FRESH_MS = 60000;
/** States of a workplace that is busy with a call. */
const ON_CALL = ["RESERVED", "TALKING", "HOLD"];
/** While a call is shown, so often the server is asked whether it still is one. */
export const COMPARE_MS = 15000;
/** So long the exchange may take to show that it did what it was told. */
export const CONFIRM_MS = 6000;

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
        this.agentReason = "";
        /** The state asked for that waits for the end of the call, or "". */
        this.agentPending = "";
        this.agentPendingReason = "";
        this.pending = "";
        /** A command accepted whose effect is not seen yet, or "". */
        this.waiting = "";
        /** The colleague who is asked: {callId, number, state}, or false. */
        this.consult = false;
        /** Calls that turned out to be another one: {old id: id}. */
        this.merged = {};
        /** Talks that want an appeal or a reason, by id of the call. */
        this.unsettled = {};
        this.callbacks = 0;
        this.lastEnded = false;
        /** What was told the exchange as result of a call: {id: reason}. */
        this.wrapUps = {};
        this.reasons = {not_ready: [], wrap_up: []};
        /** The command whose effect is to be seen: see `isEffect`. */
        this.awaited = null;
        this.notices = markRaw({});
        this.confirmTimer = null;
    }

    start() {
        this.watch = markRaw(new ConsultWatch(this));
        this.watch.start();
        this.tabs.follow();
        this.bus.subscribe("gorod24_telephony.call", (message) => this.onCall(message));
        this.bus.subscribe("gorod24_telephony.agent", ({state, reason}) => {
            this.agentState = state;
            this.agentReason = reason || "";
            if (!ON_CALL.includes(state)) {
                this.agentPending = "";
            }
        });
        this.bus.subscribe("gorod24_telephony.settle", (told) => this.onSettle(told));
        this.bus.subscribe("gorod24_telephony.callbacks", ({count}) => {
            this.callbacks = count;
        });
        this.bus.addEventListener("BUS:RECONNECT", () => this.compare());
        this.bus.start();
        browser.setInterval(() => {
            if (Object.keys(this.calls).length) {
                this.compare();
            }
        }, COMPARE_MS);
        this.followTelLinks();
        this.restore();
        this.loadReasons();
    }

    /** Every telephone number shown as a link is dialled, wherever it stands. */
    followTelLinks() {
        document.addEventListener(
            "click",
            (ev) => {
                const link = ev.target.closest?.("a[href^='tel:']");
                if (!link || ev.ctrlKey || ev.metaKey) {
                    return;
                }
                ev.preventDefault();
                ev.stopPropagation();
                this.dial(decodeURIComponent(link.getAttribute("href").slice(4)));
            },
            {capture: true}
        );
    }

    async loadReasons() {
        for (const category of Object.keys(this.reasons)) {
            try {
                this.reasons[category] = await this.orm.silent.call(
                    ADAPTER,
                    "reason_codes",
                    [category]
                );
            } catch {
                this.reasons[category] = []; // The operator goes on without a reason.
            }
        }
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
            if (!(message.call_id in this.calls) && !this.ended[message.call_id]) {
                this.show(message);
            }
        }
        if (Object.keys(this.calls).length || this.consult) {
            this.watch.ask();
        }
        this.lastEnded = this.lastEnded || line.wrap_up || false;
        this.agentState = this.agentState || line.agent_state;
        this.agentReason = this.agentReason || line.agent_reason || "";
        for (const told of line.unsettled || []) {
            this.onSettle(told);
        }
        this.callbacks = line.callbacks || 0;
    }

    /**
     * A message may be lost with a server that falls: no call rings for ever on the
     * screen, and none rings unseen. What comes while the server answers is newer.
     */
    async compare() {
        const shown = {...this.calls};
        let line;
        try {
            line = await this.orm.silent.call("gorod24.call", "current_line", []);
        } catch {
            return; // Asked again soon.
        }
        const live = new Set(line.calls.map((message) => message.call_id));
        for (const [id, call] of Object.entries(shown)) {
            if (!live.has(call.id) && this.calls[id] === call) {
                const answered = call.state !== "ringing";
                this.show({call_id: call.id, state: "ended"});
                this.takeAway({call_id: call.id, answered});
            }
        }
        for (const message of line.calls) {
            this.makeUp(message, shown[message.call_id]);
        }
    }

    /** A call the server has: unseen here, or seen in another state than it is in. */
    makeUp(message, before) {
        const id = message.call_id;
        const call = this.calls[id];
        if (!call && !this.ended[id]) {
            this.onCall(message);
        } else if (call && call === before && call.state !== message.state) {
            this.onCall({...message, pop: false});
        }
    }

    /** One call after all: what is open on the one is open on the other from now on. */
    join(oldId, id) {
        this.merged[oldId] = id;
        const shown = this.calls[oldId];
        delete this.calls[oldId];
        if (shown && !(id in this.calls)) {
            this.calls[id] = {...shown, id};
        }
        if (this.card?.callId === oldId) {
            this.card.callId = id;
        }
        if (this.consult?.callId === oldId) {
            this.watch.set({...this.consult, callId: id});
        }
        if (this.awaited?.callId === oldId) {
            this.awaited.callId = id;
        }
        if (oldId in this.unsettled) {
            this.unsettled[id] = {...this.unsettled[oldId], id};
            delete this.unsettled[oldId];
        }
        this.notices[oldId]?.();
        delete this.notices[oldId];
    }

    onCall(message) {
        if (message.merged_into) {
            this.join(message.call_id, message.merged_into);
            return;
        }
        const before = this.calls[message.call_id];
        this.show(message);
        if (this.awaited && isEffect(this.awaited, message)) {
            this.confirmed();
        }
        if (message.state === "ended") {
            this.takeAway(message);
        } else if (message.pop) {
            this.pop(message);
        } else if (before && before.number !== message.number) {
            this.renewCard(message);
        }
    }

    show({call_id: id, state, direction, number, queue, seconds, consult, consulting}) {
        const before = this.calls[id];
        if (state === "ended") {
            // News of a call that was not on this screen are of an earlier one.
            if (before && before.state !== "ringing") {
                this.lastEnded = id;
            }
            delete this.calls[id];
            this.ended[id] = true;
        } else {
            const since = Date.now() - (seconds || 0) * 1000;
            this.calls[id] = {
                id,
                state,
                direction,
                number,
                queue,
                since,
                consult,
                consulting,
            };
            delete this.ended[id];
        }
        if (this.consult?.callId === id) {
            this.followConsult(before, state, consulting);
        }
    }

    /** What a change of the citizen's call says about the talk with the colleague. */
    followConsult(before, state, consulting) {
        if (before?.consulting && !consulting) {
            this.watch.set(false); // The colleague's own telephone has left.
        } else if (state === "ended") {
            const handedOver = this.awaited?.name === "complete_transfer";
            this.watch.set(
                handedOver || !this.watch.canAsk
                    ? false
                    : {...this.consult, callId: false}
            );
            this.watch.ask();
        }
    }

    /** The call a colleague is asked about, or null. Of operators the server tells. */
    get consulted() {
        const calls = Object.values(this.calls);
        return (
            this.calls[this.consult?.callId] ||
            calls.find(({consulting}) => consulting) ||
            null
        );
    }

    /** Is there a second talk, with a colleague? */
    get isConsulting() {
        return Boolean(this.consult || this.consulted);
    }

    lineState() {
        return this.orm.silent.call(ADAPTER, "line_state", []);
    }

    onSettle({call_id: id, due, number, ended_at: endedAt}) {
        if (due) {
            this.unsettled[id] = {id, number, endedAt};
        } else {
            delete this.unsettled[id];
        }
    }

    /** Talks that still ask what came of them, the freshest in memory first. */
    get asking() {
        return Object.values(this.unsettled).sort((one, other) => other.id - one.id);
    }

    /** Opens the window in which the operator says what came of a talk. */
    settle(callId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("What came of the call"),
            res_model: "gorod24.call.settle",
            views: [[false, "form"]],
            target: "new",
            context: {default_call_id: callId},
        });
    }

    // ------------------------------------------------------------- caller card

    async pop({call_id: callId, leg_id: legId, number, at}) {
        // The bus hands over what waited in one go: is the end among it?
        await Promise.resolve();
        if (!(callId in this.calls)) {
            return;
        }
        if (Math.abs(Date.now() - at) > FRESH_MS && !(await this.isLive(callId))) {
            return;
        }
        // A call offered again is another leg: its card opens anew.
        const mine = await this.tabs.claim(`${callId}:${legId || ""}`);
        // It may have ended or gone on while the tabs agreed.
        if (!mine || !(callId in this.calls)) {
            return;
        }
        if (!this.card?.open || this.card.callId !== callId) {
            this.openCardUnlessBusy(callId, number);
        }
    }

    get card() {
        return this.env.services["gorod24_appeals.card_state"];
    }

    /** The ring went on to somebody else: nothing of it stays on this screen. */
    takeAway({call_id: callId, answered}) {
        this.notices[callId]?.();
        delete this.notices[callId];
        if (answered || !this.card?.open || this.card.callId !== callId) {
            return;
        }
        if (this.isBusy) {
            return; // Words were typed; the header of the card says that it ended.
        }
        this.openCard(false, "");
        this.notification.add(_t("The call has gone from your telephone."), {
            type: "info",
        });
    }

    /** The number came after the card was opened. */
    renewCard({call_id: callId, number}) {
        if (!this.card?.open || this.card.callId !== callId) {
            return;
        }
        if (this.isBusy) {
            this.notification.add(number, {
                title: _t("The number of the caller"),
                type: "info",
                sticky: true,
            });
        } else {
            this.openCard(callId, number);
        }
    }

    async isLive(callId) {
        try {
            return await this.orm.silent.call("gorod24.call", "is_live", [callId]);
        } catch {
            return false;
        }
    }

    /** Something typed would be lost with the page: opening it closes dialogs, too. */
    get holdsWords() {
        return Boolean(document.querySelector(".o_dialog") || this.card?.holds.size);
    }

    get isBusy() {
        return Boolean(this.card?.dirty) || this.holdsWords;
    }

    /** What is typed is not thrown away: the operator decides. */
    openCardUnlessBusy(callId, number) {
        // The card of this very call goes on with its draft.
        const goesOn = this.card?.callId === callId && !this.holdsWords;
        if (!this.isBusy || goesOn) {
            return this.openCard(callId, number);
        }
        this.notices[callId]?.();
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
        this.notices[callId] = close;
    }

    openCard(callId, number) {
        return this.action.doAction(
            {
                type: "ir.actions.client",
                tag: "gorod24_appeals.caller_card",
                name: _t("Caller card"),
                path: "card",
                params: callId ? {call_id: callId, number} : {fresh: true},
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
        const before = this.awaited;
        // Its effect may be told before the server answers.
        const known = Object.keys(this.calls).map(Number);
        const awaited =
            hasEffect(name) && markRaw({name, callId: params.call_id, known});
        this.awaited = awaited || before;
        try {
            const answer = await this.orm.silent.call(
                ADAPTER,
                "command",
                [name],
                params
            );
            if (awaited) {
                this.awaitEffect(awaited);
            } else if (answer?.unconfirmed) {
                this.notification.add(answer.warning, {type: "warning"});
            }
            this.accepted(name, params, answer?.unconfirmed);
            return true;
        } catch (error) {
            this.awaited = before;
            if (name.endsWith("_consult")) {
                this.watch.ask(); // Perhaps the colleague has hung up.
            }
            this.complain(name, params, error);
            return false;
        } finally {
            this.pending = "";
        }
    }

    /** What no message about a call tells of the command that was accepted. */
    accepted(name, {call_id: callId, number, reason}, unconfirmed) {
        if (name === "consult") {
            this.watch.began(callId, number);
        } else if (["end_consult", "conference"].includes(name)) {
            if (unconfirmed) {
                this.watch.ask();
            } else {
                this.watch.set(false);
            }
        } else if (name.startsWith("retrieve")) {
            this.watch.ask();
        } else if (name === "wrap_up") {
            this.wrapUps[callId] = reason;
        } else if (["ready", "not_ready"].includes(name) && this.current) {
            this.agentPending = name.toUpperCase();
            const listed = this.reasons.not_ready.find(({id}) => id === reason);
            this.agentPendingReason = listed?.label || "";
        }
    }

    /** The exchange accepted; shows that until it is seen to have been done. */
    awaitEffect(awaited) {
        if (this.awaited !== awaited) {
            return; // Seen already.
        }
        this.waiting = awaited.name;
        browser.clearTimeout(this.confirmTimer);
        this.confirmTimer = browser.setTimeout(() => {
            this.awaited = null;
            this.waiting = "";
            this.notification.add(
                _t("The exchange has not confirmed it. Look at the telephone."),
                {type: "warning"}
            );
        }, CONFIRM_MS);
    }

    confirmed() {
        this.awaited = null;
        this.waiting = "";
        browser.clearTimeout(this.confirmTimer);
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
