// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

const PAGE = 12;

function step(store, by) {
    const rows = store.rows;
    const at = rows.findIndex((row) => row.node.id === store.current);
    const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    store.current = row ? row.node.id : null;
}

function onCurrent(command) {
    return (store, run) => {
        const row = store.currentRow;
        if (row) {
            run(command, row.node);
        }
    };
}

async function right(store) {
    const row = store.currentRow;
    if (row && row.isOpen) {
        step(store, 1);
    } else if (row && row.node.children) {
        await store.expand(row.node);
    }
}

function left(store) {
    const row = store.currentRow;
    if (row && row.isOpen) {
        store.collapse(row.node);
    } else if (row && row.node.parent_id) {
        store.current = row.node.parent_id;
    }
}

/** What a key does in the tree: (store, run(command, node)). */
export const treeKeys = {
    ArrowDown: (store) => step(store, 1),
    ArrowUp: (store) => step(store, -1),
    PageDown: (store) => step(store, PAGE),
    PageUp: (store) => step(store, -PAGE),
    Home: (store) => step(store, -store.rows.length),
    End: (store) => step(store, store.rows.length),
    ArrowRight: right,
    ArrowLeft: left,
    Enter: onCurrent("open"),
    Insert: onCurrent("add"),
    F6: onCurrent("move"),
    Delete: onCurrent("archive"),
    "Alt+ArrowUp": onCurrent("up"),
    "Alt+ArrowDown": onCurrent("down"),
};
