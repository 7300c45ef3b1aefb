// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, Deferred, tick} from "@odoo/hoot-mock";
import {newDraft} from "@gorod24_appeals/caller_card/card_draft";
import {DraftStorage} from "@gorod24_appeals/caller_card/draft_storage";
import {DraftSync} from "@gorod24_appeals/caller_card/draft_sync";

describe.current.tags("headless");

let server, sent, storage, sync, draft;

function memory(cells = {}) {
    return {
        getItem: (name) => cells[name] ?? null,
        setItem: (name, value) => (cells[name] = value),
    };
}

function type(text) {
    draft.questions[0].text = text;
    sync.schedule();
}

async function pause() {
    await advanceTime(1300);
    await tick();
}

beforeEach(() => {
    sent = [];
    server = {version: 0};
    const orm = {
        async call(model, method, [values]) {
            sent.push(values);
            return server.answer ? server.answer(values) : keep();
        },
    };
    storage = new DraftStorage(2, memory(), memory());
    sync = new DraftSync({orm, storage});
    draft = newDraft({call_id: 7, number: "+7"});
    sync.follow(draft);
});

function keep() {
    server.version += 1;
    return {status: "kept", version: server.version};
}

test("what is typed reaches the server when the fingers rest, once", async () => {
    type("C");
    type("Co");
    type("Cold");
    expect(sync.status).toBe("waiting");
    expect(storage.unsent()).toHaveLength(1);
    await pause();
    expect(sent).toHaveLength(1);
    expect(sent[0].payload.questions[0].text).toBe("Cold");
    expect(sync.status).toBe("kept");
    expect(draft.version).toBe(1);
    expect(storage.unsent()).toHaveLength(0);
});

test("the session is over: kept here, sent as soon as the operator signs in", async () => {
    const error = new Error("Session expired");
    error.exceptionName = "odoo.http.SessionExpiredException";
    server.answer = () => Promise.reject(error);
    type("Cold");
    await pause();
    expect(sync.status).toBe("signed_out");
    expect(storage.unsent()[0].questions[0].text).toBe("Cold");
    type("Cold since morning");
    expect(sync.status).toBe("signed_out");
    delete server.answer;
    await advanceTime(5100);
    await tick();
    expect(sync.status).toBe("kept");
    expect(sent.at(-1).payload.questions[0].text).toBe("Cold since morning");
});

test("no server: kept on this computer, sent as soon as it is back", async () => {
    server.answer = () => Promise.reject(new Error("no connection"));
    type("Cold");
    await pause();
    expect(sync.status).toBe("offline");
    expect(storage.unsent()[0].questions[0].text).toBe("Cold");
    type("Cold since morning");
    expect(sync.status).toBe("offline");
    delete server.answer;
    await advanceTime(5100);
    await tick();
    expect(sync.status).toBe("kept");
    expect(sent.at(-1).payload.questions[0].text).toBe("Cold since morning");
    expect(storage.unsent()).toHaveLength(0);
});

test("words typed while a request is under way follow it", async () => {
    const slow = new Deferred();
    server.answer = () => slow;
    type("Cold");
    await pause();
    type("Cold since morning");
    delete server.answer;
    slow.resolve(keep());
    await tick();
    expect(storage.unsent()).toHaveLength(1);
    await pause();
    expect(sent).toHaveLength(2);
    expect(sent[1].version).toBe(1);
    expect(sync.status).toBe("kept");
});

test("a copy of another window is not overwritten without being asked", async () => {
    const theirs = {uid: draft.uid, questions: []};
    server.answer = () => ({status: "conflict", version: 5, payload: theirs});
    type("Cold");
    await pause();
    expect(sync.status).toBe("conflict");
    expect(sync.theirs.version).toBe(5);
    type("Colder");
    await pause();
    expect(sent).toHaveLength(1);
    delete server.answer;
    await sync.keepMine();
    expect(sent[1].force).toBe(true);
    expect(sent[1].payload.questions[0].text).toBe("Colder");
    expect(sync.status).toBe("kept");
});

test("a draft that was taken over says who goes on", async () => {
    server.answer = () => ({status: "taken", user: "Petrova"});
    type("Cold");
    await pause();
    expect(sync.status).toBe("taken");
    expect(sync.takenBy).toBe("Petrova");
});

test("what a dead browser left behind is sent by the next card", async () => {
    storage.putUnsent({...newDraft({number: "+8"}), uid: "dead", touched: true});
    await sync.sendLeft();
    expect(sent[0].uid).toBe("dead");
    expect(storage.unsent()).toHaveLength(0);
});

test("left words of a card somebody went on with stay beside it", async () => {
    storage.putUnsent({...newDraft({number: "+8"}), uid: "dead", touched: true});
    server.answer = ({uid}) => (uid === "dead" ? {status: "taken"} : keep());
    await sync.sendLeft();
    expect(sent.map(({uid}) => uid)).toEqual(["dead", "dead-2"]);
    expect(storage.unsent()).toHaveLength(0);
});

test("leaving a card sends what it owes", async () => {
    type("Cold");
    sync.follow(newDraft());
    await tick();
    expect(sent[0].uid).toBe(draft.uid);
    expect(sync.status).toBe("");
});
