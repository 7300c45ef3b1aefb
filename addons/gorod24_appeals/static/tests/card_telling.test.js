// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {draftKey, newDraft} from "@gorod24_appeals/caller_card/card_draft";
import {tellingValues} from "@gorod24_appeals/informing/card_telling";
import {formatLength} from "@gorod24_appeals/shift/shift_page";

describe.current.tags("headless");

const paper = {
    blank_serial: "Б-000012-4",
    contact_at: "2026-10-05T01:15:00Z",
    taken_by_id: 7,
    taken_by: "Ivanova",
};

test("a card from paper names the sheet and is kept under its number", () => {
    const draft = newDraft({fresh: true, paper});
    expect(draftKey(draft.params)).toBe("paper:Б-000012-4");
    expect(tellingValues(draft)).toEqual({
        blank_serial: "Б-000012-4",
        contact_at: "2026-10-05T01:15:00Z",
        taken_by_id: 7,
    });
});

test("an e-mail is sent only when the result goes there", () => {
    const draft = newDraft();
    expect(tellingValues(draft)).toEqual({});
    Object.assign(draft, {informWay: "email", informEmail: " a@example.org "});
    expect(tellingValues(draft)).toEqual({
        inform_way: "email",
        inform_email: "a@example.org",
    });
    draft.informWay = "none";
    expect(tellingValues(draft)).toEqual({inform_way: "none"});
});

test("the time left is told in the two largest units", () => {
    expect(formatLength(-45)).toBe("45 min");
    expect(formatLength(190)).toBe("3 h 10 min");
    expect(formatLength(3000)).toBe("2 d 2 h");
});
