// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";
import {makeCardStore} from "@gorod24_appeals/caller_card/card_store";
import {DraftStorage} from "@gorod24_appeals/caller_card/draft_storage";

describe.current.tags("headless");

const PERSON = {id: 3, name: "Anna", address: "Lenina, 54", building_id: 9, flat: "12"};
const PREVIEW = {needs_referral: true, alternatives: [], due: []};

let answers, calls, cells, shared;

function makeStore() {
    const storage = new DraftStorage(2, {
        getItem: (name) => cells[name] ?? null,
        setItem: (name, value) => (cells[name] = value),
    });
    const orm = {
        call(model, method, args, kwargs) {
            calls.push({method, args, kwargs});
            const answer = answers[method];
            return typeof answer === "function"
                ? answer(args, kwargs)
                : Promise.resolve(answer);
        },
    };
    return makeCardStore({orm, storage, shared});
}

beforeEach(() => {
    calls = [];
    cells = {};
    shared = {dirty: false, callId: false};
    answers = {
        load: {number: "+73852123456", persons: [PERSON], history: []},
        fields_get: {kind: {selection: []}},
        preview: PREVIEW,
        history_for: {history: [{id: 1}]},
        register: {
            appeal_id: 1,
            number: "2026-1",
            questions: [{id: 1, name: "2026-1/1"}],
        },
    };
});

test("the only person of a number is taken, several wait for the operator", async () => {
    const card = makeStore();
    await card.open({call_id: 7, number: "123456"});
    expect(card.draft.person.id).toBe(3);
    expect(card.draft.place.building_id).toBe(9);
    expect(shared.dirty).toBe(false);
    answers.load = {number: "+7", persons: [PERSON, {...PERSON, id: 4}]};
    const other = makeStore();
    await other.open({number: "+7"});
    expect(other.draft.person.mode).toBe("unknown");
    await other.choosePerson(other.info.persons[1]);
    expect(other.draft.person.id).toBe(4);
    expect(other.history).toHaveLength(1);
    expect(shared.dirty).toBe(true);
});

test("a failed look-up says so, and what was typed stays", async () => {
    const card = makeStore();
    answers.load = () => Promise.reject(new Error("no server"));
    await card.open({call_id: 7, number: "123456"});
    expect(card.loadError).toBe("no server");
    card.setQuestionField(card.question, "text", "Cold");
    answers.load = {number: "+7", persons: []};
    await card.load();
    expect(card.loadError).toBe("");
    expect(card.question.text).toBe("Cold");
});

test("a refresh goes on with the draft", async () => {
    const card = makeStore();
    await card.open({call_id: 7, number: "123456"});
    card.setQuestionField(card.question, "text", "Cold");
    const again = makeStore();
    await again.open({call_id: 7});
    expect(again.question.text).toBe("Cold");
    expect(shared.dirty).toBe(true);
});

test("the preview of the newest topic wins", async () => {
    const card = makeStore();
    await card.open({number: "1"});
    const slow = new Deferred();
    answers.preview = ([topicId]) => (topicId === 1 ? slow : Promise.resolve(PREVIEW));
    card.setTopic(card.question, {topic_id: 1, name: "slow"});
    card.setTopic(card.question, {topic_id: 2, name: "quick"});
    slow.resolve({...PREVIEW, needs_referral: false});
    await slow;
    await Promise.resolve();
    expect(card.question.mode).toBe("send");
});

test("a reference question proposes to answer now", async () => {
    const card = makeStore();
    await card.open({number: "1"});
    answers.preview = {...PREVIEW, needs_referral: false};
    card.setTopic(card.question, {topic_id: 1, name: "timetable"});
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(card.question.mode).toBe("answer");
});

test("saving: gaps are named, an error keeps the draft, success clears it", async () => {
    const card = makeStore();
    await card.open({call_id: 7, number: "1"});
    expect(await card.save()).toBe(false);
    expect(card.problems.map((problem) => problem.code)).toEqual(["text"]);
    card.setTopic(card.question, {topic_id: 1, name: "heating"});
    answers.register = () => Promise.reject(new Error("name the place"));
    expect(await card.save()).toBe(false);
    expect(card.error).toBe("name the place");
    expect(card.storage.get("call:7").questions[0].topic.topic_id).toBe(1);
    answers.register = {appeal_id: 1, number: "2026-1", questions: [{id: 1}]};
    expect(await card.save()).toBe(true);
    expect(card.saved.number).toBe("2026-1");
    expect(card.storage.get("call:7")).toBe(null);
    expect(shared.dirty).toBe(false);
});

test("what the directory has no record for goes to the question in words", async () => {
    const card = makeStore();
    await card.open({number: "1"});
    const crossing = {label: "Popova", address_id: 7, place_note: "crosses Malakhova"};
    card.pickPlace(card.draft, crossing);
    expect(card.draft.place.address_id).toBe(7);
    expect(card.question.placeNote).toBe("crosses Malakhova");

    card.pickPlace(card.draft, {...crossing, place_note: "lamp post 12"});
    expect(card.question.placeNote).toBe("crosses Malakhova");
});
