// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {advanceTime, beforeEach, describe, expect, getFixture, test} from "@odoo/hoot";
import {animationFrame, click, edit, press, queryText, waitUntil} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    getService,
    makeMockEnv,
    makeMockServer,
    MockServer,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {CallBar} from "@gorod24_telephony/call_bar/call_bar";
import {ASK_MS} from "@gorod24_telephony/call_service/consult_watch";
import {CONFIRM_MS} from "@gorod24_telephony/call_service/call_service";
import {browser} from "@web/core/browser/browser";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {session} from "@web/session";
import {user} from "@web/core/user";

describe.current.tags("desktop");
defineMailModels();

const RING = {
    call_id: 11,
    state: "ringing",
    direction: "in",
    number: "+73852123456",
    recovered: false,
    seconds: 0,
};

let opened = [];
let line = {calls: [], agent_state: "READY"};
let dirtyCard;
let reasons;
let told;

beforeEach(() => {
    opened = [];
    line = {calls: [], agent_state: "READY"};
    patchWithCleanup(session, {gorod24_telephony: {enabled: true, extension: "2830"}});
    onRpc("gorod24.call", "current_line", () => line);
    onRpc("gorod24.telephony.adapter", "reason_codes", ({args}) => reasons[args[0]]);
    told = {known: false};
    onRpc("gorod24.telephony.adapter", "line_state", () => told);
    onRpc("gorod24.telephony.adapter", "colleagues", () => [
        {name: "Петрова", extension: "2831"},
    ]);
    reasons = {not_ready: [], wrap_up: []};
    mockService("action", {
        doAction(action) {
            opened.push(action.params);
        },
    });
    dirtyCard = {open: false, dirty: false, callId: false, holds: new Set()};
    mockService("gorod24_appeals.card_state", () => dirtyCard);
    mockService("multi_tab", {isOnMainTab: async () => true});
});

async function start() {
    await makeMockServer();
    await makeMockEnv();
    const service = getService("gorod24_telephony.call");
    await animationFrame();
    service.tabs.focus();
    return service;
}

/** Lets the answer of the server reach the screen. */
async function settle() {
    for (let frame = 0; frame < 5; frame++) {
        await animationFrame();
    }
}

/** Sends a message as the server does, through the service's own door. */
async function receive(service, message) {
    service.onCall({...RING, pop: false, at: Date.now(), ...message});
    await animationFrame();
}

test("a ring opens the card of the call, once", async () => {
    const service = await start();
    await receive(service, {pop: true});
    expect(opened).toEqual([{call_id: 11, number: "+73852123456"}]);
    await receive(service, {pop: true});
    expect(opened.length).toBe(1);
});

test("the bus reaches the service", async () => {
    const service = await start();
    const message = {...RING, pop: true, at: Date.now()};
    MockServer.env["bus.bus"]._sendone(
        serverState.partnerId,
        "gorod24_telephony.call",
        message
    );
    await waitUntil(() => service.current, {timeout: 2000});
    await settle();
    expect(service.current.number).toBe("+73852123456");
    expect(opened.length).toBe(1);
});

test("a recovered call and later states open nothing", async () => {
    const service = await start();
    await receive(service, {recovered: true, state: "talking"});
    await receive(service, {state: "held"});
    expect(opened).toEqual([]);
    expect(service.current.state).toBe("held");
});

test("a refresh shows the call and opens nothing", async () => {
    line.calls = [{...RING, state: "talking", seconds: 65, at: Date.now()}];
    const service = await start();
    expect(service.current.id).toBe(11);
    expect(opened).toEqual([]);
});

test("an old message opens the card only of a call still alive", async () => {
    const service = await start();
    const alive = [];
    onRpc("gorod24.call", "is_live", ({args}) => alive.includes(args[0]));
    await receive(service, {pop: true, at: Date.now() - 3600000});
    expect(opened).toEqual([]);
    alive.push(12);
    await receive(service, {call_id: 12, pop: true, at: Date.now() - 3600000});
    await animationFrame();
    expect(opened.length).toBe(1);
});

