// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {
    Component,
    onMounted,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {errorText} from "../card_format";
import {FieldNote} from "../field_note/field_note";
import {Latest, STALE} from "../latest";
import {TopicBrowser} from "./topic_browser";

const PAUSE_MS = 300;
/** Has it been told already? Asked when the words have come to a rest. */
const LOOK_MS = 500;
const MIN_LENGTH = 3;

/**
 * The problem in the operator's words and the topic found by them. Suggestions
 * come after a pause; Down arrow in the last line steps into them, Enter picks.
 */
export class TopicPicker extends Component {
    static template = "gorod24_appeals.TopicPicker";
    static components = {FieldNote};
    static props = {
        card: Object,
        question: Object,
        /** (ev) => …: Down arrow in the last line once the topic is chosen */
        onLeave: {type: Function, optional: true},
    };

    setup() {
        this.card = useState(this.props.card);
        this.state = useState({items: [], active: -1, error: "", empty: false});
        this.dialog = useService("dialog");
        this.latest = new Latest();
        this.list = useRef("list");
        this.textarea = useRef("textarea");
        this.ask = useDebounced(this._ask, PAUSE_MS);
        this.look = useDebounced(
            () => this.card.refreshSimilar(this.question),
            LOOK_MS
        );
        onMounted(() => {
            if (this.question.text && !this.question.topic) {
                this._ask(this.question.text);
            }
        });
        onWillUnmount(() => this.latest.cancel());
        useEffect(
            (active) => {
                this.list.el?.children[active]?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.active]
        );
    }

    get question() {
        return this.props.question;
    }

    get activeId() {
        return this.state.active >= 0 ? `g24_topic_${this.state.active}` : undefined;
    }

    async _ask(text) {
        const wanted = text.trim();
        if (this.question.topic || wanted.length < MIN_LENGTH) {
            return;
        }
        try {
            const items = await this.latest.run(() => this.card.suggestTopics(wanted));
            if (items !== STALE) {
                const empty = !items.length;
                Object.assign(this.state, {items, active: -1, error: "", empty});
            }
        } catch (error) {
            Object.assign(this.state, {items: [], error: errorText(error)});
        }
    }

    onInput(ev) {
        const text = ev.target.value;
        this.card.setQuestionField(this.question, "text", text);
        this.latest.cancel();
        this.look();
        this.state.active = -1;
        if (text.trim().length < MIN_LENGTH) {
            this.ask.cancel();
            Object.assign(this.state, {items: [], empty: false});
        } else {
            this.ask(text);
        }
    }

    onKeydown(ev) {
        const {items, active} = this.state;
        if (ev.ctrlKey || ev.altKey) {
            return;
        }
        const {value, selectionEnd} = ev.target;
        const lastLine = !value.slice(selectionEnd).includes("\n");
        if (this.question.topic) {
            if (ev.key === "ArrowDown" && lastLine) {
                this.props.onLeave?.(ev);
            }
            return;
        }
        if (!items.length) {
            return;
        }
        if (ev.key === "ArrowDown" && (active >= 0 || lastLine)) {
            this.state.active = Math.min(active + 1, items.length - 1);
            ev.preventDefault();
        } else if (ev.key === "ArrowUp" && active >= 0) {
            this.state.active = active - 1;
            ev.preventDefault();
        } else if (ev.key === "Enter" && active >= 0) {
            this.pick(items[active]);
            ev.preventDefault();
        } else if (ev.key === "Escape") {
            Object.assign(this.state, {active: -1, items: []});
            ev.stopPropagation();
        }
    }

    pick(topic) {
        this.latest.cancel();
        Object.assign(this.state, {items: [], active: -1, empty: false});
        this.card.setTopic(this.question, topic);
    }

    change() {
        this.card.clearTopic(this.question);
        this._ask(this.question.text);
        this.textarea.el?.focus();
    }

    browse() {
        this.dialog.add(TopicBrowser, {
            suggest: (text) => this.card.suggestTopics(text),
            onPick: (topic) => this.pick(topic),
        });
    }
}
