// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {DeskMarks} from "@gorod24_appeals/informing/desk_marks";
import {makeDeskStore} from "@gorod24_appeals/informing/desk_store";

describe.current.tags("headless");

const ANNA = {
    phone: "+71",
    phone_display: "1",
    partner: {id: 3, name: "Anna"},
    items: [{id: 10}, {id: 11}],
};
const ROW = {phone: "+71", partner_id: 3};

let answers, calls, cells;

function makeDesk(userId = 2) {
    const storage = {
        getItem: (name) => cells[name] ?? null,
        setItem: (name, value) => (cells[name] = value),
    };
    const orm = {
        call(model, method, args, kwargs) {
            calls.push({method, args, kwargs});
            const answer = answers[method];
            return typeof answer === "function" ? answer() : Promise.resolve(answer);
        },
    };
    orm.silent = orm;
    return makeDeskStore({orm, kept: new DeskMarks(userId, storage)});
}

beforeEach(() => {
    calls = [];
    cells = {};
    answers = {
        queue: {rows: [ROW], needs_contact: []},
        take: ANNA,
        release: true,
        record_call: [{state: "done"}],
    };
});

test("what is marked or typed is noticed, an untouched citizen is not", async () => {
    const desk = makeDesk();
    await desk.takeRow(ROW);
    expect(desk.isMarkedOrTyped).toBe(false);
    desk.mark(desk.items[0], "yes");
    expect(desk.isMarkedOrTyped).toBe(true);
    await desk.takeRow(ROW);
    desk.markNotTold(desk.items[1]);
    expect(desk.isMarkedOrTyped).toBe(true);
    for (const name of ["note", "newPhone"]) {
        const other = makeDesk();
        await other.takeRow(ROW);
        other[name] = "8 913";
        expect(other.isMarkedOrTyped).toBe(true);
    }
});

test("marks and words come back with the citizen, under the same call", async () => {
    const desk = makeDesk();
    await desk.takeRow(ROW);
    desk.mark(desk.items[0], "no");
    desk.marks[10].note = "It leaks again";
    desk.note = "Hears badly";
    desk.recordOther("call_back");
    const promised = desk.callBackAt.toMillis();
    desk.keep();
    await desk.putAside();

    expect(makeDesk(3).kept.get(ROW)).toBe(null);
    const again = makeDesk();
    expect(again.kept.get(ROW)).not.toBe(null);
    await again.takeRow(ROW);
    expect(again.restored).toBe(true);
    expect(again.marks[10].note).toBe("It leaks again");
    expect(again.marks[10].satisfaction).toBe("no");
    expect(again.marks[11].told).toBe(true);
    expect(again.note).toBe("Hears badly");
    expect(again.callBackAt.toMillis()).toBe(promised);
    expect(again.askCallBack).toBe(true);
});

test("a record whose answer was lost is sent again under its name", async () => {
    const desk = makeDesk();
    await desk.takeRow(ROW);
    desk.note = "No answer at the door either";
    answers.record_call = () => Promise.reject(new Error("no connection"));
    expect(await desk.recordOther("no_answer")).toBe(false);
    desk.keep();

    const again = makeDesk();
    await again.takeRow(ROW);
    answers.record_call = [{state: "due"}];
    expect(await again.recordOther("no_answer")).toBe(true);
    const [first, second] = calls.filter(({method}) => method === "record_call");
    expect(second.kwargs.call_uid).toBe(first.kwargs.call_uid);
    expect(again.kept.get(ROW)).toBe(null);
});

test("what the operator throws away does not come back", async () => {
    const desk = makeDesk();
    await desk.takeRow(ROW);
    desk.mark(desk.items[0], "yes");
    desk.keep();
    const {callUid} = desk;
    desk.discard();
    await desk.putAside();
    await desk.takeRow(ROW);
    expect(desk.restored).toBe(false);
    expect(desk.isMarkedOrTyped).toBe(false);
    expect(desk.callUid).not.toBe(callUid);
});

test("a planned time is told and asks nothing, until the operator says otherwise", async () => {
    answers.take = {...ANNA, items: [{id: 10}, {id: 11, purpose: "plan"}]};
    const desk = makeDesk();
    await desk.takeRow(ROW);
    const [result, plan] = desk.items;
    expect(desk.isMarked(plan)).toBe(true);
    expect(desk.isMarkedOrTyped).toBe(false);
    desk.mark(plan, "no");
    expect(desk.marks[11].satisfaction).toBe("not_asked");
    desk.mark(result, "yes");
    await desk.recordReached();
    const {args} = calls.find(({method}) => method === "record_call");
    const said = Object.fromEntries(args[0].map((item) => [item.id, item]));
    expect(said[11].told).toBe(true);
    expect(said[11].satisfaction).toBe("not_asked");
    await desk.takeRow(ROW);
    desk.markNotTold(desk.items[1]);
    expect(desk.isMarkedOrTyped).toBe(true);
    expect(desk.isMarked(desk.items[1])).toBe(true);
});

test("organisations without person and number are told apart by their appeals", async () => {
    const nobody = {phone: "", phone_display: "", partner: {id: false, name: "Luch"}};
    const first = {phone: "", partner_id: false, appeal_id: 7};
    const second = {...first, appeal_id: 8};
    answers.queue = {rows: [], needs_contact: [first, second]};
    answers.take = {...nobody, appeal_id: 7, items: [{id: 20}]};
    const desk = makeDesk();
    await desk.takeRow(first);
    expect(calls.find(({method}) => method === "take").kwargs.appeal_id).toBe(7);
    expect(desk.isInHand(first)).toBe(true);
    expect(desk.isInHand(second)).toBe(false);
    desk.newPhone = "8 913";
    desk.keep();
    expect(desk.kept.get(first)?.newPhone).toBe("8 913");
    expect(desk.kept.get(second)).toBe(null);
});

test("a number found for an organisation opens no other one's line", async () => {
    const other = {phone: "+73", partner_id: false, appeal_id: 9};
    const mine = {phone: "+74", partner_id: false, appeal_id: 7};
    answers.take = {
        phone: "",
        partner: {id: false, name: "Luch"},
        appeal_id: 7,
        items: [{id: 20}],
    };
    const desk = makeDesk();
    await desk.takeRow({phone: "", partner_id: false, appeal_id: 7});
    answers.queue = {rows: [other, mine], needs_contact: []};
    answers.set_phone = true;
    desk.newPhone = "8 913 210-00-01";
    await desk.setPhone();
    const taken = calls.filter(({method}) => method === "take").at(-1);
    expect(taken.kwargs.phone).toBe("+74");
});

test("a queue that could not be read is forgotten with the next reading", async () => {
    const desk = makeDesk();
    await desk.takeRow(ROW);
    desk.error = "The citizen was told already.";
    answers.queue = () => Promise.reject(new Error("no connection"));
    await desk.loadQueue();
    expect(desk.queueError).toBe("no connection");
    expect(desk.error).toBe("The citizen was told already.");
    answers.queue = {rows: [ROW], needs_contact: []};
    await desk.loadQueue();
    expect(desk.queueError).toBe("");
    expect(desk.error).toBe("The citizen was told already.");
});

test("a lease of a citizen recorded meanwhile says nothing about the next one", async () => {
    const desk = makeDesk();
    await desk.takeRow(ROW);
    let answer;
    answers.renew = () => new Promise((done) => (answer = done));
    const renewing = desk.renew();
    await desk.putAside();
    answer(false);
    await renewing;
    expect(desk.lost).toBe(false);

    await desk.takeRow(ROW);
    answers.renew = false;
    await desk.renew();
    expect(desk.lost).toBe(true);
});
