// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {mockTimeZone} from "@odoo/hoot-mock";
import {
    MODE_ANSWER,
    newPlace,
    newQuestion,
} from "@gorod24_appeals/caller_card/card_draft";
import {
    applyTopic,
    detailValues,
    placeLack,
    resetDetails,
} from "@gorod24_appeals/caller_card/question_details";

describe.current.tags("headless");

const HOUSE = {text: "Lenina, 54", building_id: 9, address_id: false};
const STREET = {text: "Lenina", building_id: false, address_id: 4};

function lack(kind, place, {flat = "", ...values} = {}) {
    const question = {...newQuestion(), requiredPlace: kind, ...values};
    return placeLack(question, place, flat);
}

test("each kind of place names what is missing", () => {
    expect(lack("any", newPlace())).toBe("place");
    expect(lack("none", newPlace())).toBe("");
    expect(lack("house", STREET)).toBe("house");
    expect(lack("house", HOUSE)).toBe("");
    expect(lack("house", STREET, {placeNote: "house 77"})).toBe("");
    expect(lack("flat", HOUSE)).toBe("flat");
    expect(lack("flat", HOUSE, {flat: "7"})).toBe("");
    expect(lack("flat", HOUSE, {placeNote: "fl. 5"})).toBe("");
    expect(lack("stop", HOUSE)).toBe("stop");
    expect(lack("crossing", STREET, {placeNote: "Malakhova"})).toBe("");
});

test("an emergency lacks nothing", () => {
    expect(lack("flat", newPlace(), {emergency: true})).toBe("");
});

test("a place told in an extra question is not asked twice", () => {
    const question = newQuestion();
    applyTopic(question, {
        required_place: "pole",
        extra_questions: [{name: "lamps"}, {name: "pole_number"}],
    });
    expect(placeLack(question, HOUSE, "")).toBe("pole");
    question.extra = {pole_number: "15"};
    expect(placeLack(question, HOUSE, "")).toBe("");
});

test("a text read in vain goes along with the question that is sent", () => {
    const told = {key: "answer", id: 3};
    const send = {isComplaint: false, isAnswer: false};
    const question = {...newQuestion(), told};
    expect(detailValues(question, send)).toEqual({});
    question.helped = "no";
    expect(detailValues(question, send)).toEqual({answer_id: 3, helped: "no"});
    question.mode = MODE_ANSWER;
    expect(detailValues(question, {...send, isAnswer: true}).answer_id).toBe(3);
});

test("whom a question is about counts in complaints only", () => {
    const question = {...newQuestion(), complained: {id: 5, name: "Water"}};
    expect(detailValues(question, {isComplaint: false})).toEqual({});
    expect(detailValues(question, {isComplaint: true})).toEqual({complained_id: 5});
    question.extra = {lamps: "3", since: ""};
    resetDetails(question);
    expect(question.extra).toEqual({});
    expect(question.complained.id).toBe(5);
});

test("consent to an oral answer goes along with the answer only", () => {
    const question = {...newQuestion(), oralConsent: true};
    expect(detailValues(question, {isAnswer: false})).toEqual({});
    expect(detailValues(question, {isAnswer: true})).toEqual({oral_consent: true});
    resetDetails(question);
    expect(detailValues(question, {isAnswer: true})).toEqual({});
});

test("the time answered to a topic's own question is sent as it was, in any zone", () => {
    mockTimeZone(7);
    const question = newQuestion();
    applyTopic(question, {
        extra_questions: [
            {name: "when", type: "datetime"},
            {name: "day", type: "date"},
            {name: "route", type: "char"},
        ],
    });
    const written = "2026-11-23T10:20";
    question.extra = {when: written, day: "2026-11-23", route: written};
    expect(detailValues(question, {}).extra).toEqual({
        when: "2026-11-23 03:20:00",
        day: "2026-11-23",
        route: written,
    });
    question.extra = {when: "yesterday"};
    expect(detailValues(question, {}).extra).toEqual({when: "yesterday"});
});
