// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {errorText, formatDay, stateColour} from "../caller_card/card_format";
import {Latest, STALE} from "../caller_card/latest";

const MODEL = "gorod24.history";

/** All questions of a person, or about a house, newest first, page by page. */
export class History extends Component {
    static template = "gorod24_appeals.History";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.turns = new Latest();
        this.formatDay = formatDay;
        this.stateColour = stateColour;
        const {params, context} = this.props.action;
        this.owner = [
            params?.model || context?.active_model,
            params?.id || context?.active_id,
        ];
        this.isHouse = this.owner[0] === "gorod24.building";
        this.state = useState({
            head: {title: "", subtitle: "", total: 0, open: 0, topics: [], years: []},
            rows: [],
            hasMore: false,
            topic: "",
            year: "",
            loading: true,
            error: "",
        });
        onWillStart(() => this.open());
    }

    async open() {
        const head = await this.ask("open", {});
        if (head) {
            this.state.head = head;
            this.show(head, []);
            this.env.config.setDisplayName(_t("History: %s", head.title));
        }
    }

    /** Reads a page; null when it failed or a newer request has started. */
    async ask(method, options) {
        Object.assign(this.state, {loading: true, error: ""});
        let page = null;
        try {
            page = await this.turns.run(() =>
                this.orm.silent.call(MODEL, method, this.owner, options)
            );
        } catch (error) {
            this.state.error = errorText(error);
        }
        if (page === STALE) {
            return null;
        }
        this.state.loading = false;
        return page;
    }

    show(page, before) {
        this.state.rows = [...before, ...page.rows];
        this.state.hasMore = page.has_more;
    }

    get filters() {
        return {
            topic_id: Number(this.state.topic) || null,
            year: Number(this.state.year) || null,
        };
    }

    async filter() {
        const page = await this.ask("page", this.filters);
        if (page) {
            this.show(page, []);
        }
    }

    async more() {
        const before_id = this.state.rows.at(-1).question_id;
        const page = await this.ask("page", {...this.filters, before_id});
        if (page) {
            this.show(page, this.state.rows);
        }
    }

    openQuestion(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "gorod24.question",
            res_id: row.question_id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("gorod24_appeals.history", History);