test("a ring that is over when it is heard of opens nothing", async () => {
    const service = await start();
    service.onCall({...RING, pop: true, at: Date.now()});
    service.onCall({...RING, pop: false, state: "ended", at: Date.now()});
    await animationFrame();
    expect(opened).toEqual([]);
});

test("a half-filled card is not thrown away", async () => {
    const shown = [];
    mockService("notification", {
        add(message, options) {
            shown.push({message, options});
            return () => {};
        },
    });
    const service = await start();
    dirtyCard.dirty = true;
    dirtyCard.callId = 5;
    await receive(service, {pop: true});
    expect(opened).toEqual([]);
    expect(shown[0].message).toBe("+73852123456");
    expect(shown[0].options.sticky).toBe(true);
    shown[0].options.buttons[0].onClick();
    expect(opened.length).toBe(1);
});

test("an open dialog and words that nothing keeps are not thrown away either", async () => {
    const shown = [];
    mockService("notification", {
        add(message) {
            shown.push(message);
            return () => {};
        },
    });
    const service = await start();
    await mountWithCleanup(CallBar);
    const close = getService("dialog").add(ConfirmationDialog, {body: "Half typed"});
    await animationFrame();
    await receive(service, {pop: true});
    expect(opened).toEqual([]);
    expect(shown).toHaveLength(1);
    close();
    await animationFrame();

    dirtyCard.holds.add("what is still wrong");
    await receive(service, {call_id: 12, pop: true});
    // The call of the open card is no reason to lose them.
    Object.assign(dirtyCard, {open: true, callId: 12});
    service.openCardUnlessBusy(12, "");
    await receive(service, {call_id: 12, state: "ended", answered: false});
    expect(opened).toEqual([]);
    expect(shown).toHaveLength(3);

    dirtyCard.holds.clear();
    await receive(service, {call_id: 13, pop: true});
    expect(opened).toHaveLength(1);
});

test("the bar follows the call and sends its commands", async () => {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.call_id}`);
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    expect(".o_g24_dial").toHaveCount(1);
    await receive(service, {});
    expect(".o_g24_call_number").toHaveText("+73852123456");
    await click(".o_g24_answer");
    await animationFrame();
    await receive(service, {state: "talking", seconds: 61});
    expect(".o_g24_answer").toHaveCount(0);
    await advanceTime(2000);
    await animationFrame();
    expect(queryText(".o_g24_call_timer")).toMatch(/^01:0\d$/);
    await click(".o_g24_hold");
    await animationFrame();
    await receive(service, {state: "held"});
    await click(".o_g24_retrieve");
    await animationFrame();
    await receive(service, {state: "talking"});
    await click(".o_g24_drop");
    await animationFrame();
    await receive(service, {state: "ended"});
    expect(".o_g24_call_info").toHaveCount(0);
    expect.verifySteps(["answer 11", "hold 11", "retrieve 11", "drop 11"]);
});

test("a number is dialled from the bar; a failure tells to dial by hand", async () => {
    const shown = [];
    mockService("notification", {
        add(message, options) {
            shown.push({message, type: options.type});
            return () => {};
        },
    });
    const service = await start();
    let works = true;
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.number}`);
        if (!works) {
            throw new Error("broken");
        }
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    await click(".o_g24_dial");
    await edit("83852123456");
    await animationFrame();
    await press("Enter");
    await expect.waitForSteps(["dial 83852123456"]);
    await settle();
    expect(service.pending).toBe("");
    expect(".o_g24_dial").toHaveValue("");
    works = false;
    await click(".o_g24_dial");
    await edit("83852123456");
    await animationFrame();
    await click(".o_g24_dial_button");
    await expect.waitForSteps(["dial 83852123456"]);
    await settle();
    expect(".o_g24_dial").toHaveValue("83852123456");
    expect(shown[0].type).toBe("danger");
    expect(shown[0].message).toMatch(/83852123456/);
});

test("ready and not ready follow the state of the workplace", async () => {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args}) => {
        expect.step(args[0]);
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    await click(".o_g24_agent_state");
    await animationFrame();
    service.agentState = "NOT_READY";
    await animationFrame();
    await click(".o_g24_agent_state");
    await animationFrame();
    expect.verifySteps(["not_ready", "ready"]);
});

