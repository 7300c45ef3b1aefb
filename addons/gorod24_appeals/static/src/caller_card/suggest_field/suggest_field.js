// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {usePosition} from "@web/core/position/position_hook";
import {useDebounced} from "@web/core/utils/timing";
import {errorText} from "../card_format";
import {Latest, STALE} from "../latest";

/**
 * One line of text with suggestions from the server as one types. Arrows move,
 * Enter (or Tab once a line is marked) picks, Esc closes; the typed text stays.
 * Keys never pick from a list of another text than the one typed.
 */
export class SuggestField extends Component {
    static template = "gorod24_appeals.SuggestField";
    static props = {
        id: String,
        value: String,
        /** (text) => Promise of items, best first */
        suggest: Function,
        /** (item) => {title, hint} */
        describe: Function,
        onType: Function,
        onPick: Function,
        placeholder: {type: String, optional: true},
        resolved: {type: Boolean, optional: true},
        foundTitle: {type: String, optional: true},
        minLength: {type: Number, optional: true},
        delay: {type: Number, optional: true},
        focusName: {type: String, optional: true},
        /** selectors of the next field, for Enter while no list is open */
        next: {type: String, optional: true},
        invalid: {type: Boolean, optional: true},
        /** text by itself is worth nothing here: one of the list has to be picked */
        onlyKnown: {type: Boolean, optional: true},
    };
    static defaultProps = {minLength: 2, delay: 180, placeholder: ""};

    setup() {
        this.state = useState({
            items: [],
            open: false,
            active: -1,
            error: "",
            asked: "",
        });
        this.latest = new Latest();
        this.list = useRef("list");
        this.input = useRef("input");
        // Wider than its field, the list must not be cut by the column's edge.
        usePosition("menu", () => this.input.el, {position: "bottom-start", margin: 2});
        this.ask = useDebounced(this._ask, this.props.delay);
        onWillUnmount(() => this.latest.cancel());
        useEffect(
            (active) => {
                this.list.el?.children[active]?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.active]
        );
    }

    get items() {
        return this.state.items.map((item) => this.props.describe(item));
    }

    get foundTitle() {
        return this.props.foundTitle || _t("Found in the address directory");
    }

    get activeId() {
        const {open, active} = this.state;
        return open && active >= 0 ? `${this.props.id}-option-${active}` : undefined;
    }

    async _ask(text) {
        this.state.error = "";
        try {
            const items = await this.latest.run(() => this.props.suggest(text));
            if (items === STALE) {
                return;
            }
            Object.assign(this.state, {items, open: true, active: -1, asked: text});
        } catch (error) {
            Object.assign(this.state, {items: [], open: true, error: errorText(error)});
        }
    }

    onInput(ev) {
        const text = ev.target.value;
        this.props.onType(text);
        this.latest.cancel();
        this.state.active = -1;
        if (text.trim().length >= this.props.minLength) {
            this.ask(text.trim());
        } else {
            this.ask.cancel();
            this.close();
        }
    }

    /** Is the list shown the one of this text? */
    _isAsked(text) {
        return this.state.asked === text.trim();
    }

    _pickOrAsk(text) {
        if (this._isAsked(text)) {
            this.pick(Math.max(this.state.active, 0));
        } else {
            this.ask.cancel();
            this._ask(text.trim());
        }
    }

    onKeydown(ev) {
        const {open, items, active} = this.state;
        if (ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            if (!open || !items.length) {
                return;
            }
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.active =
                (active + step + items.length + (active < 0 && step < 0)) %
                items.length;
            ev.preventDefault();
        } else if (ev.key === "Enter" && open && items.length) {
            this._pickOrAsk(ev.target.value);
            ev.preventDefault();
        } else if (ev.key === "Tab" && open && active >= 0) {
            if (this._isAsked(ev.target.value)) {
                this.pick(active);
            }
        } else if (ev.key === "Escape" && open) {
            this.close();
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    onBlur() {
        this.ask.cancel();
        this.latest.cancel();
        this.close();
    }

    pick(index) {
        const item = this.state.items[index];
        this.latest.cancel();
        this.close();
        this.props.onPick(item);
    }

    close() {
        Object.assign(this.state, {open: false, active: -1, items: [], error: ""});
    }
}
