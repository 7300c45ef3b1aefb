// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {Deferred, tick} from "@odoo/hoot-mock";
import {makeCardStore} from "@gorod24_appeals/caller_card/card_store";
import {DraftStorage} from "@gorod24_appeals/caller_card/draft_storage";

describe.current.tags("headless");

const PERSON = {id: 3, name: "Anna", address: "Lenina, 54", building_id: 9, flat: "12"};
const PREVIEW = {needs_referral: true, alternatives: [], due: []};

let answers, calls, cells, shared;

function makeStore() {
    const memory = {
        getItem: (name) => cells[name] ?? null,
        setItem: (name, value) => (cells[name] = value),
    };
    const storage = new DraftStorage(2, memory, memory);
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
        form_options: {kinds: [], author_types: [], channels: []},
        my_drafts: [],
        save_draft: {status: "kept", version: 1},
        similar: {repeat: null, recurrence: null, duplicates: []},
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

test("another card can be begun: the words of this one stay unfinished", async () => {
    const card = makeStore();
    await card.open({call_id: 7, number: "1"});
    card.setQuestionField(card.question, "text", "Cold");
    const {uid} = card.draft;
    card.startNew();
    expect(card.question.text).toBe("");
    expect(card.otherDrafts.map((draft) => draft.uid)).toEqual([uid]);
    await card.openDraft(uid);
    expect(card.question.text).toBe("Cold");
    expect(card.restored).toBe(true);
});

test("a browser that died: the draft of this very call comes from the server", async () => {
    answers.my_drafts = [{uid: "lost", key: "call:7", title: "Cold"}];
    answers.take = {
        payload: {
            uid: "lost",
            key: "call:7",
            params: {call_id: 7},
            questions: [{text: "Cold"}],
        },
        version: 3,
    };
    const card = makeStore();
    await card.open({call_id: 7, number: "1"});
    expect(card.question.text).toBe("Cold");
    expect(card.draft.uid).toBe("lost");
    expect(card.draft.version).toBe(3);
});

test("a draft of another call is only offered", async () => {
    answers.my_drafts = [{uid: "lost", key: "call:5", title: "Cold"}];
    const card = makeStore();
    await card.open({call_id: 7, number: "1"});
    expect(card.question.text).toBe("");
    expect(card.otherDrafts[0].title).toBe("Cold");
    await card.discardDraft("lost");
    expect(card.otherDrafts).toHaveLength(0);
    expect(calls.at(-1)).toEqual({
        method: "discard",
        args: ["lost"],
        kwargs: undefined,
    });
});

test("the same trouble is looked for once, and joined with one move", async () => {
    const item = {
        id: 77,
        name: "26-1/1",
        topic_id: 5,
        topic: "heating",
        can_join: true,
    };
    answers.similar = {repeat: null, recurrence: item, duplicates: [item]};
    const card = makeStore();
    await card.open({call_id: 7, number: "1"});
    card.setTopic(card.question, {topic_id: 5, name: "heating"});
    await tick();
    card.refreshSimilar(card.question);
    await tick();
    const asked = calls.filter((call) => call.method === "similar");
    expect(asked).toHaveLength(1);
    expect(asked[0].kwargs.building_id).toBe(9);
    expect(card.similarOf(card.question).duplicates).toHaveLength(1);
    card.join(card.question, item);
    expect(card.question.join.id).toBe(77);
    expect(await card.save()).toBe(true);
    const sent = calls.find((call) => call.method === "register");
    expect(sent.args[0].questions[0].join_id).toBe(77);
    expect(card.saved.questions[0].joined.name).toBe("26-1/1");
});

test("a refusal of the server stands at its field", async () => {
    const card = makeStore();
    await card.open({call_id: 7, number: "1"});
    card.setTopic(card.question, {topic_id: 5, name: "heating"});
    const refusal = new Error("write the price");
    refusal.data = {context: {card_field: "price", card_question: 1}};
    answers.register = () => Promise.reject(refusal);
    expect(await card.save()).toBe(false);
    expect(card.lackAt(["price"], card.question)).toBe("write the price");
    expect(card.lackAt(["visit"], card.question)).toBe("");
    card.setQuestionField(card.question, "price", "5");
    expect(card.lackAt(["price"], card.question)).toBe("");
});
