// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {reactive} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {NoticePanel} from "@gorod24_notice/notice_panel/notice_panel";

defineMailModels();

const TEXTS = ".o_g24_notice_text strong";

let answers, card;

beforeEach(() => {
    allowTranslations();
    answers = {};
    card = reactive({
        loading: false,
        saved: null,
        info: {notices: [], notices_of: false},
        draft: draftOf("first", false),
        question: {elsewhere: false, join: null},
    });
    onRpc("gorod24.caller.card", "notices_at", ({kwargs}) => {
        expect.step(kwargs.building_id);
        return answers[kwargs.building_id];
    });
});

function draftOf(uid, building_id) {
    return {uid, place: {text: "", building_id, address_id: false}, questions: []};
}

function notice(end) {
    return {id: 5, type: "emergency", name: "Water", text: "Off.", end_words: end};
}

async function goTo(building_id) {
    card.draft.place = {text: "", building_id, address_id: false};
    await animationFrame();
    await animationFrame();
}

test("the next caller of the house hears what holds now", async () => {
    answers[50] = [notice("till six")];
    await mountWithCleanup(NoticePanel, {props: {card}});
    await goTo(50);
    expect(queryAllTexts(TEXTS)).toEqual(["till six"]);

    // Another card, and the notice was prolonged meanwhile.
    card.info = {notices: [notice("till ten")], notices_of: 50};
    card.draft = draftOf("second", 50);
    await animationFrame();
    await animationFrame();
    expect(queryAllTexts(TEXTS)).toEqual(["till ten"]);

    answers[50] = [notice("till midnight")];
    await goTo(false);
    card.info = {notices: [], notices_of: false};
    await goTo(50);
    expect(queryAllTexts(TEXTS)).toEqual(["till midnight"]);
    expect.verifySteps([50, 50]);
});

test("going back to a place is not undone by the answer about the other", async () => {
    const slow = new Deferred();
    Object.assign(answers, {50: [notice("till six")], 52: slow});
    await mountWithCleanup(NoticePanel, {props: {card}});
    await goTo(50);
    await goTo(52);
    await goTo(50);
    slow.resolve([]);
    await animationFrame();
    await animationFrame();
    expect(queryAllTexts(TEXTS)).toEqual(["till six"]);
    expect.verifySteps([50, 52]);
});
