// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {visibleRows} from "./tree_rows";

const MODEL = "helpdesk.ticket.category";

/** State of the tree on the screen; reads levels from the server as they are opened. */
export class TreeStore {
    constructor(orm, saved = {}) {
        this.orm = orm;
        this.canEdit = false;
        this.classifiers = [];
        this.classifierId = saved.classifierId ?? null;
        this.archived = Boolean(saved.archived);
        this.text = saved.text || "";
        this.current = saved.current || null;
        this.open = {...saved.open};
        this.levels = {};
        this.found = null;
        this.undo = null;
        this.loading = false;
        this.asked = 0;
        /** Grows with every change of what is shown. */
        this.version = 0;
    }

    /** What is kept while a form is looked at. */
    export() {
        const {classifierId, archived, text, current, open} = this;
        return {classifierId, archived, text, current, open: {...open}};
    }

    get shownLevels() {
        return this.found ? this.found.levels : this.levels;
    }

    get shownOpen() {
        return this.found ? this.found.open : this.open;
    }

    get rows() {
        return visibleRows(this.shownLevels, this.shownOpen);
    }

    get currentRow() {
        return this.rows.find((row) => row.node.id === this.current);
    }

    async start() {
        const start = await this.orm.call(MODEL, "get_tree_start", []);
        this.canEdit = start.can_edit;
        this.classifiers = start.classifiers;
        if (!this.classifiers.some((item) => item.id === this.classifierId)) {
            this.classifierId = this.classifiers[0].id;
        }
        await this.refresh();
    }

    async choose(classifierId) {
        Object.assign(this, {classifierId, open: {}, current: null, undo: null});
        await this.refresh();
    }

    async showArchived(archived) {
        this.archived = archived;
        await this.refresh();
    }

    /** Read again all that is open: after a move, an edit, an archiving. */
    async refresh() {
        const opened = Object.keys(this.open).map(Number);
        this.levels = await this._read([0, ...opened]);
        if (this.text.trim()) {
            await this.search(this.text);
        }
        this._keepCurrent();
    }

    async search(text) {
        this.text = text;
        const asked = ++this.asked;
        if (!text.trim()) {
            this.found = null;
            this._keepCurrent();
            return;
        }
        const result = await this.orm.call(MODEL, "search_tree", [
            this.classifierId,
            text.trim(),
            this.archived,
        ]);
        if (asked !== this.asked) {
            return; // a later question has been asked meanwhile
        }
        const open = {};
        Object.keys(result.levels).forEach((id) => (open[id] = true));
        this.found = {...result, open, hits: new Set(result.matches)};
        const first = this.rows.find((row) => this.found.hits.has(row.node.id));
        this.current = first ? first.node.id : null;
    }

    async expand(node) {
        const levels = this.shownLevels;
        if (node.children && !levels[node.id]) {
            Object.assign(levels, await this._read([node.id]));
        }
        this.shownOpen[node.id] = true;
    }

    collapse(node) {
        delete this.shownOpen[node.id];
    }

    async toggle(row) {
        await (row.isOpen ? this.collapse(row.node) : this.expand(row.node));
    }

    /** Show a node wherever it stands, with all it stands in opened. */
    async reveal(id) {
        const place = await this.orm.call(MODEL, "get_tree_place", [[id]]);
        Object.assign(this, {text: "", found: null, classifierId: place.classifier_id});
        place.path.forEach((parentId) => (this.open[parentId] = true));
        this.current = id;
        await this.refresh();
    }

    async move(node, parentId, beforeId) {
        const answer = await this.orm.call(MODEL, "move_in_tree", [
            [node.id],
            parentId,
            beforeId,
        ]);
        this.undo = answer.undo;
        if (parentId) {
            this.open[parentId] = true;
        }
        this.current = node.id;
        await this.refresh();
        return answer.message;
    }

    async takeBack() {
        const undo = this.undo;
        this.undo = null;
        const answer = await this.orm.call(MODEL, "undo_move", [undo]);
        await this.reveal(undo.id);
        return answer.message;
    }

    async _read(parentIds) {
        this.loading = true;
        try {
            return await this.orm.call(MODEL, "get_tree_levels", [
                this.classifierId,
                parentIds,
                this.archived,
            ]);
        } finally {
            this.loading = false;
        }
    }

    _keepCurrent() {
        const rows = this.rows;
        this.version++;
        if (!rows.some((row) => row.node.id === this.current)) {
            this.current = rows.length ? rows[0].node.id : null;
        }
    }
}