test("of two calls the bar shows the livelier", async () => {
    const service = await start();
    await receive(service, {call_id: 1, state: "held"});
    await receive(service, {call_id: 2, state: "ringing"});
    expect(service.current.id).toBe(1);
    await receive(service, {call_id: 2, state: "talking"});
    expect(service.current.id).toBe(2);
    await receive(service, {call_id: 2, state: "ended"});
    expect(service.current.id).toBe(1);
});

test("a second call that rings is answered, one on hold is gone on with", async () => {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.call_id}`);
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    await receive(service, {call_id: 1, state: "talking"});
    await receive(service, {call_id: 2, state: "held"});
    await click(".o_g24_other[data-state=held]");
    await settle();
    await receive(service, {call_id: 2, state: "ended"});
    await receive(service, {call_id: 3, state: "ringing"});
    await click(".o_g24_other[data-state=ringing]");
    await settle();
    expect.verifySteps(["retrieve 2", "answer 3"]);
});

test("without a telephone nothing is asked of the server", async () => {
    patchWithCleanup(session, {gorod24_telephony: {enabled: false}});
    onRpc("gorod24.call", "current_line", () => expect.step("asked"));
    await start();
    expect.verifySteps([]);
});

test("a ring that left unanswered takes its clean card away", async () => {
    const service = await start();
    await receive(service, {pop: true});
    Object.assign(dirtyCard, {open: true, callId: 11});
    await receive(service, {state: "ended", answered: false});
    expect(opened.at(-1)).toEqual({fresh: true});
    // A talk that ended keeps its card: it is being filled in.
    await receive(service, {call_id: 12, state: "talking"});
    dirtyCard.callId = 12;
    await receive(service, {call_id: 12, state: "ended", answered: true});
    expect(opened.length).toBe(2);
});

test("words typed are not taken away with the ring", async () => {
    const service = await start();
    await receive(service, {pop: true});
    Object.assign(dirtyCard, {open: true, callId: 11, dirty: true});
    await receive(service, {state: "ended", answered: false});
    expect(opened.length).toBe(1);
});

test("a number that comes later reaches the open card", async () => {
    const service = await start();
    await receive(service, {pop: true, number: ""});
    Object.assign(dirtyCard, {open: true, callId: 11});
    await receive(service, {});
    expect(opened.at(-1)).toEqual({call_id: 11, number: "+73852123456"});
    await receive(service, {state: "talking"});
    expect(opened.length).toBe(2);
});

test("the bar asks about a talk until it is settled", async () => {
    line.unsettled = [{call_id: 7, due: true, number: "+73852000007"}];
    const service = await start();
    await mountWithCleanup(CallBar);
    expect(".o_g24_settle").toHaveText("No card: 1");
    service.onSettle({call_id: 9, due: true, number: ""});
    await animationFrame();
    expect(".o_g24_settle").toHaveText("No card: 2");
    expect(service.asking[0].id).toBe(9);
    service.onSettle({call_id: 7, due: false});
    service.onSettle({call_id: 9, due: false});
    await animationFrame();
    expect(".o_g24_settle").toHaveCount(0);
});

test("the bar shows how many wait to be rung back", async () => {
    line.callbacks = 3;
    const service = await start();
    await mountWithCleanup(CallBar);
    expect(".o_g24_callback_count").toHaveText("3");
    service.callbacks = 0;
    await animationFrame();
    expect(".o_g24_callbacks").toHaveCount(0);
});

test("a call is handed over after a talk with the colleague", async () => {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.number || kwargs.call_id}`);
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    await receive(service, {state: "talking"});
    await click(".o_g24_transfer");
    await animationFrame();
    await settle();
    await click(".o_g24_colleagues button");
    await animationFrame();
    await click(".o_g24_consult");
    await settle();
    expect.verifySteps(["consult 2831"]);
    await receive(service, {state: "held"});
    // He went back to the citizen to say so: the colleague still waits.
    await receive(service, {state: "talking"});
    await click(".o_g24_complete");
    await settle();
    expect.verifySteps(["complete_transfer 11"]);
    await receive(service, {state: "ended", answered: true});
    expect(".o_g24_complete").toHaveCount(0);
});

