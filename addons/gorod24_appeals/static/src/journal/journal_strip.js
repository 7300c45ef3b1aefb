// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** How often the open journal asks for its figures: two small indexed counts. */
const PULSE = 20000;

/** Figures of the journal, the selections and the way to paper, above the list. */
export class JournalStrip extends Component {
    static template = "gorod24_appeals.JournalStrip";
    static components = {Dropdown, DropdownItem};
    static props = {list: Object};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({counts: null, selections: []});
        /** how many had come today when the list was read */
        this.listed = null;
        onWillStart(() => this.refresh());
        this.timer = browser.setInterval(() => this.pulse(), PULSE);
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get isOfServices() {
        return this.props.list.resModel === "gorod24.referral";
    }

    /** Figures are of a whole journal; a selection shows a part of it. */
    get hasTiles() {
        return this.isOfServices && !this.props.list.context.journal_part;
    }

    get source() {
        return this.isOfServices ? "referral" : "question";
    }

    get tiles() {
        const counts = this.state.counts || {};
        return [
            {key: "new", label: _t("New today")},
            {key: "to_accept", label: _t("To accept")},
            {key: "at_work", label: _t("At work")},
            {key: "overdue", label: _t("Overdue")},
            {key: "today", label: _t("Came today")},
        ].map((tile) => ({...tile, count: counts[tile.key] ?? "…"}));
    }

    async refresh() {
        const {journal_participant_id, journal_section_id} = this.props.list.context;
        // The first figures never keep the list from being shown.
        this.orm.silent
            .call("gorod24.journal", "counts", [
                journal_participant_id || false,
                journal_section_id || false,
            ])
            .then((counts) => this.follow(counts))
            .catch(() => {
                // The line is down: the next pulse asks again.
            });
    }

    /** Rows being chosen stay as they are: what came meanwhile is read afterwards. */
    get isChoosing() {
        const {selection, isDomainSelected} = this.props.list;
        return isDomainSelected || selection.length > 0;
    }

    /** Shows the figures, and reads the list anew when something has come. */
    async follow(counts) {
        this.state.counts = counts;
        this.listed ??= counts.today;
        if (this.listed !== counts.today && !this.isChoosing) {
            this.listed = counts.today;
            await this.props.list.load();
        }
    }

    pulse() {
        if (document.visibilityState === "visible") {
            this.refresh();
        }
    }

    show(key) {
        const searchModel = this.env.searchModel;
        const [item] = searchModel.getSearchItems((found) => found.name === key);
        if (item) {
            searchModel.clearQuery();
            searchModel.toggleSearchItem(item.id);
        }
    }

    async loadSelections() {
        this.state.selections = await this.orm.call(
            "gorod24.journal.selection",
            "get_for_list",
            [this.source]
        );
    }

    async open(selection) {
        const action = await this.orm.call("gorod24.journal.selection", "action_open", [
            [selection.id],
        ]);
        return this.action.doAction(action);
    }

    openSelections() {
        return this.action.doAction("gorod24_appeals.gorod24_journal_selection_action");
    }

    async print() {
        const {resModel, domain} = this.props.list;
        const title = this.env.config.getDisplayName();
        const action = await this.orm.call("gorod24.journal.print", "prepare", [
            resModel,
            domain,
            title,
        ]);
        return this.action.doAction(action);
    }
}
