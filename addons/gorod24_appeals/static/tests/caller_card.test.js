// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred, tick} from "@odoo/hoot-mock";
import {Component, useState, useSubEnv, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";
import {CallerCard} from "@gorod24_appeals/caller_card/caller_card";

describe.current.tags("desktop");
defineMailModels();

const PERSON = {id: 3, name: "Anna", address: "Lenina, 54", building_id: 9, flat: "12"};

let answers, asked;

/** The card as an action, and a way to leave it. */
class Parent extends Component {
    static components = {CallerCard};
    static props = ["params"];
    static template = xml`
        <button class="o_menu" data-hotkey="2" t-on-click="() => this.open()">Menu</button>
        <CallerCard t-if="state.shown" action="{params: props.params}" actionId="1"/>`;
    setup() {
        this.state = useState({shown: true});
        useSubEnv({config: {}});
    }
    open() {
        expect.step("menu");
    }
}

beforeEach(() => {
    allowTranslations();
    asked = [];
    answers = {
        load: {number: "+73852123456", persons: [PERSON], history: []},
        form_options: {kinds: [], author_types: [], channels: []},
        my_drafts: [],
        save_draft: {status: "kept", version: 1},
        similar: {repeat: null, recurrence: null, duplicates: []},
        suggest_topics: [],
        register: {appeal_id: 1, number: "26-1", questions: [{id: 1, name: "26-1/1"}]},
    };
    const answer = ({method, args, kwargs}) => {
        asked.push({method, args, kwargs});
        const found = answers[method] ?? false;
        return typeof found === "function" ? found(args, kwargs) : found;
    };
    for (const model of [
        "gorod24.caller.card",
        "gorod24.card.draft",
        "gorod24.informing",
    ]) {
        onRpc(model, "*", answer);
    }
    onRpc("has_group", () => true);
    onRpc("gorod24.card.presence", "*", () => []);
});

async function mountCard(params = {}) {
    const parent = await mountWithCleanup(Parent, {props: {params}});
    await animationFrame();
    await animationFrame();
    return parent;
}

function sentTo(method) {
    return asked.filter((call) => call.method === method).map(({args}) => args[0]);
}

test("the answer to what a card sent when it was left is heard", async () => {
    const unsent = () =>
        browser.localStorage.getItem(`gorod24_appeals.unsent.${user.userId}`) || "{}";
    const parent = await mountCard({number: "123456"});
    await contains("#g24_problem").edit("Cold", {confirm: false});
    expect(unsent()).toInclude("Cold");
    const slow = new Deferred();
    answers.save_draft = () => slow;
    parent.state.shown = false;
    await animationFrame();
    slow.resolve({status: "kept", version: 1});
    await tick();
    await animationFrame();
    expect(sentTo("save_draft")).toHaveLength(1);
    expect(unsent()).toBe("{}", {message: "no words stay on a shared computer"});
    expect(getService("gorod24_appeals.card_state").dirty).toBe(false);
});

test("Alt and a number shows the question, not a menu of the top bar", async () => {
    await mountCard({number: "123456"});
    await press(["alt", "2"]);
    await advanceTime(10);
    expect.verifySteps(["menu"]);

    await contains("#g24_problem").edit("Cold", {confirm: false});
    await contains(".o_g24_add_question").click();
    await contains("#g24_problem").edit("The lift stands", {confirm: false});
    await press(["alt", "1"]);
    await animationFrame();
    await animationFrame();
    expect("#g24_problem").toHaveValue("Cold");
    await press(["alt", "2"]);
    await advanceTime(10);
    await animationFrame();
    expect("#g24_problem").toHaveValue("The lift stands");
    expect.verifySteps([]);
});

test("a refusal after the card is registered is said as well", async () => {
    answers.load = {
        ...answers.load,
        to_inform: [{id: 4, question_id: 9, topic: "Lift", result: "Repaired"}],
    };
    answers.preview = {needs_referral: true, alternatives: [], due: []};
    answers.suggest_topics = [{topic_id: 5, name: "Heating", path: "", code: "1"}];
    await mountCard({number: "123456"});
    await contains("#g24_problem").edit("No heating", {confirm: false});
    await advanceTime(1000);
    await animationFrame();
    await press("ArrowDown");
    await press("Enter");
    await animationFrame();
    await contains(".o_g24_save").click();
    await animationFrame();
    await animationFrame();
    expect(".o_g24_footer").toHaveCount(0);
    expect(".o_g24_error").toHaveCount(0);

    answers.record_attempt = () => {
        throw makeServerError({message: "He was told already."});
    };
    await contains(".o_g24_to_inform [data-answer=yes]").click();
    await animationFrame();
    expect(".o_g24_error").toHaveText("He was told already.");
    answers.record_attempt = {state: "done"};
    await contains(".o_g24_to_inform [data-answer=yes]").click();
    await animationFrame();
    expect(".o_g24_error").toHaveCount(0);
});
