// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {
    dropPlace,
    dropZone,
    neighbour,
    visibleRows,
} from "@gorod24_classifier/classifier_tree/tree_rows";
import {TreeStore} from "@gorod24_classifier/classifier_tree/tree_store";

describe.current.tags("headless");

const node = (id, parentId, children = 0) => ({
    id,
    parent_id: parentId,
    children,
    name: `n${id}`,
});
const LEVELS = {
    0: [node(1, 0, 2), node(2, 0), node(3, 0, 1)],
    1: [node(4, 1), node(5, 1)],
    3: [node(6, 3)],
};
const rowOf = (id, open = {1: true}) =>
    visibleRows(LEVELS, open).find((row) => row.node.id === id);

test("only opened branches are seen, with their depth", () => {
    const rows = visibleRows(LEVELS, {1: true, 99: true});
    expect(rows.map((row) => row.node.id)).toEqual([1, 4, 5, 2, 3]);
    expect(rows.map((row) => row.depth)).toEqual([0, 1, 1, 0, 0]);
    expect([rows[2].position, rows[2].size]).toEqual([2, 2]);
});

test("a branch that is not read yet is not open", () => {
    expect(visibleRows({0: [node(1, 0, 2)]}, {1: true})[0].isOpen).toBe(false);
});

test("neighbours within the parent", () => {
    expect(neighbour(LEVELS, LEVELS[0][1], 1).id).toBe(3);
    expect(neighbour(LEVELS, LEVELS[1][0], -1)).toBe(undefined);
});

test("zones of a row", () => {
    expect([0.1, 0.5, 0.9].map(dropZone)).toEqual(["before", "inside", "after"]);
});

test("where a dragged node lands", () => {
    const two = LEVELS[0][1];
    const place = (id, zone, dragged = two) =>
        dropPlace(LEVELS, dragged, rowOf(id), zone);
    expect(place(4, "before")).toEqual({parentId: 1, beforeId: 4});
    expect(place(4, "after")).toEqual({parentId: 1, beforeId: 5});
    expect(place(5, "after")).toEqual({parentId: 1, beforeId: false});
    expect(place(3, "inside")).toEqual({parentId: 3, beforeId: false});
    expect(place(3, "after")).toEqual({parentId: false, beforeId: false});
    // below an open branch is its first place
    expect(place(1, "after")).toEqual({parentId: 1, beforeId: 4});
});

test("a drop that changes nothing moves nothing", () => {
    const [, two] = LEVELS[0];
    const place = (id, zone, dragged) => dropPlace(LEVELS, dragged, rowOf(id), zone);
    expect(place(2, "inside", two)).toBe(null);
    expect(place(3, "before", two)).toBe(null);
    expect(place(1, "inside", LEVELS[1][1])).toBe(null);
    expect(place(4, "after", LEVELS[1][1])).toBe(null);
});

function storeWith(answers) {
    const calls = [];
    const orm = {
        call: async (model, method, args) => {
            calls.push([method, ...args]);
            const answer = answers[method];
            return typeof answer === "function" ? answer(...args) : answer;
        },
    };
    return {store: new TreeStore(orm), calls};
}

const START = {can_edit: true, classifiers: [{id: 7, name: "Ours"}]};
const readLevels = (classifierId, ids) =>
    Object.fromEntries(ids.map((id) => [id, LEVELS[id] || []]));

test("a branch is read once, when it is opened", async () => {
    const {store, calls} = storeWith({
        get_tree_start: START,
        get_tree_levels: readLevels,
    });
    await store.start();
    expect(store.current).toBe(1);
    await store.expand(LEVELS[0][0]);
    store.collapse(LEVELS[0][0]);
    await store.expand(LEVELS[0][0]);
    expect(store.rows.map((row) => row.node.id)).toEqual([1, 4, 5, 2, 3]);
    const reads = calls.filter(([method]) => method === "get_tree_levels");
    expect(reads.map((call) => call[2])).toEqual([[0], [1]]);
});

test("the answer to an earlier question does not replace a later one", async () => {
    const waiting = {};
    const {store} = storeWith({
        get_tree_start: START,
        get_tree_levels: readLevels,
        search_tree: (id, text) =>
            new Promise((resolve) => {
                waiting[text] = () =>
                    resolve({
                        total: 1,
                        matches: [2],
                        levels: {0: [{...LEVELS[0][1], name: text}]},
                    });
            }),
    });
    await store.start();
    const first = store.search("wat");
    const second = store.search("water");
    waiting.water();
    await second;
    waiting.wat();
    await first;
    expect(store.rows[0].node.name).toBe("water");
    await store.search("");
    expect(store.rows.length).toBe(3);
});

test("after a move everything open is read again, in one call", async () => {
    const {store, calls} = storeWith({
        get_tree_start: START,
        get_tree_levels: readLevels,
        move_in_tree: {message: "done", undo: {id: 2}},
    });
    await store.start();
    await store.expand(LEVELS[0][0]);
    calls.length = 0;
    expect(await store.move(LEVELS[0][1], 3, false)).toBe("done");
    expect(calls).toEqual([
        ["move_in_tree", [2], 3, false],
        ["get_tree_levels", 7, [0, 1, 3], false],
    ]);
    expect(store.undo).toEqual({id: 2});
});
