// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

export const QUESTION_TYPES = [
    {type: "char", label: _t("Short text")},
    {type: "text", label: _t("Long text")},
    {type: "integer", label: _t("Whole number")},
    {type: "float", label: _t("Number")},
    {type: "boolean", label: _t("Yes or no")},
    {type: "date", label: _t("Date")},
    {type: "datetime", label: _t("Date and time")},
    {type: "selection", label: _t("One of several")},
    {type: "tags", label: _t("Some of several")},
];

/** A name for a property: 16 hexadecimal digits, as Odoo's own. */
function newName() {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same question of another type; options go over between the two lists. */
export function changeType(question, type) {
    const options = question.selection || question.tags || [];
    const {name, string} = question;
    const changed = {name, string, type};
    if (type === "selection") {
        changed.selection = options.map(([key, label]) => [key, label]);
    } else if (type === "tags") {
        changed.tags = options.map(([key, label], index) => [key, label, index + 1]);
    }
    return changed;
}

/** Editor of the questions that the card asks about a topic. */
export class ExtraQuestionsField extends Component {
    static template = "gorod24_classifier.ExtraQuestionsField";
    static props = {...standardFieldProps};

    setup() {
        this.types = QUESTION_TYPES;
        this.root = useRef("root");
        this.wanted = "";
        useEffect(() => {
            if (this.wanted) {
                this.root.el?.querySelector(this.wanted)?.focus();
                this.wanted = "";
            }
        });
    }

    get questions() {
        return this.props.record.data[this.props.name] || [];
    }

    typeLabel(question) {
        const known = QUESTION_TYPES.find((item) => item.type === question.type);
        return known ? known.label : question.type;
    }

    options(question) {
        return question.selection || question.tags || [];
    }

    hasOptions(question) {
        return ["selection", "tags"].includes(question.type);
    }

    _update(questions) {
        return this.props.record.update({[this.props.name]: questions});
    }

    _replace(index, values) {
        const questions = [...this.questions];
        questions[index] = {...questions[index], ...values};
        return this._update(questions);
    }

    add() {
        this.wanted = `[data-question="${this.questions.length}"]`;
        const question = {name: newName(), string: "", type: "char"};
        return this._update([...this.questions, question]);
    }

    remove(index) {
        return this._update(this.questions.filter((_, other) => other !== index));
    }

    shift(index, step) {
        const questions = [...this.questions];
        const [question] = questions.splice(index, 1);
        questions.splice(index + step, 0, question);
        return this._update(questions);
    }

    rename(index, string) {
        return this._replace(index, {string: string.trim()});
    }

    retype(index, type) {
        const questions = [...this.questions];
        questions[index] = changeType(questions[index], type);
        return this._update(questions);
    }

    _setOptions(index, options) {
        const question = this.questions[index];
        const key = question.type === "tags" ? "tags" : "selection";
        return this._replace(index, {[key]: options});
    }

    addOption(index) {
        const question = this.questions[index];
        const options = this.options(question);
        this.wanted = `[data-option="${index}-${options.length}"]`;
        const option = [newName(), ""];
        if (question.type === "tags") {
            option.push((options.length % 11) + 1);
        }
        return this._setOptions(index, [...options, option]);
    }

    renameOption(index, at, label) {
        const options = this.options(this.questions[index]).map((option) => [
            ...option,
        ]);
        options[at][1] = label.trim();
        return this._setOptions(index, options);
    }

    removeOption(index, at) {
        const options = this.options(this.questions[index]);
        return this._setOptions(
            index,
            options.filter((_, other) => other !== at)
        );
    }
}

registry.category("fields").add("gorod24_extra_questions", {
    component: ExtraQuestionsField,
    displayName: _t("Extra questions"),
    supportedTypes: ["properties_definition"],
});
