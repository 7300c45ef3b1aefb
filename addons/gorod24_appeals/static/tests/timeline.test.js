// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {patchTranslations} from "@web/../tests/web_test_helpers";
import {byDay} from "@gorod24_appeals/timeline/timeline";

describe.current.tags("headless");

test("lines stand under their days in the order given", () => {
    patchTranslations();
    const days = byDay([
        {key: "c", at: "2026-01-03T05:00:00Z"},
        {key: "b", at: "2026-01-02T05:00:00Z"},
        {key: "a", at: "2026-01-02T04:00:00Z"},
    ]);
    expect(days.map((day) => day.entries.map((entry) => entry.key))).toEqual([
        ["c"],
        ["b", "a"],
    ]);
});

test("nothing gives no days", () => {
    expect(byDay([])).toEqual([]);
});
