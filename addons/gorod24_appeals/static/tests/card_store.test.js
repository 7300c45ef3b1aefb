// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, Deferred, tick} from "@odoo/hoot-mock";
import {allowTranslations} from "@web/../tests/web_test_helpers";
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

test("a number looked up and left goes on with its person, not with another", async () => {
    const card = makeStore();
    await card.open({});
    card.setField("number", "123456");
    await card.lookUpNumber();
    expect(card.draft.person.id).toBe(3);
    const again = makeStore();
    await again.open({});
    expect(again.draft.person).toEqual({mode: "known", id: 3});
    expect(again.draft.place.building_id).toBe(9);

    const slow = new Deferred();
    answers.load = () => slow;
    again.setField("number", "654321");
    again.lookUpNumber();
    answers.load = {number: "+73852654321", persons: [{...PERSON, id: 8}]};
    const third = makeStore();
    await third.open({});
    expect(third.draft.person.id).toBe(8, {message: "left before the answer came"});
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

test("a house typed in words is asked about once it is typed", async () => {
    const card = makeStore();
    await card.open({number: "1"});
    card.setTopic(card.question, {topic_id: 1, name: "water"});
    const asked = () => calls.filter(({method}) => method === "preview");
    // The first key gives the found house up, which is asked about by itself.
    card.typePlace(card.draft, "S");
    const before = asked().length;
    card.typePlace(card.draft, "Solnechnaya 94/7");
    card.setQuestionField(card.question, "placeNote", "entrance 2");
    card.settlePlace();
    card.settlePlace();
    expect(asked()).toHaveLength(before + 1);
    expect(asked().at(-1).kwargs.place_note).toBe("Solnechnaya 94/7; entrance 2");

    card.pickPlace(card.draft, {label: "Lenina, 54", building_id: 9});
    card.setQuestionField(card.question, "placeNote", "entrance 3");
    card.settlePlace();
    expect(asked()).toHaveLength(before + 2);
    expect(asked().at(-1).kwargs.place_note).toBe("");
});

test("another address typed over the found one: its participant goes at once", async () => {
    const card = makeStore();
    await card.open({number: "1"});
    card.setTopic(card.question, {topic_id: 1, name: "water"});
    await tick();
    const asked = () => calls.filter(({method}) => method === "preview");
    const before = asked().length;
    expect(asked().at(-1).kwargs.building_id).toBe(9);
    card.typePlace(card.draft, "L");
    card.typePlace(card.draft, "Le");
    expect(asked()).toHaveLength(before + 1);
    expect(asked().at(-1).kwargs.building_id).toBe(null);
    expect(card.previewOf(card.question).loading).toBe(true);
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

async function readyCard() {
    const card = makeStore();
    await card.open({call_id: 7, number: "1"});
    card.setQuestionField(card.question, "text", "Cold");
    card.setTopic(card.question, {topic_id: 5, name: "heating"});
    await tick();
    return card;
}

function sentTo(method) {
    return calls.filter((call) => call.method === method).map(({args}) => args[0]);
}

test("words added after a lost answer go on as another card", async () => {
    const card = await readyCard();
    const {uid} = card.draft;
    answers.register = () => Promise.reject(new Error("no connection"));
    expect(await card.save()).toBe(false);
    card.addQuestion();
    card.setQuestionField(card.question, "text", "The lift stands");
    card.setTopic(card.question, {topic_id: 6, name: "lift"});

    const refusal = new Error("registered already");
    refusal.data = {context: {card_saved: {appeal_id: 1, number: "26-1"}}};
    answers.register = () => Promise.reject(refusal);
    expect(await card.save()).toBe(false);
    expect(card.saved).toBe(null);
    expect(card.draft.former).toEqual({appeal_id: 1, number: "26-1"});
    expect(card.draft.uid).not.toBe(uid);
    expect(card.draft.questions.map(({text}) => text)).toEqual([
        "Cold",
        "The lift stands",
    ]);
    expect(shared.dirty).toBe(true);
    // Kept under the new name, here and on the server; nothing stays under the old.
    await tick();
    expect(card.storage.get("call:7").uid).toBe(card.draft.uid);
    expect(sentTo("save_draft").at(-1).uid).toBe(card.draft.uid);
    expect(card.sync.status).toBe("kept");

    card.removeQuestion(0);
    answers.register = {appeal_id: 2, number: "26-2", questions: [{id: 2}]};
    expect(await card.save()).toBe(true);
    const [further] = sentTo("register").slice(-1);
    expect(further.uid).not.toBe(uid);
    expect(further.questions.map(({text}) => text)).toEqual(["The lift stands"]);
});

test("the person the appeal before has made is not made once more", async () => {
    answers.load = {number: "+71", persons: []};
    const card = await readyCard();
    card.setField("personName", "anna ");
    card.setQuestionField(card.question, "placeNote", "entrance 3");
    expect(card.draft.person.mode).toBe("new");
    const refusal = new Error("registered already");
    refusal.data = {context: {card_saved: {appeal_id: 1, number: "26-1"}}};
    answers.register = () => Promise.reject(refusal);
    answers.load = {number: "+71", persons: [PERSON], history: [{id: 1}]};
    expect(await card.save()).toBe(false);
    expect(card.draft.person).toEqual({mode: "known", id: 3});
    expect(card.history).toHaveLength(1);
    expect(card.question.placeNote).toBe("entrance 3");
});

test("a card finished in another window goes on under a new name", async () => {
    const card = await readyCard();
    const {uid} = card.draft;
    answers.save_draft = ([values]) =>
        values.uid === uid
            ? {status: "saved", version: 1, number: "26-1", appeal_id: 1}
            : {status: "kept", version: 1};
    card.setQuestionField(card.question, "text", "Cold, and the lift stands");
    await advanceTime(1300);
    expect(card.sync.status).toBe("saved");
    card.moveOn();
    await tick();
    expect(card.sync.status).toBe("kept");
    expect(card.draft.former.number).toBe("26-1");
    expect(card.question.text).toBe("Cold, and the lift stands");
    expect(card.storage.unsent()).toHaveLength(0);
});

test("while the card is being registered nothing on it changes", async () => {
    const card = await readyCard();
    const {uid} = card.draft;
    const slow = new Deferred();
    answers.register = () => slow;
    const saving = card.save();
    await tick();
    card.setQuestionField(card.question, "text", "Cold and dark");
    card.addQuestion();
    card.startNew();
    await card.openDraft("another");
    expect(card.draft.uid).toBe(uid);
    expect(card.draft.questions.map(({text}) => text)).toEqual(["Cold"]);
    slow.reject(new Error("no connection"));
    await saving;
    card.setQuestionField(card.question, "text", "Cold and dark");
    expect(card.question.text).toBe("Cold and dark");
});

test("registering waits for the draft on its way: no ghost of it stays", async () => {
    const card = await readyCard();
    const slow = new Deferred();
    answers.save_draft = () => slow;
    await advanceTime(1300);
    const saving = card.save();
    await tick();
    expect(sentTo("save_draft")).toHaveLength(1);
    expect(sentTo("register")).toHaveLength(0);
    slow.resolve({status: "kept", version: 1});
    expect(await saving).toBe(true);
    expect(sentTo("register")).toHaveLength(1);
});

test("a quick registration is followed by no draft", async () => {
    const card = await readyCard();
    expect(await card.save()).toBe(true);
    await advanceTime(6000);
    expect(sentTo("save_draft")).toHaveLength(0);
    expect(card.storage.unsent()).toHaveLength(0);
});

test("an answer about the former caller never reaches the next card", async () => {
    const slow = new Deferred();
    answers.load = () => slow;
    const card = makeStore();
    const opening = card.open({number: "123456"});
    await tick();
    card.startNew();
    slow.resolve({number: "+73852123456", persons: [PERSON], history: [{id: 1}]});
    await opening;
    expect(card.draft.number).toBe("");
    expect(card.draft.person.id).toBe(false);
    expect(card.info.persons).toHaveLength(0);
    expect(card.history).toHaveLength(0);
    expect(card.loading).toBe(false);
});

test("nor does it reach a draft without a number, or a number taken back", async () => {
    answers.take = {
        payload: {uid: "paper", key: "manual", questions: [{text: "Cold"}]},
        version: 3,
    };
    const card = makeStore();
    await card.open({});
    const slow = new Deferred();
    answers.load = () => slow;
    card.setField("number", "123456");
    const first = card.lookUpNumber();
    await card.openDraft("paper");
    slow.resolve({number: "+73852123456", persons: [PERSON]});
    await first;
    expect(card.draft.uid).toBe("paper");
    expect(card.draft.number).toBe("");
    expect(card.draft.person.id).toBe(false);

    const second = new Deferred();
    answers.load = () => second;
    card.setField("number", "123456");
    const asked = card.lookUpNumber();
    card.setField("number", "");
    await card.lookUpNumber();
    second.resolve({number: "+73852123456", persons: [PERSON]});
    await asked;
    expect(card.draft.number).toBe("");
    expect(card.loading).toBe(false);
});

test("a person chosen while the number is looked up: both answers arrive", async () => {
    const card = makeStore();
    await card.open({number: "1"});
    const slow = new Deferred();
    answers.load = () => slow;
    const loading = card.load();
    await card.choosePerson(PERSON);
    expect(card.loading).toBe(true);
    slow.resolve({number: "+7", persons: [PERSON], history: [{id: 8}, {id: 9}]});
    await loading;
    expect(card.loading).toBe(false);
    expect(card.draft.number).toBe("+7");
    expect(card.history).toEqual([{id: 1}]);
});

test("what was noted before the question was joined goes along", async () => {
    allowTranslations();
    answers.preview = {
        ...PREVIEW,
        extra_questions: [
            {name: "floor", label: "Floor", type: "char"},
            {
                name: "smell",
                label: "Smell",
                type: "selection",
                options: [["gas", "of gas"]],
            },
            {name: "empty", label: "Nothing", type: "char"},
        ],
    };
    const card = await readyCard();
    const {question} = card;
    card.setQuestionField(question, "placeNote", "entrance 3");
    card.setQuestionField(question, "extra", {floor: "5", smell: "gas", empty: " "});
    card.setQuestionField(question, "answerText", "Close the tap");
    card.join(question, {id: 77, name: "26-1/1", topic_id: 5, topic: "heating"});
    expect(await card.save()).toBe(true);
    const [{questions}] = sentTo("register");
    expect(questions[0].place_note).toBe("entrance 3");
    expect(questions[0].text).toBe(
        "Cold\nFloor: 5\nSmell: of gas\nTold in the call: Close the tap"
    );
});

test("a result told twice after a lost answer is named once", async () => {
    const card = makeStore();
    await card.open({number: "1"});
    const item = {id: 4};
    answers.record_attempt = () => Promise.reject(new Error("no connection"));
    await card.recordInformed(item, "yes", "");
    answers.record_attempt = {state: "done"};
    await card.recordInformed(item, "yes", "");
    const [first, second] = calls.filter(({method}) => method === "record_attempt");
    expect(first.kwargs.call_uid).toMatch(/.{8,}/);
    expect(second.kwargs).toEqual(first.kwargs);
    expect(item.recorded).toBe("yes");
});

test("not fixed is recorded with the citizen's words only", async () => {
    allowTranslations();
    const card = makeStore();
    await card.open({number: "1"});
    const item = {id: 4};
    answers.record_attempt = {state: "done"};
    expect(await card.recordInformed(item, "no", "")).toBe(null);
    expect(card.error).toInclude("what is still wrong");
    expect(calls.some(({method}) => method === "record_attempt")).toBe(false);
    await card.recordInformed(item, "no", "It leaks");
    expect(item.recorded).toBe("no");
});

test("what did not help goes to a participant, on a topic of reference too", async () => {
    answers.preview = {...PREVIEW, needs_referral: false};
    const card = makeStore();
    await card.open({call_id: 7, number: "123456"});
    card.setTopic(card.question, {topic_id: 6, name: "Hours", settled_in_call: true});
    expect(card.question.mode).toBe("answer");
    card.take(card.question, {key: "answer", id: 3, text: "Till six."});
    card.setHelped(card.question, "no");
    expect(card.question.mode).toBe("send");
    await card.refreshPreview(card.question);
    expect(card.question.mode).toBe("send");
    await card.save();
    const [values] = calls.find(({method}) => method === "register").args;
    expect(values.questions[0].send).toBe(true);
    expect(values.questions[0].helped).toBe("no");
    expect("answer_text" in values.questions[0]).toBe(false);
});

test("another answer is asked anew whether it helped", async () => {
    const card = makeStore();
    await card.open({call_id: 7, number: "123456"});
    card.setTopic(card.question, {topic_id: 5, name: "Cold", settled_in_call: false});
    card.take(card.question, {key: "answer", id: 3, text: "Till six."});
    card.setHelped(card.question, "no");
    card.setMode(card.question, "answer");
    expect(card.question.helped).toBe("");
});

test("outside the hours a question is an emergency, unless it is said to be none", async () => {
    answers.load = {...answers.load, out_of_hours: true, opens_at: "08:00"};
    const card = makeStore();
    await card.open({call_id: 7, number: "123456"});
    card.setTopic(card.question, {topic_id: 5, name: "Cold"});
    expect(card.question.emergency).toBe(true);
    card.setTopic(card.question, {topic_id: 6, name: "Hours", settled_in_call: true});
    expect(card.question.emergency).toBe(false);
    card.setTopic(card.question, {topic_id: 5, name: "Cold"});
    expect(card.question.emergency).toBe(true);
    card.setEmergency(card.question, false);
    card.setTopic(card.question, {topic_id: 8, name: "Yard"});
    expect(card.question.emergency).toBe(false);
    card.addQuestion();
    card.setTopic(card.question, {topic_id: 5, name: "Cold"});
    expect(card.question.emergency).toBe(true);
});

test("by day, and from a paper blank, nothing is marked by itself", async () => {
    const card = makeStore();
    await card.open({call_id: 7, number: "123456"});
    card.setTopic(card.question, {topic_id: 5, name: "Cold"});
    expect(card.question.emergency).toBe(false);
    answers.load = {...answers.load, out_of_hours: true, opens_at: "08:00"};
    const paper = makeStore();
    await paper.open({number: "123456", paper: {blank_serial: "B-1"}});
    paper.setTopic(paper.question, {topic_id: 5, name: "Cold"});
    expect(paper.question.emergency).toBe(false);
});

test("a number corrected while the former one is looked up stays as typed", async () => {
    const card = makeStore();
    await card.open({});
    const slow = new Deferred();
    answers.load = () => slow;
    card.setField("number", "123456");
    const asked = card.lookUpNumber();
    card.setField("number", "1234");
    slow.resolve({number: "+73852123456", persons: [PERSON], history: [{id: 1}]});
    await asked;
    expect(card.draft.number).toBe("1234");
    expect(card.draft.person.id).toBe(false);
    expect(card.history).toHaveLength(0);
    expect(card.loading).toBe(false);
    expect(card.isNumberOpen).toBe(true);

    answers.load = {number: "+73852123478", persons: [{...PERSON, id: 8}]};
    card.setField("number", "123478");
    await card.lookUpNumber();
    expect(card.draft.person.id).toBe(8);
    expect(card.isNumberOpen).toBe(false);
});

test("how to find the caller, typed before he is chosen, is not replaced", async () => {
    const stored = {...PERSON, address_note: "code 12"};
    answers.load = {number: "+7", persons: [stored, {...stored, id: 4}]};
    const card = makeStore();
    await card.open({number: "+7"});
    card.setField("addressNote", "intercom 45K, second entrance");
    card.setField("flat", "45");
    await card.choosePerson(card.info.persons[0]);
    expect(card.draft.place.building_id).toBe(9);
    expect(card.draft.flat).toBe("45");
    expect(card.draft.addressNote).toBe("intercom 45K, second entrance");

    // Another of them is meant: the first one's data do not stay.
    card.setField("addressNote", "code 12");
    await card.choosePerson({...card.info.persons[1], flat: "7", address_note: ""});
    expect(card.draft.flat).toBe("7");
    expect(card.draft.addressNote).toBe("");
});

test("a corrected number takes the address of the wrong person away", async () => {
    const card = makeStore();
    await card.open({});
    card.setField("number", "123456");
    await card.lookUpNumber();
    card.setField("addressNote", "second entrance");
    const other = {id: 8, name: "Boris", address: "Popova, 1", building_id: 5};
    answers.load = {number: "+73852654321", persons: [{...other, flat: "3"}]};
    card.setField("number", "654321");
    await card.lookUpNumber();
    expect(card.draft.person.id).toBe(8);
    expect(card.draft.place.building_id).toBe(5);
    expect(card.draft.flat).toBe("3");
    expect(card.draft.addressNote).toBe("second entrance");
});

test("a further page of the history is added once, to its own person", async () => {
    const rows = Array.from({length: 20}, (_, id) => ({id, question_id: id + 1}));
    answers.load = {number: "+7", persons: [PERSON, {...PERSON, id: 4}]};
    answers.history_for = {history: rows};
    const card = makeStore();
    await card.open({number: "+7"});
    await card.choosePerson(card.info.persons[0]);
    let slow = new Deferred();
    answers.history_page = () => slow;
    const page = {rows: [{id: 30, question_id: 31}], has_more: true};
    const asked = [card.loadMoreHistory(), card.loadMoreHistory()];
    expect(card.historyAsked).toBe(true);
    slow.resolve(page);
    await Promise.all(asked);
    expect(card.history).toHaveLength(21);

    slow = new Deferred();
    const late = card.loadMoreHistory();
    await card.choosePerson(card.info.persons[1]);
    slow.resolve(page);
    await late;
    expect(card.history).toHaveLength(20);
    expect(card.historyAsked).toBe(false);
});

test("a card that is left tells nothing about the one shown next", async () => {
    const card = makeStore();
    await card.open({});
    const slow = new Deferred();
    answers.load = () => slow;
    card.setField("number", "123456");
    const asked = card.lookUpNumber();
    const drafts = new Deferred();
    answers.my_drafts = () => drafts;
    const listing = card.loadDrafts();
    await card.leave();
    shared.dirty = false;
    shared.callId = 8;
    slow.resolve({number: "+73852123456", persons: [PERSON]});
    drafts.resolve([{uid: "lost", key: "manual", title: "Cold"}]);
    await asked;
    await listing;
    expect(card.storage.newest().person.id).toBe(false);
    card.edit(() => {});
    expect(shared).toEqual({dirty: false, callId: 8});
});
