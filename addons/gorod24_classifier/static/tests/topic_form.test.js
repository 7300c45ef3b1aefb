// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {changeType} from "@gorod24_classifier/topic_form/extra_questions_field";
import {readDay, writeDay} from "@gorod24_classifier/topic_form/season_field";

describe.current.tags("headless");

test("a day of the year is read and written", () => {
    expect(readDay("10-15")).toEqual({month: 10, day: 15});
    expect(readDay("02-30")).toEqual({});
    expect(readDay(false)).toEqual({});
    expect(writeDay({month: 4, day: 5})).toBe("04-05");
});

test("a day that the month does not have becomes its last", () => {
    expect(writeDay({month: 4, day: 31})).toBe("04-30");
    expect(writeDay({month: 2, day: 30})).toBe("02-29");
});

test("options go over between one-of and some-of", () => {
    const one = {
        name: "a",
        string: "Which",
        type: "selection",
        selection: [
            ["x", "X"],
            ["y", "Y"],
        ],
    };
    const some = changeType(one, "tags");
    expect(some.tags).toEqual([
        ["x", "X", 1],
        ["y", "Y", 2],
    ]);
    expect(some.selection).toBe(undefined);
    expect(changeType(some, "selection")).toEqual(one);
    expect(changeType(one, "char")).toEqual({name: "a", string: "Which", type: "char"});
});
