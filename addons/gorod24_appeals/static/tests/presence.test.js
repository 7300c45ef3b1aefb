// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, tick} from "@odoo/hoot-mock";
import {Presence} from "@gorod24_appeals/caller_card/presence/presence_service";

describe.current.tags("headless");

const PERSON = ["res.partner", 3];
const APPEAL = ["helpdesk.ticket", 8];

let beats, others, presence, ring;

beforeEach(() => {
    beats = [];
    others = [];
    const orm = {
        silent: {
            async call(model, method, [, subjects]) {
                beats.push(subjects);
                if (others instanceof Error) {
                    throw others;
                }
                return others;
            },
        },
    };
    const bus = {subscribe: (type, callback) => (ring = callback), start() {}};
    presence = new Presence({orm, bus});
});

async function wait(ms) {
    await advanceTime(ms);
    await tick();
}

test("cards of a tab are told together, again and again, until all are closed", async () => {
    presence.hold("card", [PERSON]);
    presence.hold("form", [APPEAL, PERSON]);
    await wait(200);
    expect(beats).toEqual([[PERSON, APPEAL]]);
    await wait(20100);
    expect(beats).toHaveLength(2);
    presence.hold("form", []);
    presence.hold("card", []);
    await wait(200);
    expect(beats.at(-1)).toEqual([]);
    await wait(60000);
    expect(beats).toHaveLength(3);
});

test("a message makes the tab look at once; each colleague is named once", async () => {
    presence.hold("card", [PERSON]);
    await wait(200);
    others = [
        {res_model: "res.partner", res_id: 3, user_id: 5, name: "Petrova"},
        {res_model: "res.partner", res_id: 3, user_id: 5, name: "Petrova"},
        {res_model: "res.partner", res_id: 4, user_id: 6, name: "Sidorova"},
    ];
    ring();
    await wait(200);
    expect(presence.othersOf([PERSON]).map(({name}) => name)).toEqual(["Petrova"]);
});

test("no answer is shown as nobody", async () => {
    presence.hold("card", [PERSON]);
    others = new Error("no server");
    await wait(200);
    expect(presence.othersOf([PERSON])).toHaveLength(0);
});
