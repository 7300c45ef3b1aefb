// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, onWillUnmount, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const PERIOD_MS = 2000;

/** Reads the job again while it runs, so that its progress bar moves by itself. */
export class BulkRefresh extends Component {
    static template = xml`<span class="d-none"/>`;
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), PERIOD_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async refresh() {
        const {record} = this.props;
        if (record.data.state === "done" || document.hidden || this.loading) {
            return;
        }
        this.loading = true;
        try {
            await record.load();
        } finally {
            this.loading = false;
        }
    }
}

export const bulkRefresh = {
    component: BulkRefresh,
    fieldDependencies: [{name: "state", type: "selection"}],
};

registry.category("view_widgets").add("gorod24_bulk_refresh", bulkRefresh);