test("tones are sent one by one", async () => {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.digits}`);
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    await receive(service, {state: "talking"});
    await click(".o_g24_keypad");
    await animationFrame();
    await click(".o_g24_key:contains('5')");
    await settle();
    await click(".o_g24_key:contains('#')");
    await settle();
    expect.verifySteps(["send_dtmf 5", "send_dtmf #"]);
    expect(".o_g24_sent").toHaveText("5#");
});

test("the keyboard types tones while the keypad is open", async () => {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.digits}`);
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    await receive(service, {state: "talking"});
    await press("5");
    await click(".o_g24_keypad");
    await animationFrame();
    await press("1");
    await press("2");
    await settle();
    expect.verifySteps(["send_dtmf 1", "send_dtmf 2"]);
    expect(".o_g24_sent").toHaveText("12");
});

test("not ready takes a reason of the exchange", async () => {
    reasons.not_ready = [
        {id: "12", label: "Обед"},
        {id: "13", label: "Учёба"},
    ];
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.reason}`);
        return {accepted: true};
    });
    await settle();
    await mountWithCleanup(CallBar);
    await click(".o_g24_agent_state");
    await animationFrame();
    await click(".o_g24_reason");
    await settle();
    expect.verifySteps(["not_ready 12"]);
    // Cisco may tell the number of the reason only.
    Object.assign(service, {agentState: "NOT_READY", agentReason: "12"});
    await animationFrame();
    expect(".o_g24_agent_label").toHaveText("Обед");
    await click(".o_g24_change_reason");
    await animationFrame();
    await click(".o_g24_reason:contains('Учёба')");
    await settle();
    await click(".o_g24_agent_state");
    await settle();
    expect.verifySteps(["not_ready 13", "ready undefined"]);
});

test("an accepted command waits until it is seen to be done", async () => {
    const shown = [];
    mockService("notification", {
        add(message) {
            shown.push(message);
            return () => {};
        },
    });
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", () => ({accepted: true}));
    await mountWithCleanup(CallBar);
    await receive(service, {state: "talking"});
    await click(".o_g24_hold");
    await settle();
    expect(".o_g24_pending").toHaveCount(1);
    await receive(service, {state: "held"});
    expect(".o_g24_pending").toHaveCount(0);
    await click(".o_g24_retrieve");
    await settle();
    await advanceTime(CONFIRM_MS + 100);
    await animationFrame();
    expect(".o_g24_pending").toHaveCount(0);
    expect(shown.length).toBe(1);
});

test("a number shown anywhere as a link is dialled", async () => {
    await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.number}`);
        return {accepted: true};
    });
    const link = document.createElement("a");
    link.href = "tel:+73852123456";
    link.className = "o_test_tel";
    link.textContent = "+7";
    getFixture().append(link);
    await click(".o_test_tel");
    await expect.waitForSteps(["dial +73852123456"]);
});

test("what was lost with a fallen server is made good", async () => {
    const service = await start();
    await receive(service, {call_id: 21, pop: true});
    await receive(service, {call_id: 22, state: "talking"});
    // The end of both was never told; a third citizen rings unseen.
    line.calls = [{...RING, call_id: 23, pop: true, at: Date.now()}];
    await service.compare();
    await settle();
    expect(Object.keys(service.calls)).toEqual(["23"]);
    expect(opened.at(-1).call_id).toBe(23);
    // A call that is over is not shown anew by an answer that was on its way.
    await receive(service, {call_id: 23, state: "ended"});
    await service.compare();
    expect(service.calls).toEqual({});
});

test("a talk whose beginning was lost does not ring on", async () => {
    const service = await start();
    await receive(service, {pop: true});
    opened = [];
    line.calls = [{...RING, state: "talking", seconds: 9, pop: true, at: Date.now()}];
    await service.compare();
    await settle();
    expect(service.current.state).toBe("talking");
    expect(opened).toEqual([]);

    // What the exchange told while the server answered is newer.
    const asked = service.compare();
    service.onCall({...RING, state: "held", pop: false, at: Date.now()});
    await asked;
    expect(service.current.state).toBe("held");
});

