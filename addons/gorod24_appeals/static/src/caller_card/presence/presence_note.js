// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillUnmount, useEffect, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {formatMoment} from "../card_format";

let lastHolder = 0;

/** Which colleagues have the same person's or appeal's card open just now. */
export class PresenceNote extends Component {
    static template = "gorod24_appeals.PresenceNote";
    static props = {subjects: Array};

    setup() {
        this.presence = useState(useService("gorod24_appeals.presence"));
        this.holder = `note-${++lastHolder}`;
        useEffect(
            () => this.presence.hold(this.holder, this.props.subjects),
            () => [JSON.stringify(this.props.subjects)]
        );
        onWillUnmount(() => this.presence.hold(this.holder, []));
    }

    get others() {
        return this.presence.othersOf(this.props.subjects);
    }

    get names() {
        return this.others.map((other) => other.name).join(", ");
    }

    get since() {
        return formatMoment(this.others[0]?.since);
    }
}

/** The same on the form of an appeal. */
export class PresenceWidget extends Component {
    static template = "gorod24_appeals.PresenceWidget";
    static components = {PresenceNote};
    static props = {...standardWidgetProps};

    setup() {
        this.isOperator = useState({known: false});
        user.hasGroup("gorod24_appeals.group_operator").then((is) => {
            this.isOperator.known = is;
        });
    }

    get subjects() {
        const {resId, data} = this.props.record;
        const subjects = resId ? [["helpdesk.ticket", resId]] : [];
        const partner = data.partner_id;
        if (partner?.id) {
            subjects.push(["res.partner", partner.id]);
        }
        return subjects;
    }
}

registry.category("view_widgets").add("gorod24_presence", {
    component: PresenceWidget,
    fieldDependencies: [{name: "partner_id", type: "many2one"}],
});
