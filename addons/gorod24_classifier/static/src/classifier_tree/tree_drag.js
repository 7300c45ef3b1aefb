// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {useDraggable} from "@web/core/utils/draggable";
import {dropPlace, dropZone} from "./tree_rows";

/**
 * Dragging rows of the tree with the pointer.
 * @param {Object} params
 * @param {{el: HTMLElement}} params.ref the tree
 * @param {() => boolean} params.enable
 * @param {Object} params.store TreeStore
 * @param {Object} params.drag reactive {id, zone}: the row under the pointer
 * @param {(node: Object, place: Object) => any} params.onMove
 */
export function useTreeDrag({ref, enable, store, drag, onMove}) {
    const rowUnder = ({x, y}, element) => {
        const rows = ref.el.querySelectorAll(".o_g24_tree_row");
        for (const el of rows) {
            const box = el.getBoundingClientRect();
            const isHit =
                y >= box.top && y < box.bottom && x >= box.left && x < box.right;
            if (el !== element && isHit) {
                const id = Number(el.dataset.id);
                const row = store.rows.find((item) => item.node.id === id);
                return {row, zone: dropZone((y - box.top) / box.height)};
            }
        }
        return null;
    };
    const clear = () => Object.assign(drag, {id: null, zone: ""});

    useDraggable({
        ref,
        enable,
        elements: ".o_g24_movable",
        ignore: "button, .o_g24_tree_menu",
        cursor: "grabbing",
        tolerance: 6,
        touchDelay: 500,
        edgeScrolling: {speed: 12, threshold: 40},
        onDragStart: ({element, addClass}) => addClass(element, "o_g24_dragged"),
        onDrag: ({x, y, element}) => {
            const under = rowUnder({x, y}, element);
            drag.id = under ? under.row.node.id : null;
            drag.zone = under ? under.zone : "";
        },
        onDrop: ({x, y, element}) => {
            const under = rowUnder({x, y}, element);
            const id = Number(element.dataset.id);
            const dragged = store.rows.find((row) => row.node.id === id)?.node;
            if (!under || !dragged) {
                return;
            }
            const place = dropPlace(store.shownLevels, dragged, under.row, under.zone);
            if (place) {
                onMove(dragged, place);
            }
        },
        onDragEnd: clear,
    });
}
