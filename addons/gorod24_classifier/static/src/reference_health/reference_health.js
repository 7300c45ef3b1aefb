// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const ICONS = {
    participants: "fa-building-o",
    people: "fa-users",
    topics: "fa-sitemap",
    addresses: "fa-map-marker",
    answers: "fa-comments-o",
};

/**
 * Faults first, in the order the server gave; what is in order apart.
 * @param {{count: number}[]} rows
 * @returns {{faults: Object[], calm: Object[]}}
 */
export function sortChecks(rows) {
    return {
        faults: rows.filter((row) => row.count > 0),
        calm: rows.filter((row) => row.count === 0),
    };
}

/** «Порядок в справочниках»: what a curator has to put right today. */
export class ReferenceHealth extends Component {
    static template = "gorod24_classifier.ReferenceHealth";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({faults: [], calm: [], loaded: false});
        this.display = {controlPanel: {}};
        onWillStart(() => this.load());
    }

    async load() {
        const rows = await this.orm.call("gorod24.reference.health", "get_report", []);
        Object.assign(this.state, sortChecks(rows), {loaded: true});
    }

    icon(row) {
        return `fa ${ICONS[row.area] || "fa-check-square-o"}`;
    }

    get severityLabels() {
        return {danger: _t("Urgent"), warning: _t("Important"), info: _t("In time")};
    }

    formatCount(row) {
        return row.count.toLocaleString("ru-RU");
    }

    async open(row) {
        const action = await this.orm.call("gorod24.reference.health", "open_check", [
            row.code,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("actions").add("gorod24_reference_health", ReferenceHealth);
