// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {JournalStrip} from "@gorod24_appeals/journal/journal_strip";

describe.current.tags("headless");

function stripOf(resModel, context) {
    const strip = Object.create(JournalStrip.prototype);
    return Object.assign(strip, {props: {list: {resModel, context}}});
}

test("the figures of a journal do not stand above a part of it", () => {
    const referral = "gorod24.referral";
    expect(stripOf(referral, {}).hasTiles).toBe(true);
    expect(stripOf(referral, {journal_part: false}).hasTiles).toBe(true);
    expect(stripOf(referral, {journal_part: true}).hasTiles).toBe(false);
    expect(stripOf("gorod24.question", {}).hasTiles).toBe(false);
});

test("rows being chosen are not read anew under the hand", async () => {
    const strip = stripOf("gorod24.question", {});
    const list = {
        selection: [],
        isDomainSelected: false,
        load: () => expect.step("load"),
    };
    Object.assign(strip, {props: {list}, state: {}, listed: null});
    await strip.follow({today: 4});
    list.selection = [{id: 1}];
    await strip.follow({today: 5});
    Object.assign(list, {selection: [], isDomainSelected: true});
    await strip.follow({today: 5});
    expect(strip.state.counts.today).toBe(5);
    expect.verifySteps([]);

    list.isDomainSelected = false;
    await strip.follow({today: 5});
    await strip.follow({today: 5});
    expect.verifySteps(["load"]);
});
