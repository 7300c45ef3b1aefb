// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {errorText} from "../card_format";
import {Latest, STALE} from "../latest";

const FIELDS = [
    "name",
    "code",
    "is_topic",
    "urgency",
    "stop_phrase",
    "settled_in_call",
];

/**
 * The classifier level by level, for when words do not help. Only one level is
 * read at a time, so a national classifier of thousands of lines opens at once.
 */
export class TopicBrowser extends Component {
    static template = "gorod24_appeals.TopicBrowser";
    static components = {Dialog};
    static props = {close: Function, onPick: Function, suggest: Function};

    setup() {
        this.orm = useService("orm");
        this.state = useState({trail: [], rows: [], active: 0, error: "", text: ""});
        this.latest = new Latest();
        this.list = useRef("list");
        this.search = useDebounced(this._search, 250);
        this.filter = useAutofocus({refName: "filter"});
        /** do the rows belong to what is typed and to the level shown? */
        this.isFresh = false;
        onWillStart(() => this.openLevel([]));
    }

    async _show(work) {
        this.isFresh = false;
        try {
            const rows = await this.latest.run(work);
            if (rows !== STALE) {
                Object.assign(this.state, {rows, active: 0, error: ""});
                this.isFresh = true;
            }
        } catch (error) {
            this.state.error = errorText(error);
        }
    }

    openLevel(trail) {
        this.search.cancel();
        this.filter.el?.focus();
        Object.assign(this.state, {trail, text: ""});
        const parent = trail.length ? trail[trail.length - 1].id : false;
        const path = trail.map((node) => node.name).join(" / ");
        return this._show(async () => {
            const found = await this.orm.searchRead(
                "helpdesk.ticket.category",
                [
                    ["parent_id", "=", parent],
                    ["classifier_id.kind", "=", "local"],
                ],
                FIELDS,
                {order: "code, name"}
            );
            return found.map((row) => ({...row, topic_id: row.id, path}));
        });
    }

    _search(text) {
        if (text.trim()) {
            return this._show(async () => {
                const found = await this.props.suggest(text.trim());
                return found.map((row) => ({...row, is_topic: true}));
            });
        }
        return this.openLevel([]);
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.isFresh = false;
        this.search(ev.target.value);
    }

    /** Takes the marked row; words whose rows are not there yet are searched first. */
    _take() {
        const {rows, active, text} = this.state;
        if (this.isFresh && rows[active]) {
            this.enter(rows[active]);
        } else if (!this.isFresh && text.trim()) {
            this.search.cancel();
            this._search(text);
        }
    }

    onKeydown(ev) {
        const {rows, active, trail, text} = this.state;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.active = Math.max(0, Math.min(rows.length - 1, active + step));
            this.list.el?.children[this.state.active]?.scrollIntoView({
                block: "nearest",
            });
        } else if (ev.key === "Enter") {
            this._take();
        } else if (ev.key === "Backspace" && !text && trail.length) {
            this.openLevel(trail.slice(0, -1));
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    enter(row) {
        if (row.is_topic) {
            this.props.onPick(row);
            this.props.close();
        } else {
            this.openLevel([...this.state.trail, {id: row.id, name: row.name}]);
        }
    }
}
