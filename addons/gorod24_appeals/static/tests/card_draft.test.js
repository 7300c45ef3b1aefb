// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {
    applyPerson,
    draftKey,
    MODE_ANSWER,
    newDraft,
    newQuestion,
    PERSON_NEW,
    problemsOf,
    valuesOf,
} from "@gorod24_appeals/caller_card/card_draft";
import {DraftStorage} from "@gorod24_appeals/caller_card/draft_storage";

describe.current.tags("headless");

const HEATING = {topic_id: 5, name: "No heating"};

function filledDraft() {
    const draft = newDraft({number: "+73852123456", call_id: 7});
    applyPerson(draft, {id: 3, address: "Lenina, 54", building_id: 9, flat: "12"});
    Object.assign(draft.questions[0], {text: "Cold since morning", topic: HEATING});
    return draft;
}

function codes(draft) {
    return problemsOf(draft).map((problem) => problem.code);
}

test("a draft belongs to its call, else to its number, else to nobody", () => {
    expect(draftKey({call_id: 7, number: "+7"})).toBe("call:7");
    expect(draftKey({number: "+7"})).toBe("number:+7");
    expect(draftKey({})).toBe("manual");
});

test("a filled draft has no problems and becomes the server's values", () => {
    const draft = filledDraft();
    expect(codes(draft)).toEqual([]);
    const values = valuesOf(draft);
    expect(values.partner_id).toBe(3);
    expect(values.call_id).toBe(7);
    expect(values.building_id).toBe(9);
    expect(values.questions).toHaveLength(1);
    expect(values.questions[0].text).toBe("Cold since morning");
    expect(values.questions[0].building_id).toBe(9);
});

test("each gap has its own name", () => {
    expect(codes(newDraft())).toEqual(["person", "text"]);
    const draft = filledDraft();
    draft.questions[0].topic = null;
    expect(codes(draft)).toEqual(["topic"]);
    Object.assign(draft.questions[0], {topic: HEATING, mode: MODE_ANSWER});
    expect(codes(draft)).toEqual(["answer"]);
    Object.assign(draft.questions[0], {mode: "send"});
    draft.place = {text: "", building_id: false, address_id: false};
    expect(codes(draft)).toEqual(["place"]);
});

test("a place missing in the directory still goes along as words", () => {
    const draft = filledDraft();
    draft.person = {mode: PERSON_NEW, id: false};
    draft.place = {
        text: "the pond behind the school",
        building_id: false,
        address_id: false,
    };
    expect(codes(draft)).toEqual([]);
    const [question] = valuesOf(draft).questions;
    expect(question.place_note).toBe("the pond behind the school");
});

test("a further question nobody began is left out", () => {
    const draft = filledDraft();
    draft.questions.push(newQuestion());
    expect(codes(draft)).toEqual([]);
    expect(valuesOf(draft).questions).toHaveLength(1);
});

test("an answer given in the call goes without a participant", () => {
    const draft = filledDraft();
    Object.assign(draft.questions[0], {
        mode: MODE_ANSWER,
        answerText: " At 22:40 ",
        choice: {participant_id: 4},
    });
    const [question] = valuesOf(draft).questions;
    expect(question.answer_text).toBe("At 22:40");
    expect("participant_id" in question).toBe(false);
});

test("drafts survive in the tab, for their user only", () => {
    const cells = {};
    const storage = {
        getItem: (name) => cells[name] ?? null,
        setItem: (name, value) => (cells[name] = value),
    };
    const mine = new DraftStorage(2, storage);
    mine.put({...filledDraft(), touched: true});
    expect(new DraftStorage(2, storage).get("call:7").questions[0].text).toBe(
        "Cold since morning"
    );
    expect(new DraftStorage(3, storage).get("call:7")).toBe(null);
    expect(mine.others("call:7")).toHaveLength(0);
    expect(mine.others("manual")).toHaveLength(1);
    mine.drop("call:7");
    expect(mine.get("call:7")).toBe(null);
});

test("a broken store is an empty store", () => {
    const storage = {getItem: () => "{not json", setItem: () => {}};
    expect(new DraftStorage(2, storage).newest()).toBe(null);
});
