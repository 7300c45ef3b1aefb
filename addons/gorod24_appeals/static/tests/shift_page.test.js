// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {Component, useState, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {ShiftPage} from "@gorod24_appeals/shift/shift_page";

describe.current.tags("desktop");
defineMailModels();

const TEXT = "#g24_shift_text";

/** The page as an action that is left and come back to. */
class Parent extends Component {
    static components = {ShiftPage};
    static props = [];
    static template = xml`<ShiftPage t-if="state.shown" action="{}" actionId="1"/>`;
    setup() {
        this.state = useState({shown: true});
    }
}

beforeEach(() => {
    allowTranslations();
    const page = {now: "2026-11-28T01:00:00Z", operator: "Anna", blocks: []};
    onRpc("gorod24.shift.handover", "page", () => ({...page, previous: false}));
});

async function leaveAndComeBack(parent) {
    for (const shown of [false, true]) {
        parent.state.shown = shown;
        await animationFrame();
        await animationFrame();
    }
}

test("the note to the next shift is there when the page is opened again", async () => {
    onRpc("gorod24.shift.handover", "hand_over", ({args}) => {
        expect.step(args[0]);
        return false;
    });
    const parent = await mountWithCleanup(Parent);
    await contains(TEXT).edit("Call Popova, 50", {confirm: false});
    await leaveAndComeBack(parent);
    expect(TEXT).toHaveValue("Call Popova, 50");

    await contains(".o_g24_shift_send").click();
    expect.verifySteps(["Call Popova, 50"]);
    await leaveAndComeBack(parent);
    expect(TEXT).toHaveValue("");
});

test("an error is gone as soon as the page could be read", async () => {
    let works = false;
    onRpc("gorod24.shift.handover", "page", () => {
        if (!works) {
            throw makeServerError({message: "no connection"});
        }
        return {now: "2026-11-28T01:00:00Z", operator: "Anna", blocks: []};
    });
    await mountWithCleanup(Parent);
    expect(".alert-danger").toHaveCount(1);
    works = true;
    await contains(".alert-danger button").click();
    await animationFrame();
    expect(TEXT).toHaveCount(1);
    expect(".alert-danger").toHaveCount(0);
});
