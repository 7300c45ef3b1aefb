// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {fill, press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    makeDialogMockEnv,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {TopicBrowser} from "@gorod24_appeals/caller_card/topic_picker/topic_browser";

describe.current.tags("desktop");
defineMailModels();

const SECTIONS = [
    {id: 1, name: "Houses", code: "1", is_topic: false},
    {id: 2, name: "Roads", code: "2", is_topic: false},
];
const LIFTS = [
    {topic_id: 11, name: "Lift stands", code: "1.1"},
    {topic_id: 12, name: "Lift is dark", code: "1.2"},
];
const NOISE = [{topic_id: 13, name: "Lift is noisy", code: "1.3"}];

let suggestions;

beforeEach(async () => {
    allowTranslations();
    suggestions = {lift: LIFTS, "lift noise": NOISE};
    onRpc("helpdesk.ticket.category", "search_read", ({kwargs}) => {
        const [[, , parent]] = kwargs.domain;
        return parent ? [] : SECTIONS;
    });
    await mountWithCleanup(TopicBrowser, {
        env: await makeDialogMockEnv(),
        props: {
            close: () => {},
            onPick: (topic) => expect.step(topic.name),
            suggest: async (text) => suggestions[text] || [],
        },
    });
    await animationFrame();
});

function rows() {
    return queryAllTexts(".o_g24_browser_list li span:first-of-type");
}

test("Enter right after the words searches them and opens no section", async () => {
    await fill("lift");
    await press("Enter");
    await animationFrame();
    expect("input[type=search]").toHaveValue("lift");
    expect(rows()).toEqual(["Lift stands", "Lift is dark"]);
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["Lift stands"]);
});

test("words typed on take no row of the former search", async () => {
    await fill("lift");
    await advanceTime(300);
    await animationFrame();
    const slow = new Deferred();
    suggestions["lift noise"] = slow;
    await fill(" noise");
    await press("Enter");
    await press("Enter");
    expect.verifySteps([]);
    slow.resolve(NOISE);
    await animationFrame();
    await press("Enter");
    expect.verifySteps(["Lift is noisy"]);
});

test("a crumb pressed with the keyboard is pressed, no row is taken", async () => {
    await contains(".o_g24_browser_list li:contains(Roads)").click();
    expect("nav button").toHaveCount(2);
    await contains("input[type=search]").edit("lift", {confirm: false});
    await advanceTime(300);
    await animationFrame();
    const [crumb] = document.querySelectorAll("nav button");
    crumb.focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([]);
    expect(rows()).toEqual(["Houses", "Roads"]);
    expect("input[type=search]").toBeFocused();
});
