// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {fill, press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {Component, useState, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {contains, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {SuggestField} from "@gorod24_appeals/caller_card/suggest_field/suggest_field";

defineMailModels();

class Parent extends Component {
    static components = {SuggestField};
    static props = ["suggest"];
    static template = xml`
        <SuggestField id="'place'" value="state.text" suggest="props.suggest"
            describe="(item) => ({ title: item, hint: '' })"
            onType="(text) => state.text = text" onPick="(item) => this.pick(item)"/>`;
    setup() {
        this.state = useState({text: ""});
    }
    pick(item) {
        expect.step(item);
        this.state.text = item;
    }
}

async function type(text) {
    await contains("#place").edit(text, {confirm: false});
    await advanceTime(300);
    await animationFrame();
}

test("arrows move, Enter picks, the list closes", async () => {
    await mountWithCleanup(Parent, {
        props: {suggest: async () => ["Lenina, 5", "Lenina, 54"]},
    });
    await type("len");
    expect(queryAllTexts("[role=option]")).toEqual(["Lenina, 5", "Lenina, 54"]);
    await press("ArrowDown");
    await press("ArrowDown");
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["Lenina, 54"]);
    expect("[role=option]").toHaveCount(0);
    expect(queryOne("#place").value).toBe("Lenina, 54");
});

test("Escape closes the list and keeps the text", async () => {
    await mountWithCleanup(Parent, {props: {suggest: async () => ["Lenina, 5"]}});
    await type("len");
    await press("Escape");
    await animationFrame();
    expect("[role=option]").toHaveCount(0);
    expect(queryOne("#place").value).toBe("len");
    expect.verifySteps([]);
});

test("suggestions for an older text are ignored", async () => {
    const slow = new Deferred();
    const suggest = (text) => (text === "le" ? slow : Promise.resolve(["new"]));
    await mountWithCleanup(Parent, {props: {suggest}});
    await type("le");
    await type("len");
    slow.resolve(["old"]);
    await animationFrame();
    expect(queryAllTexts("[role=option]")).toEqual(["new"]);
});

test("a failed request is said in the list", async () => {
    await mountWithCleanup(Parent, {
        props: {suggest: () => Promise.reject(new Error("no server"))},
    });
    await type("len");
    expect(".o_g24_suggest_list .text-danger").toHaveText("no server");
});

test("Enter never takes a line found for an older text", async () => {
    const slow = new Deferred();
    const suggest = (text) => {
        expect.step(`asked ${text}`);
        return text === "len 5" ? Promise.resolve(["Lenina, 5"]) : slow;
    };
    await mountWithCleanup(Parent, {props: {suggest}});
    await type("len 5");
    await press("ArrowDown");
    // The list is still the one of "len 5".
    await fill("4");
    await press("Enter");
    await animationFrame();
    await press("ArrowDown");
    await press("Tab");
    await animationFrame();
    expect.verifySteps(["asked len 5", "asked len 54"]);
    expect(queryOne("#place").value).toBe("len 54");

    await contains("#place").edit("len 55", {confirm: false});
    await advanceTime(300);
    slow.resolve(["Lenina, 55"]);
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["asked len 55", "Lenina, 55"]);
});
