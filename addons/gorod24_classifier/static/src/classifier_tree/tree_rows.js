// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/**
 * The rows a person sees, from top to bottom.
 * @param {Object} levels {parent id: [node]}; "0" is the top level
 * @param {Object} open {node id: true}
 * @returns {{node: Object, depth: number, isOpen: boolean, position: number,
 *     size: number}[]}
 */
export function visibleRows(levels, open) {
    const rows = [];
    const walk = (parentId, depth) => {
        const level = levels[parentId] || [];
        level.forEach((node, index) => {
            const isOpen = Boolean(open[node.id] && levels[node.id]);
            rows.push({
                node,
                depth,
                isOpen,
                position: index + 1,
                size: level.length,
            });
            if (isOpen) {
                walk(node.id, depth + 1);
            }
        });
    };
    walk(0, 0);
    return rows;
}

/** The node's neighbour among the children of its parent, or undefined. */
export function neighbour(levels, node, step) {
    const level = levels[node.parent_id] || [];
    return level[level.findIndex((other) => other.id === node.id) + step];
}

/**
 * Where a dragged node lands, from the row under the pointer.
 * @param {number} share height within the row, 0 at the top and 1 at the bottom
 * @returns {"before"|"inside"|"after"}
 */
export function dropZone(share) {
    if (share < 0.28) {
        return "before";
    }
    return share > 0.72 ? "after" : "inside";
}

/** Arguments of `move_in_tree` for a drop on a row; null: it is there already. */
export function dropPlace(levels, dragged, row, zone) {
    const target = row.node;
    if (target.id === dragged.id) {
        return null;
    }
    if (zone === "inside") {
        const last = (levels[target.id] || []).at(-1);
        const isThere = dragged.parent_id === target.id && last?.id === dragged.id;
        return isThere ? null : {parentId: target.id, beforeId: false};
    }
    if (zone === "after" && row.isOpen && (levels[target.id] || []).length) {
        const first = levels[target.id][0];
        return first.id === dragged.id
            ? null
            : {parentId: target.id, beforeId: first.id};
    }
    const before = zone === "before" ? target : neighbour(levels, target, 1);
    const sameParent = dragged.parent_id === target.parent_id;
    const next = sameParent && neighbour(levels, dragged, 1);
    if (sameParent && (before?.id === dragged.id || next?.id === before?.id)) {
        return null;
    }
    return {parentId: target.parent_id || false, beforeId: before ? before.id : false};
}
