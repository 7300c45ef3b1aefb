// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {patchTranslations} from "@web/../tests/web_test_helpers";
import {lengthText, minutesLeft, termStatus} from "@gorod24_appeals/terms/term_time";

describe.current.tags("headless");

const NOW = Date.parse("2026-11-23T03:15:00Z");
const running = {state: "running", target: "2026-11-23T04:20:00Z", warn: false};

test("a length names its two greatest units", () => {
    patchTranslations();
    const lengths = [0, 59, 60, 61, 1439, 1440, 1505].map((length) =>
        String(lengthText(length))
    );
    expect(lengths).toEqual([
        "0 min",
        "59 min",
        "1 h",
        "1 h 1 min",
        "23 h 59 min",
        "1 d",
        "1 d 1 h",
    ]);
});

test("a running term counts down and past its end", () => {
    expect(minutesLeft(running, NOW)).toBe(65);
    expect(minutesLeft(running, NOW + 70 * 60000)).toBe(-5);
    expect(termStatus(running, NOW).tone).toBe("info");
    expect(termStatus({...running, warn: true}, NOW).tone).toBe("warning");
    expect(termStatus(running, NOW + 70 * 60000).tone).toBe("danger");
});

test("a paused term stands still", () => {
    const paused = {...running, state: "paused", left_minutes: 30};
    expect(minutesLeft(paused, NOW + 9 * 3600000)).toBe(30);
    expect(termStatus(paused, NOW).tone).toBe("warning");
});

test("an excused miss is not held against anybody", () => {
    const ended = {state: "stopped", left_minutes: -90, outcome: "excused"};
    expect(termStatus(ended, NOW).tone).toBe("secondary");
    expect(termStatus({...ended, outcome: "missed"}, NOW).tone).toBe("danger");
    const excused = {...running, excuse: "flood"};
    expect(termStatus(excused, NOW + 70 * 60000).tone).toBe("secondary");
});
