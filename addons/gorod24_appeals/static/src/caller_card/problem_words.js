// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {_t} from "@web/core/l10n/translation";

/** What is missing on the card, in words for the operator, by code. */
export function problemWords(code) {
    const words = {
        person: _t("choose who is calling"),
        people: _t("write how many people, two or more"),
        organisation: _t("write the organisation's name"),
        represented: _t("write whom the caller speaks for"),
        text: _t("write what happened and choose a topic"),
        topic: _t("choose a topic"),
        answer: _t("write what was answered"),
        place: _t("name the place"),
        house: _t("the topic needs a house"),
        flat: _t("the topic needs a flat"),
        crossing: _t("name the other street of the crossing"),
        pole: _t("write the number of the lamp post"),
        stop: _t("name the stop"),
    };
    return words[code] || "";
}

/** Where the cursor goes for a problem of the shown question. */
export function problemSelector(code, question) {
    const where = question.elsewhere ? "#g24_place" : "#g24_address";
    const selectors = {
        person: "[data-focus=person]",
        people: "#g24_people",
        organisation: "#g24_organisation",
        represented: "#g24_represented",
        text: "#g24_problem",
        topic: "#g24_problem",
        answer: "#g24_answer",
        place: where,
        house: where,
        flat: question.elsewhere ? "#g24_place_note" : "#g24_flat",
        price: "#g24_price",
        visit: "#g24_visit",
        received: "#g24_received",
    };
    const note = question.placeAsked
        ? `[data-extra="${question.placeAsked}"]`
        : "#g24_place_note";
    return selectors[code] || note;
}
