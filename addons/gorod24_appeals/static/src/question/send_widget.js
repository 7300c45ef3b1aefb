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
        const {topic_id, building_id, address_id, participant_id, section_id} =
            record.data;
        const holder = [participant_id?.id || false, section_id?.id || false];
        this.dialog.add(SendDialog, {
            method,
            holder: this.isAtWork ? holder : [],
            questionId: record.resId,
            topicId: topic_id ? topic_id.id : false,
            buildingId: building_id ? building_id.id : false,
            addressId: address_id ? address_id.id : false,
            complainedId: record.data.complained_id?.id || false,
            onSent: async () => {
                await record.model.root.load();
                // The course of the question listens to this, a load alone is silent.
                record.model.notify();
            },
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
        {name: "complained_id", type: "many2one", relation: "res.partner"},
        {name: "participant_id", type: "many2one", relation: "res.partner"},
        {name: "section_id", type: "many2one", relation: "gorod24.section"},
    ],
};

registry.category("view_widgets").add("gorod24_question_send", sendWidget);
