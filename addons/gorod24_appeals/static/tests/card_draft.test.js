// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
    applyPerson,
    draftKey,
    hasWords,
    MODE_ANSWER,
    newDraft,
    newQuestion,
    PERSON_NEW,
    problemsOf,
    restoreDraft,
    titleOf,
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

function memory(cells = {}) {
    return {
        getItem: (name) => cells[name] ?? null,
        setItem: (name, value) => (cells[name] = value),
    };
}

test("drafts survive in the tab, for their user only", () => {
    const tab = memory();
    const mine = new DraftStorage(2, tab, memory());
    const draft = {...filledDraft(), touched: true};
    mine.put(draft);
    const again = new DraftStorage(2, tab, memory());
    expect(again.get("call:7").questions[0].text).toBe("Cold since morning");
    expect(new DraftStorage(3, tab, memory()).get("call:7")).toBe(null);
    expect(mine.others(draft.uid)).toHaveLength(0);
    expect(mine.others("another")).toHaveLength(1);
    mine.drop(draft.uid);
    expect(mine.get("call:7")).toBe(null);
});

test("what the server has not got outlives the browser, then is forgotten", () => {
    const lasting = memory();
    const draft = {...filledDraft(), touched: true};
    new DraftStorage(2, memory(), lasting).putUnsent(draft);
    const reborn = new DraftStorage(2, memory(), lasting);
    expect(reborn.unsent()[0].uid).toBe(draft.uid);
    reborn.dropUnsent(draft.uid);
    expect(reborn.unsent()).toHaveLength(0);
});

test("a broken store is an empty store", () => {
    const storage = {getItem: () => "{not json", setItem: () => {}};
    expect(new DraftStorage(2, storage, storage).newest()).toBe(null);
    expect(new DraftStorage(2, storage, storage).unsent()).toHaveLength(0);
});

test("a draft of an older edition gets what it lacks", () => {
    const old = {key: "manual", uid: "old", questions: [{uid: "q", text: "Cold"}]};
    const draft = restoreDraft(old);
    expect(draft.questions[0].text).toBe("Cold");
    expect(draft.questions[0].join).toBe(null);
    expect(draft.authorType).toBe("individual");
    expect(draft.place.building_id).toBe(false);
    expect(restoreDraft({}).questions).toHaveLength(1);
});

test("a number looked up and left alone is nothing to keep", () => {
    const draft = newDraft({number: "+73852123456"});
    expect(hasWords(draft)).toBe(false);
    expect(hasWords({...draft, personName: "Anna"})).toBe(true);
    draft.questions[0].text = "Cold";
    expect(hasWords(draft)).toBe(true);
});

test("the title tells drafts apart", () => {
    const draft = filledDraft();
    draft.questions[0].text = "  Cold\n since  morning ";
    expect(titleOf(draft)).toBe("+73852123456, Cold since morning");
    draft.written = {of: "+73852123456", text: "+7 3852 12-34-56"};
    expect(titleOf(draft)).toBe("+7 3852 12-34-56, Cold since morning");
    draft.number = "+79132000000";
    expect(titleOf(draft)).toBe("+79132000000, Cold since morning");
});

test("an author who is not one person is asked for more", () => {
    const draft = {...filledDraft(), authorType: "collective", peopleCount: "1"};
    expect(codes(draft)).toEqual(["people"]);
    draft.peopleCount = "12";
    expect(codes(draft)).toEqual([]);
    expect(valuesOf(draft).people_count).toBe(12);
    Object.assign(draft, {authorType: "organisation", onBehalf: true});
    expect(codes(draft)).toEqual(["organisation", "represented"]);
    draft.organisation = {id: false, name: "School 1"};
    draft.represented = "Maria";
    const values = valuesOf(draft);
    expect(values.organisation_name).toBe("School 1");
    expect(values.on_behalf).toBe(true);
    expect(values.represented_name).toBe("Maria");
    expect(values.represented_id).toBe(false);
    draft.representedId = 7;
    expect(valuesOf(draft).represented_id).toBe(7);
});

test("a paid request sends what was agreed, others never do", () => {
    const draft = filledDraft();
    Object.assign(draft.questions[0], {price: " 500 ", visitAt: "2026-12-01T15:00"});
    expect(valuesOf(draft).questions[0].price_agreed).toBe(undefined);
    draft.paid = true;
    const [question] = valuesOf(draft).questions;
    expect(question.price_agreed).toBe("500");
    expect(question.visit_agreed_at).toMatch(/^2026-1[12]-\d\d \d\d:00:00$/);
});

test("a contact that joins a question needs no place and no answer", () => {
    const draft = filledDraft();
    draft.place = {text: "", building_id: false, address_id: false};
    draft.questions[0].join = {id: 77, name: "26-1/1"};
    expect(codes(draft)).toEqual([]);
    expect(valuesOf(draft).questions[0]).toEqual({
        join_id: 77,
        topic_id: 5,
        text: "Cold since morning",
        place_note: "",
    });
});

test("what else a contact joins is named by its values, and the place is kept", () => {
    const draft = filledDraft();
    draft.place = {text: "Popova, 54", building_id: 54, address_id: false};
    draft.questions[0].join = {id: 5, name: "N-5", values: {notice_id: 5}};
    expect(codes(draft)).toEqual([]);
    const [question] = valuesOf(draft).questions;
    expect(question.notice_id).toBe(5);
    expect(question.building_id).toBe(54);
    expect("join_id" in question).toBe(false);
});

test("a contact that joins a question keeps all that was typed beside it", () => {
    const draft = {...filledDraft(), kind: "complaint", paid: true};
    draft.place = {text: "behind the school", building_id: false, address_id: false};
    Object.assign(draft.questions[0], {
        join: {id: 77, name: "26-1/1"},
        joinWords: ["Floor: 5"],
        placeNote: "entrance 3",
        complained: {id: 9},
        price: "500",
    });
    const [question] = valuesOf(draft).questions;
    expect(question.text).toBe("Cold since morning\nFloor: 5");
    expect(question.place_note).toBe("behind the school; entrance 3");
    expect(question.complained_id).toBe(9);
    expect(question.price_agreed).toBe("500");
});

test("what was told in the call goes along when the question is sent after all", () => {
    allowTranslations();
    const draft = filledDraft();
    const [question] = draft.questions;
    question.answerText = " Close the tap ";
    const textOf = () => valuesOf(draft).questions[0].text;
    expect(textOf()).toBe("Cold since morning\nTold in the call: Close the tap");
    expect("answer_text" in valuesOf(draft).questions[0]).toBe(false);

    question.told = {key: "answer", id: 3, text: "Close the tap"};
    expect(textOf()).toInclude("Close the tap", {message: "not named by a number"});
    question.helped = "no";
    expect(textOf()).toBe("Cold since morning");
    question.answerText = "The master is warned.\nClose the tap";
    expect(textOf()).toInclude("The master is warned.");
});
