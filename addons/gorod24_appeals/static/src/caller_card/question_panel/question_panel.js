// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {MODE_ANSWER, MODE_SEND} from "../card_draft";
import {RoutePanel} from "../route_panel/route_panel";
import {SuggestField} from "../suggest_field/suggest_field";
import {TopicPicker} from "../topic_picker/topic_picker";

/** The questions of the appeal, one shown at a time: problem, topic, what to do. */
export class QuestionPanel extends Component {
    static template = "gorod24_appeals.QuestionPanel";
    static components = {RoutePanel, SuggestField, TopicPicker};
    static props = {card: Object};

    setup() {
        this.card = useState(this.props.card);
        this.MODE_SEND = MODE_SEND;
        this.MODE_ANSWER = MODE_ANSWER;
        this.suggestAddresses = (text) => this.card.suggestAddresses(text);
        this.describeAddress = (item) => ({
            title: item.label,
            hint: item.district || "",
        });
    }

    get question() {
        return this.card.question;
    }

    get preview() {
        return this.card.previewOf(this.question);
    }

    /** Words that must reach the citizen before anything else. */
    get stopPhrase() {
        const {topic} = this.question;
        return (topic && (this.preview.data?.stop_phrase || topic.stop_phrase)) || "";
    }

    get script() {
        return (this.question.topic && this.preview.data?.script) || "";
    }

    get placeFound() {
        const {place} = this.question;
        return Boolean(place.building_id || place.address_id);
    }

    tabTitle(question) {
        return question.topic?.name || question.text.trim().slice(0, 40);
    }

    hasProblem(index) {
        return this.card.problems.some((problem) => problem.question === index);
    }

    onMode(mode) {
        this.card.setMode(this.question, mode);
    }

    useScript() {
        this.card.setQuestionField(this.question, "answerText", this.script);
    }

    onTypePlace(text) {
        this.card.typePlace(this.question, text);
    }

    onPickPlace(item) {
        this.card.pickPlace(this.question, item);
    }
}
