// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {AttemptDialog} from "./attempt_dialog";

/** Button of the lists and forms of `gorod24.informing`: record an attempt. */
export class AttemptWidget extends Component {
    static template = "gorod24_appeals.AttemptWidget";
    static props = {...standardWidgetProps};

    setup() {
        this.dialog = useService("dialog");
    }

    get isDue() {
        return this.props.record.data.state === "due";
    }

    getTitle({purpose, display_name: name}) {
        return purpose === "plan"
            ? _t("Question %s: tell the planned time", name || "")
            : _t("Question %s: tell the result", name || "");
    }

    open() {
        const {record} = this.props;
        this.dialog.add(AttemptDialog, {
            informingId: record.resId,
            title: this.getTitle(record.data),
            purpose: record.data.purpose,
            told: record.data.told_text || "",
            onRecorded: async () => {
                await record.model.root.load();
                // The course listens to this, a load alone is silent.
                record.model.notify();
            },
        });
    }
}

export const attemptWidget = {
    component: AttemptWidget,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "display_name", type: "char"},
        {name: "purpose", type: "selection"},
        {name: "told_text", type: "text"},
    ],
};

registry.category("view_widgets").add("gorod24_informing_attempt", attemptWidget);
