// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {SendDialog} from "./send_dialog";

/**
 * Buttons of the question's form: send what nobody works (new, refused); take what is at
 * work to another participant, or ask one more to take part.
 */
export class SendWidget extends Component {
    static template = "gorod24_appeals.SendWidget";
    static props = {...standardWidgetProps};

    setup() {
        this.dialog = useService("dialog");
        onWillStart(async () => {
            this.isOperator = await user.hasGroup("gorod24_appeals.group_operator");
        });
    }

    get isOffered() {
        return (
            this.isOperator &&
            ["draft", "registered"].includes(this.props.record.data.state)
        );
    }

    get isAtWork() {
        return (
            this.isOperator &&
            ["sent", "accepted"].includes(this.props.record.data.state)
        );
    }

    open(method) {
        const {record} = this.props;
        const {topic_id, building_id, address_id} = record.data;
        this.dialog.add(SendDialog, {
            method,
            questionId: record.resId,
            topicId: topic_id ? topic_id.id : false,
            buildingId: building_id ? building_id.id : false,
            addressId: address_id ? address_id.id : false,
            onSent: () => record.model.root.load(),
        });
    }
}

export const sendWidget = {
    component: SendWidget,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "topic_id", type: "many2one", relation: "helpdesk.ticket.category"},
        {name: "building_id", type: "many2one", relation: "gorod24.building"},
        {name: "address_id", type: "many2one", relation: "gorod24.address"},
    ],
};

registry.category("view_widgets").add("gorod24_question_send", sendWidget);
