// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {_t} from "@web/core/l10n/translation";

/** An answer to the topic's own question as the operator sees it. */
function answerWords({type, options}, value) {
    if (type === "boolean") {
        return value === "yes" ? _t("Yes") : _t("No");
    }
    const option = (options || []).find(([key]) => key === value);
    return option ? option[1] : String(value).trim();
}

/** What the citizen was told, as a line for those who go on with his question. */
export function toldLine({answerText}) {
    const answer = answerText.trim();
    return answer && _t("Told in the call: %s", answer);
}

/**
 * What was noted of a question beside the citizen's words and the place: lines to be
 * added to the words when its fields are given up.
 * @param {Object} question of the draft
 * @param {{name: string, label: string, type: string, options?: Array}[]} asked
 * @returns {string[]}
 */
export function otherWords(question, asked) {
    const lines = asked
        .map((item) => [item, question.extra?.[item.name] ?? ""])
        .filter(([, value]) => String(value).trim())
        .map(([item, value]) => `${item.label}: ${answerWords(item, value)}`);
    return [...lines, toldLine(question)].filter(Boolean);
}
