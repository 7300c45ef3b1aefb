// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {formatDate} from "@web/core/l10n/dates";
import {useDebounced} from "@web/core/utils/timing";

const {DateTime} = luxon;
const PAUSE_MS = 300;
const MIN_LENGTH = 3;

/**
 * Standard answers and services for the topic, one line each. Down arrow in the
 * problem's last line steps in, arrows open the next text, Enter answers with it.
 */
export class AdvicePanel extends Component {
    static template = "gorod24_appeals.AdvicePanel";
    static props = {
        card: Object,
        question: Object,
        onTaken: Function,
        onLeave: Function,
    };

    setup() {
        this.card = useState(this.props.card);
        this.state = useState({open: -1, search: ""});
        this.list = useRef("list");
        this.find = useDebounced(
            (text) => this.card.searchAdvice(this.props.question, text),
            PAUSE_MS
        );
        onWillUnmount(() => this.find.cancel?.());
        useEffect(
            (open) => {
                this.list.el?.children[open]?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.open]
        );
    }

    get advice() {
        return this.card.adviceOf(this.props.question);
    }

    get items() {
        return this.advice.items;
    }

    get activeId() {
        return this.state.open >= 0 ? `g24_advice_${this.state.open}` : undefined;
    }

    isTaken(item) {
        const {told} = this.props.question;
        return Boolean(told && told.key === item.key && told.id === item.id);
    }

    validTo(item) {
        return item.validTo ? formatDate(DateTime.fromISO(item.validTo)) : "";
    }

    toggle(index) {
        this.state.open = this.state.open === index ? -1 : index;
    }

    take(item) {
        this.state.open = -1;
        this.card.take(this.props.question, item);
        this.props.onTaken();
    }

    onSearch(ev) {
        this.state.search = ev.target.value;
        this.state.open = -1;
        const text = this.state.search.trim();
        if (!text || text.length >= MIN_LENGTH) {
            this.find(text);
        }
    }

    onSearchKeydown(ev) {
        if (ev.key === "ArrowDown" && this.items.length) {
            ev.preventDefault();
            this.list.el.focus();
        } else if (ev.key === "Escape" && this.state.search) {
            ev.stopPropagation();
            this.state.search = "";
            this.find("");
        }
    }

    onFocus() {
        if (this.state.open < 0 && this.items.length) {
            this.state.open = 0;
        }
    }

    onKeydown(ev) {
        if (ev.target !== this.list.el || ev.ctrlKey || ev.altKey) {
            return;
        }
        const {open} = this.state;
        const last = this.items.length - 1;
        if (ev.key === "ArrowDown") {
            this.state.open = Math.min(open + 1, last);
        } else if (ev.key === "ArrowUp" && open > 0) {
            this.state.open = open - 1;
        } else if (ev.key === "Enter" && this.items[open]) {
            this.take(this.items[open]);
        } else if (ev.key === "Escape" || ev.key === "ArrowUp") {
            this.state.open = -1;
            this.props.onLeave();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }
}