test("a call that ended before the server answered is not shown again", async () => {
    let answer;
    onRpc("gorod24.call", "current_line", () => new Promise((done) => (answer = done)));
    const service = await start();
    await receive(service, {state: "talking"});
    await receive(service, {state: "ended", answered: true});
    answer({
        calls: [{...RING, state: "talking", at: Date.now()}],
        agent_state: "READY",
    });
    await settle();
    expect(service.current).toBe(null);
});

test("a call that ended while the tabs agreed opens nothing", async () => {
    const service = await start();
    let take;
    service.tabs.claim = () => new Promise((done) => (take = done));
    await receive(service, {pop: true});
    await receive(service, {state: "ended"});
    take(true);
    await settle();
    expect(opened).toEqual([]);
});

test("a call offered again opens its card again", async () => {
    const service = await start();
    await receive(service, {pop: true, leg_id: 1});
    await receive(service, {state: "ended", leg_id: 1});
    await receive(service, {pop: true, leg_id: 2});
    expect(opened.map((params) => params.call_id)).toEqual([11, 11]);
    await receive(service, {pop: true, leg_id: 2});
    expect(opened.length).toBe(2);
    // Handed back while its card is still open: nothing is thrown away.
    Object.assign(dirtyCard, {open: true, callId: 11});
    await receive(service, {state: "talking", pop: true, leg_id: 3});
    expect(opened.length).toBe(2);
});

test("a call that turns out to be another keeps its open card", async () => {
    const service = await start();
    Object.assign(dirtyCard, {open: true, callId: 11});
    await receive(service, {state: "talking"});
    await receive(service, {state: "ended", merged_into: 12});
    expect(service.current.id).toBe(12);
    expect(service.current.state).toBe("talking");
    expect(dirtyCard.callId).toBe(12);
    expect(opened).toEqual([]);
});

test("a colleague who is asked is known after a refresh", async () => {
    line.calls = [{...RING, state: "held", consulting: true, at: Date.now()}];
    await start();
    await mountWithCleanup(CallBar);
    expect(".o_g24_complete").toHaveCount(1);
});

test("a second command gives no false warning for the first", async () => {
    const service = await start();
    const shown = [];
    service.notification.add = (text) => shown.push(text);
    onRpc("gorod24.telephony.adapter", "command", () => ({accepted: true}));
    await receive(service, {state: "talking"});
    await service.command("hold", {call_id: 11});
    await service.command("retrieve", {call_id: 11});
    await receive(service, {state: "talking"});
    await advanceTime(CONFIRM_MS + 100);
    expect(shown).toEqual([]);
});

/** A citizen on hold and a colleague who talks; returns the service. */
async function consult() {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step([args[0], kwargs.call_id, kwargs.digits].filter(Boolean).join(" "));
        return {accepted: true};
    });
    await mountWithCleanup(CallBar);
    await receive(service, {state: "talking"});
    told = {
        known: true,
        pending_state: "",
        consult: {number: "2831", state: "talking"},
    };
    await service.command("consult", {call_id: 11, number: "2831"});
    await receive(service, {state: "held"});
    await advanceTime(ASK_MS + 100);
    await settle();
    expect.verifySteps(["consult 11"]);
    return service;
}

test("while a colleague is asked nothing hangs up the citizen", async () => {
    await consult();
    expect(".o_g24_consult_citizen").toHaveAttribute("data-state", "held");
    expect(".o_g24_consult_colleague").toHaveAttribute("data-state", "talking");
    expect(".o_g24_consult_colleague").toHaveText(/2831/);
    expect(".o_g24_drop").toHaveCount(0);
    told.consult = false;
    await click(".o_g24_end_consult");
    await settle();
    expect.verifySteps(["end_consult 11"]);
    expect(".o_g24_consult_strip").toHaveCount(0);
    expect(".o_g24_drop").toHaveCount(1);
    expect(".o_g24_call_info").toHaveAttribute("data-state", "held");
});

