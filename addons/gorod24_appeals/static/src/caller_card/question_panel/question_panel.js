// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {AdvicePanel} from "../advice_panel/advice_panel";
import {AnswerPanel} from "../answer_panel/answer_panel";
import {HelpedRow} from "../answer_panel/helped_row";
import {MODE_ANSWER, MODE_SEND} from "../card_draft";
import {ExtraFields} from "../extra_fields/extra_fields";
import {PaidRow} from "../paid_row/paid_row";
import {PlaceRow} from "../place_row/place_row";
import {RepeatPanel} from "../repeat_panel/repeat_panel";
import {RoutePanel} from "../route_panel/route_panel";
import {TopicPicker} from "../topic_picker/topic_picker";

/** The questions of the appeal, one shown at a time: problem, topic, what to do. */
export class QuestionPanel extends Component {
    static template = "gorod24_appeals.QuestionPanel";
    static components = {
        AdvicePanel,
        AnswerPanel,
        ExtraFields,
        HelpedRow,
        PaidRow,
        PlaceRow,
        RepeatPanel,
        RoutePanel,
        TopicPicker,
    };
    static props = {card: Object, openQuestion: {type: Function, optional: true}};

    setup() {
        this.card = useState(this.props.card);
        this.MODE_SEND = MODE_SEND;
        this.MODE_ANSWER = MODE_ANSWER;
        this.root = useRef("root");
        this.state = useState({taken: 0});
        // After the panel has been drawn: what is to be focused exists only then.
        useEffect(
            (taken) => {
                if (taken) {
                    this.focus(".o_g24_helped_yes") || this.focus("#g24_answer");
                }
            },
            () => [this.state.taken]
        );
        // Another question is shown: its words come next.
        let shown = this.question.uid;
        useEffect(
            (uid) => {
                if (uid !== shown) {
                    shown = uid;
                    this.focusProblem();
                }
            },
            () => [this.question.uid]
        );
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

    /** Answered orally at a reception, the citizen has to agree (59-FZ, article 13). */
    get oral() {
        return Boolean(this.question.topic && this.preview.data?.oral);
    }

    get script() {
        return (this.question.topic && this.preview.data?.script) || "";
    }

    get outOfHoursText() {
        const {opensAt} = this.card.info;
        return opensAt
            ? _t(
                  "The hotline is closed until %s: the question is taken as an emergency. If it is none, take the mark off (V).",
                  opensAt
              )
            : _t(
                  "The call came outside working hours: the question is taken as an emergency. If it is none, take the mark off (V)."
              );
    }

    /** The topic's own questions. */
    get asked() {
        return (this.question.topic && this.preview.data?.extra_questions) || [];
    }

    /** Also when it did not help and the question is sent after all. */
    get asksIfHelped() {
        const {told, mode, helped} = this.question;
        return told?.key === "answer" && (mode === MODE_ANSWER || Boolean(helped));
    }

    tabTitle(question) {
        return question.topic?.name || question.text.trim().slice(0, 40);
    }

    hasProblem(index) {
        return this.card.problems.some((problem) => problem.question === index);
    }

    openQuestion(id) {
        this.props.openQuestion?.(id);
    }

    onMode(mode) {
        this.card.setMode(this.question, mode);
    }

    focus(selector) {
        const element = this.root.el?.querySelector(selector);
        element?.focus();
        return Boolean(element);
    }

    focusProblem() {
        this.focus("#g24_problem");
    }

    /** Down arrow below the citizen's words: into the texts to read aloud. */
    enterAdvice(ev) {
        if (this.focus(".o_g24_advice_list")) {
            ev.preventDefault();
        }
    }

    /** The text is read aloud now; the next thing to note is whether it helped. */
    onTaken() {
        this.state.taken++;
    }
}
