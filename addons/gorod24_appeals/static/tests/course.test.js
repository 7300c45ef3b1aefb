// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {patchTranslations} from "@web/../tests/web_test_helpers";
import {courseOf} from "@gorod24_appeals/question/course_widget";

describe.current.tags("headless");

test("steps stand in order of time, gaps are left out", () => {
    patchTranslations();
    const steps = courseOf(
        {registered_at: "2026-01-01 01:00:00", closed_at: false},
        [
            {
                participant_id: [1, "Heat"],
                sent_at: "2026-01-01 01:00:01",
                accepted_at: "2026-01-01 02:00:00",
                refused_at: "2026-01-01 03:00:00",
                refusal_reason: "not ours",
            },
            {participant_id: [2, "Water"], sent_at: "2026-01-01 03:30:00"},
        ],
        [],
        {disposition: {}, satisfaction: {}}
    );
    expect(steps.map((step) => step.at.slice(11, 16))).toEqual([
        "01:00",
        "01:00",
        "02:00",
        "03:00",
        "03:30",
    ]);
    expect(steps[3].note).toBe("not ours");
});