test("the operator swaps between the two calls and presses keys in both", async () => {
    const service = await consult();
    await click(".o_g24_consult_strip .o_g24_keypad");
    await animationFrame();
    await click(".o_g24_key:contains('7')");
    await settle();
    expect.verifySteps(["send_dtmf 7"]);
    told.consult = {number: "2831", state: "held"};
    await click(".o_g24_retrieve");
    await receive(service, {state: "talking"});
    await settle();
    expect(".o_g24_consult_colleague").toHaveAttribute("data-state", "held");
    expect(".o_g24_complete").toHaveCount(1);
    await click(".o_g24_to_colleague");
    await settle();
    expect.verifySteps(["retrieve 11", "retrieve_consult 11"]);
});

test("a colleague who hung up leaves the bar", async () => {
    await consult();
    told = {known: true, pending_state: "", consult: false};
    await advanceTime(ASK_MS + 100);
    await settle();
    expect(".o_g24_consult_strip").toHaveCount(0);
});

test("a citizen who hangs up leaves the colleague on the bar", async () => {
    const service = await consult();
    await receive(service, {state: "ended", answered: true});
    await settle();
    expect(".o_g24_consult_citizen").toHaveCount(0);
    expect(".o_g24_complete").toHaveCount(0);
    await click(".o_g24_end_consult");
    await settle();
    expect.verifySteps(["end_consult"]);
});

test("a talk remembered from before a refresh is over with its call", async () => {
    const key = `gorod24_telephony.${user.userId}.consult`;
    browser.localStorage.setItem(key, JSON.stringify({callId: 5, number: "2831"}));
    const service = await start();
    await settle();
    expect(service.isConsulting).toBe(false);
});

test("all are connected where the exchange can do it", async () => {
    patchWithCleanup(session, {gorod24_telephony: {enabled: true, conference: true}});
    await consult();
    told.consult = false;
    await click(".o_g24_conference");
    await settle();
    expect.verifySteps(["conference 11"]);
    expect(".o_g24_consult_strip").toHaveCount(0);
});

test("only the call's own message shows that a command was carried out", async () => {
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", () => ({accepted: true}));
    await receive(service, {state: "talking"});
    await service.command("hold", {call_id: 11});
    await receive(service, {call_id: 12, state: "talking"});
    await receive(service, {state: "talking", queue: "Горячая линия"});
    expect(service.waiting).toBe("hold");
    await receive(service, {state: "held"});
    expect(service.waiting).toBe("");
});

test("a call that was not on the screen is not the one just ended", async () => {
    const service = await start();
    await receive(service, {state: "talking"});
    await receive(service, {state: "ended", answered: true});
    await receive(service, {call_id: 3, state: "ended", answered: true});
    expect(service.lastEnded).toBe(11);
});

test("during a call the operator says what he will be after it", async () => {
    reasons.not_ready = [{id: "12", label: "Обед"}];
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.reason}`);
        return {accepted: true};
    });
    await settle();
    await mountWithCleanup(CallBar);
    await receive(service, {state: "talking"});
    await click(".o_g24_agent_state");
    await animationFrame();
    await click(".o_g24_reason");
    await settle();
    expect.verifySteps(["not_ready 12"]);
    expect(".o_g24_agent_pending").toHaveText(/Обед/);
    await click(".o_g24_agent_state");
    await animationFrame();
    await click(".o_g24_then_ready");
    await settle();
    expect.verifySteps(["ready undefined"]);
    expect(".o_g24_agent_state").toHaveAttribute("data-pending", "READY");
});

test("the result of a call is told during it and after a refresh", async () => {
    reasons.wrap_up = [{id: "w1", label: "Консультация"}];
    line = {calls: [], agent_state: "WORK", wrap_up: 9};
    const service = await start();
    onRpc("gorod24.telephony.adapter", "command", ({args, kwargs}) => {
        expect.step(`${args[0]} ${kwargs.call_id} ${kwargs.reason}`);
        return {accepted: true};
    });
    await settle();
    await mountWithCleanup(CallBar);
    await click(".o_g24_wrap_up");
    await animationFrame();
    await click(".o_g24_wrap_up_reason");
    await settle();
    await receive(service, {state: "talking"});
    await click(".o_g24_wrap_up");
    await animationFrame();
    await click(".o_g24_wrap_up_reason");
    await settle();
    expect.verifySteps(["wrap_up 9 w1", "wrap_up 11 w1"]);
});
