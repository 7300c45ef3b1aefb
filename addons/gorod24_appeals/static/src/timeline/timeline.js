// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {errorText, formatDay, parseMoment} from "../caller_card/card_format";
import {Latest, STALE} from "../caller_card/latest";

/**
 * The lines under the day they belong to, in the order given.
 * @returns {{day: string, entries: Object[]}[]}
 */
export function byDay(entries) {
    const days = [];
    for (const entry of entries) {
        const day = parseMoment(entry.at).toFormat("yyyy-MM-dd");
        if (days.at(-1)?.day !== day) {
            days.push({day, title: formatDay(entry.at), entries: []});
        }
        days.at(-1).entries.push(entry);
    }
    return days;
}

/** The course of an appeal or of a question, newest first, page by page. */
export class Timeline extends Component {
    static template = "gorod24_appeals.Timeline";
    static props = {
        model: String,
        resId: Number,
        openRecord: Function,
        // Changes whenever the record was loaded anew.
        version: {type: Number, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.turns = new Latest();
        this.state = useState({
            kinds: [],
            chosen: [],
            entries: [],
            next: false,
            loading: false,
            error: "",
        });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
    }

    get days() {
        return byDay(this.state.entries);
    }

    time(entry) {
        return parseMoment(entry.at).toFormat("HH:mm");
    }

    /** Reads the first page anew, or with `more` the one that follows. */
    async load(props, more = false) {
        Object.assign(this.state, {loading: true, error: ""});
        const {model, resId} = props;
        const before = more ? this.state.next : null;
        try {
            const page = await this.turns.run(() =>
                this.orm.silent.call("gorod24.timeline", "page", [model, resId], {
                    kinds: [...this.state.chosen],
                    before,
                })
            );
            if (page === STALE) {
                return;
            }
            Object.assign(this.state, {
                kinds: page.kinds,
                next: page.next,
                entries: more ? [...this.state.entries, ...page.entries] : page.entries,
            });
        } catch (error) {
            this.state.error = errorText(error);
        }
        this.state.loading = false;
    }

    toggle(kind) {
        const {chosen} = this.state;
        this.state.chosen = chosen.includes(kind)
            ? chosen.filter((one) => one !== kind)
            : [...chosen, kind];
        return this.load(this.props);
    }

    showAll() {
        this.state.chosen = [];
        return this.load(this.props);
    }
}

/** The course in the form of the appeal or of the question it stands in. */
export class TimelineWidget extends Component {
    static template = "gorod24_appeals.TimelineWidget";
    static components = {Timeline};
    static props = {...standardWidgetProps};

    setup() {
        const action = useService("action");
        this.state = useState({version: 0});
        // What is done in the form (a term, a sending) is seen in the course at once.
        const renew = (record) => {
            if (!record.dirty) {
                this.state.version += 1;
            }
        };
        useBus(this.props.record.model.bus, "update", () => renew(this.props.record));
        // A record read anew by a dialog draws the form without that event.
        onWillUpdateProps((next) => renew(next.record));
        this.openRecord = ({model, id}) =>
            action.doAction({
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
            });
    }
}

export const timelineWidget = {component: TimelineWidget};

registry.category("view_widgets").add("gorod24_timeline", timelineWidget);
