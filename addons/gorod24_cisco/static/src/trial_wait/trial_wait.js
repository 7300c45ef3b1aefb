// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const EVERY_MS = 2000;

/**
 * Looks for news of the trial call while the setup waits for it, and shows them.
 *
 * The trial goes on without a browser, too: this only brings the screen up to date.
 */
export class TrialWait extends Component {
    static template = "gorod24_cisco.TrialWait";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.timer = null;
        onMounted(() => this.later());
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get isWaiting() {
        return this.props.record.data.trial_is_waiting;
    }

    later() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.look(), EVERY_MS);
    }

    async look() {
        const record = this.props.record;
        const before = record.data.trial_summary;
        // What somebody is typing is not thrown away for the sake of news.
        if (this.isWaiting && record.resId && !(await record.isDirty())) {
            try {
                const ids = [record.resId];
                await this.orm.silent.call(record.resModel, "trial_advance", [ids]);
                const [now] = await this.orm.silent.read(record.resModel, ids, [
                    "trial_summary",
                ]);
                if (now.trial_summary !== before && !(await record.isDirty())) {
                    await record.load();
                }
            } catch {
                // The server is away for a moment: ask again.
            }
        }
        this.later();
    }
}

registry.category("view_widgets").add("gorod24_trial_wait", {component: TrialWait});
