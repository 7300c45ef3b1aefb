// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {formatMoment, sectionName} from "../card_format";
import {SuggestField} from "../suggest_field/suggest_field";

/** Who will work the question, why, until when; another participant if need be. */
export class RoutePanel extends Component {
    static template = "gorod24_appeals.RoutePanel";
    static components = {SuggestField};
    static props = {card: Object, question: Object};

    setup() {
        this.card = useState(this.props.card);
        this.state = useState({changing: false, text: ""});
        this.orm = useService("orm");
        this.describe = (item) => ({title: item.participant, hint: ""});
        this.suggest = async (text) => {
            const found = await this.orm.call("res.partner", "name_search", [], {
                name: text,
                domain: [["is_participant", "=", true]],
                limit: 8,
            });
            return found.map(([id, name]) => ({participant_id: id, participant: name}));
        };
    }

    get preview() {
        return this.card.previewOf(this.props.question);
    }

    get proposed() {
        const data = this.preview.data;
        return {
            participant: data.participant?.name || "",
            section: sectionName(data.participant?.name, data.section?.name),
            person: data.person?.name || "",
            reason: data.reason || "",
        };
    }

    get shown() {
        return this.props.question.choice || this.proposed;
    }

    get due() {
        return (this.preview.data.due || []).map((line) => ({
            ...line,
            moment: formatMoment(line.target),
            steps: (line.explanation || "").split("\n").filter(Boolean),
        }));
    }

    get alternatives() {
        return (this.preview.data.alternatives || []).map((item) => ({
            ...item,
            section: sectionName(item.participant, item.section),
        }));
    }

    choose(choice) {
        this.card.choose(this.props.question, choice);
        Object.assign(this.state, {changing: false, text: ""});
    }
}
