// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Dialog} from "@web/core/dialog/dialog";
import {useService} from "@web/core/utils/hooks";
import {errorText, sectionName} from "../caller_card/card_format";
import {SuggestField} from "../caller_card/suggest_field/suggest_field";

const TITLES = {
    action_send: () => _t("Send to a participant"),
    action_resend: () => _t("Send to another participant"),
    action_add_co: () => _t("Ask one more participant to take part"),
};

/**
 * Sends a question: for the first time, to another participant, or to a co-executor.
 * Proposals of the rules first, then any participant.
 */
export class SendDialog extends Component {
    static template = "gorod24_appeals.SendDialog";
    static components = {Dialog, SuggestField};
    static props = {
        close: Function,
        questionId: Number,
        topicId: [Number, Boolean],
        buildingId: [Number, Boolean],
        addressId: [Number, Boolean],
        onSent: Function,
        // The organisation complained about is never proposed.
        complainedId: {type: [Number, Boolean], optional: true},
        method: {type: String, optional: true},
        // Ids of the participant and section that have the question now.
        holder: {type: Array, optional: true},
    };
    static defaultProps = {method: "action_send", holder: []};

    setup() {
        this.orm = useService("orm");
        this.title = TITLES[this.props.method]();
        this.state = useState({
            proposals: [],
            choice: null,
            text: "",
            reason: "",
            error: "",
            sending: false,
        });
        this.describe = (item) => ({title: item.participant, hint: ""});
        this.suggest = async (text) => {
            const found = await this.orm.call("res.partner", "name_search", [], {
                name: text,
                domain: [["is_participant", "=", true]],
                limit: 8,
            });
            return found.map(([id, name]) => ({participant_id: id, participant: name}));
        };
        onWillStart(() => this.propose());
    }

    /** What the competence rules say now; without a topic there is nothing to ask. */
    async propose() {
        if (!this.props.topicId) {
            return;
        }
        try {
            const preview = await this.orm.call("gorod24.caller.card", "preview", [
                this.props.topicId,
                this.props.buildingId || null,
                this.props.addressId || null,
                false,
                this.props.complainedId || null,
            ]);
            const first = preview.participant && {
                participant_id: preview.participant.id,
                participant: preview.participant.name,
                section_id: preview.section?.id || false,
                section: sectionName(preview.participant.name, preview.section?.name),
                reason: preview.reason,
            };
            // Who has the question already is no proposal.
            const others = preview.alternatives.map((item) => ({
                ...item,
                section: sectionName(item.participant, item.section),
            }));
            this.state.proposals = [first, ...others].filter(
                (item) => item && !this.isHolder(item)
            );
        } catch (error) {
            this.state.error = errorText(error);
        }
    }

    isHolder(item) {
        const [participantId, sectionId] = this.props.holder;
        return (
            item.participant_id === participantId &&
            (item.section_id || false) === sectionId
        );
    }

    choose(choice) {
        Object.assign(this.state, {choice, text: choice.participant});
    }

    onType(text) {
        Object.assign(this.state, {text, choice: null});
    }

    isChosen(item) {
        const {choice} = this.state;
        return (
            choice?.participant_id === item.participant_id &&
            (choice.section_id || false) === (item.section_id || false)
        );
    }

    async send() {
        const {choice, reason} = this.state;
        Object.assign(this.state, {sending: true, error: ""});
        try {
            await this.orm.call("gorod24.question", this.props.method, [
                [this.props.questionId],
                choice.participant_id,
                choice.section_id || false,
                reason.trim() || false,
            ]);
        } catch (error) {
            Object.assign(this.state, {sending: false, error: errorText(error)});
            return;
        }
        this.props.close();
        await this.props.onSent();
    }
}
