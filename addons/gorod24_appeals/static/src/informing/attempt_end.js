// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/** What an attempt to tell a citizen something leads to, in words. Pure. */

import {_t} from "@web/core/l10n/translation";

/** A planned time told or not told: the question stays at work in any case. */
function ofPlan(disposition) {
    switch (disposition) {
        case "reached":
            return _t("The planned time counts as told; the question stays at work.");
        case "refused":
            return _t(
                "Nobody rings him about this time any more; the question stays at work."
            );
        case "wrong_number":
            return _t("His other number is called, or another one has to be found.");
        case "call_back":
            return _t("He stays on the list and is called at that time.");
        default:
            return _t("He stays on the list and is called again in a few minutes.");
    }
}

function ofResult(disposition, satisfaction) {
    switch (disposition) {
        case "reached":
            return satisfaction === "no"
                ? _t("The question goes to the participant again, with a new term.")
                : _t("The question is closed.");
        case "refused":
            return _t("The question is closed, the result is not told.");
        case "wrong_number":
            return _t("His other number is called, or another one has to be found.");
        case "call_back":
            return _t("He stays on the list and is called at that time.");
        default:
            return _t(
                "He is called again later; the last attempt by the rule closes the question as unreachable."
            );
    }
}

/**
 * @param {string} purpose what is told: "result" or "plan"
 * @param {string} disposition how the call ended
 * @param {string} satisfaction what the citizen says of a result
 */
export function consequenceOf(purpose, disposition, satisfaction) {
    return purpose === "plan"
        ? ofPlan(disposition)
        : ofResult(disposition, satisfaction);
}
