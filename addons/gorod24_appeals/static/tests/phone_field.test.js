// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {prettyPhone} from "@gorod24_appeals/phone/phone_field";

describe.current.tags("headless");

test("a number is written as people read it", () => {
    expect(prettyPhone("+79131234567")).toBe("+7 913 123-45-67");
    expect(prettyPhone("+73852123456")).toBe("+7 3852 12-34-56");
});

test("what is no number of the country stays as it was written", () => {
    expect(prettyPhone("+49 30 123456")).toBe("+49 30 123456");
    expect(prettyPhone("доб. 12")).toBe("доб. 12");
    expect(prettyPhone(false)).toBe("");
});
