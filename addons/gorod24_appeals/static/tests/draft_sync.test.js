// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, Deferred, tick} from "@odoo/hoot-mock";
import {newDraft, restoreDraft} from "@gorod24_appeals/caller_card/card_draft";
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

test("a card finished elsewhere: its words are not called kept, and wait", async () => {
    type("Cold");
    await pause();
    server.answer = () => ({
        status: "saved",
        version: 1,
        number: "26-1",
        appeal_id: 5,
    });
    type("Cold, and the lift stands");
    await pause();
    expect(sync.status).toBe("saved");
    expect(sync.made).toEqual({number: "26-1", appeal_id: 5});
    expect(storage.unsent()[0].questions[0].text).toBe("Cold, and the lift stands");
    type("Cold, and the lift stands still");
    await pause();
    expect(sent).toHaveLength(2);
    expect(storage.unsent()).toHaveLength(1);
});

test("a card discarded elsewhere says so", async () => {
    server.answer = () => ({status: "discarded", version: 1});
    type("Cold");
    await pause();
    expect(sync.status).toBe("discarded");
    expect(sync.made).toBe(null);
    expect(storage.unsent()).toHaveLength(1);
});

test("an answer that does not say kept is not taken for kept", async () => {
    server.answer = () => undefined;
    type("Cold");
    await pause();
    expect(sync.status).toBe("offline");
    expect(storage.unsent()).toHaveLength(1);
});

test("left words of a finished card stay as another one", async () => {
    for (const status of ["saved", "discarded"]) {
        sent = [];
        storage.putUnsent({...newDraft({number: "+8"}), uid: "dead", touched: true});
        // The first copy has been registered as well.
        server.answer = ({uid}) =>
            uid === "dead-3" ? keep() : {status, number: "26-1", appeal_id: 5};
        await sync.sendLeft();
        expect(sent.map(({uid}) => uid)).toEqual(["dead", "dead-2", "dead-3"]);
        expect(sent[2].payload.uid).toBe("dead-3");
        expect(sent[2].payload.former.number).toBe("26-1");
        expect(storage.unsent()).toHaveLength(0);
    }
});

test("words another tab has just registered are not copied", async () => {
    storage.putUnsent({...newDraft({number: "+8"}), uid: "alive", touched: true});
    server.answer = () => {
        storage.dropUnsent("alive");
        return {status: "saved", number: "26-1"};
    };
    await sync.sendLeft();
    expect(sent).toHaveLength(1);
});

test("beside a registration nothing is sent, and after a refusal it goes on", async () => {
    const slow = new Deferred();
    server.answer = () => slow;
    type("Cold");
    await pause();
    type("Cold since morning");
    let held = false;
    const holding = sync.hold().then(() => (held = true));
    await tick();
    expect(held).toBe(false);
    slow.resolve(keep());
    await holding;
    delete server.answer;
    await pause();
    await sync.flush();
    expect(sent).toHaveLength(1);
    sync.release();
    await pause();
    expect(sent[1].payload.questions[0].text).toBe("Cold since morning");
    expect(sync.status).toBe("kept");
});

test("a draft that never answers does not stop a registration for long", async () => {
    server.answer = () => new Deferred();
    type("Cold");
    await pause();
    const holding = sync.hold();
    await advanceTime(3100);
    await holding;
    expect(sent).toHaveLength(1);
});

/** A server as the real one: the same words are kept already, others need the version. */
function serve() {
    const drafts = {};
    server.drafts = drafts;
    server.answer = ({uid, payload, version}) => {
        const found = drafts[uid];
        const words = JSON.stringify(payload);
        if (found && found.words !== words && found.version !== version) {
            return {status: "conflict", version: found.version, payload};
        }
        const isSame = found?.words === words;
        drafts[uid] = {words, version: (found?.version || 0) + (isSame ? 0 : 1)};
        return {status: "kept", version: drafts[uid].version};
    };
}

test("words typed just before the card was left make no second draft", async () => {
    serve();
    storage.put(draft);
    type("Cold");
    await pause();
    type("Cold, and the lift");
    storage.put(draft);
    // The next card sends what was left before the answer is there.
    const next = new DraftSync({orm: sync.orm, storage});
    await Promise.all([sync.leave(), next.sendLeft()]);
    expect(Object.keys(server.drafts)).toEqual([draft.uid]);
    expect(storage.unsent()).toHaveLength(0);
});

test("a late answer does not take back what the next card has typed", async () => {
    serve();
    const {answer} = server;
    const slow = new Deferred();
    server.answer = (values) => slow.then(() => answer(values));
    draft.touched = true;
    type("Cold");
    storage.put(draft);
    const leaving = sync.leave();
    const next = restoreDraft(storage.others("")[0]);
    next.questions[0].text = "Cold since morning";
    storage.put(next);
    slow.resolve();
    await leaving;
    const [kept] = storage.others("");
    expect(kept.questions[0].text).toBe("Cold since morning");
    expect(kept.version).toBe(1);
});

test("a card left without a connection sends its words until somebody has", async () => {
    server.answer = () => Promise.reject(new Error("no connection"));
    type("Cold");
    await sync.leave();
    expect(sync.status).toBe("offline");
    serve();
    await advanceTime(5100);
    await tick();
    expect(storage.unsent()).toHaveLength(0);

    type("Cold since morning");
    storage.dropUnsent(draft.uid);
    await advanceTime(1300);
    expect(sent).toHaveLength(2, {message: "another card has sent them"});
});

test("going back to a card left within a moment finds no other window", async () => {
    serve();
    draft.touched = true;
    storage.put(draft);
    type("Cold");
    await pause();
    type("Cold, and the lift");
    storage.put(draft);
    sync.follow(newDraft());
    await tick();
    draft = restoreDraft(storage.others("")[0]);
    sync.follow(draft);
    type("Cold, and the lift stands");
    await pause();
    expect(sync.status).toBe("kept");
});

test("nor does it when the answer comes after going back", async () => {
    serve();
    draft.touched = true;
    storage.put(draft);
    const {answer} = server;
    const slow = new Deferred();
    server.answer = (values) => slow.then(() => answer(values));
    type("Cold");
    storage.put(draft);
    sync.follow(newDraft());
    draft = restoreDraft(storage.others("")[0]);
    sync.follow(draft);
    slow.resolve();
    await tick();
    type("Cold since morning");
    await pause();
    expect(sync.status).toBe("kept");
    expect(storage.others("")[0].questions[0].text).toBe("Cold since morning");
});
