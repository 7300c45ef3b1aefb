// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {_t} from "@web/core/l10n/translation";

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * A length as the two greatest units that matter.
 * @param {number} minutes 0 or more
 */
export function lengthText(minutes) {
    const days = Math.floor(minutes / DAY);
    const hours = Math.floor((minutes % DAY) / HOUR);
    const rest = Math.floor(minutes % HOUR);
    if (days) {
        return hours
            ? _t("%(days)s d %(hours)s h", {days, hours})
            : _t("%(days)s d", {days});
    }
    if (hours) {
        return rest
            ? _t("%(hours)s h %(minutes)s min", {hours, minutes: rest})
            : _t("%(hours)s h", {hours});
    }
    return _t("%(minutes)s min", {minutes: rest});
}

/** Minutes that are left of a term at a moment; negative: overdue by so many. */
export function minutesLeft(term, now) {
    if (term.state !== "running") {
        return term.left_minutes;
    }
    return Math.floor((Date.parse(term.target) - now) / 60000);
}

/**
 * How a term stands, in words and in a colour.
 * @param {object} term as ``gorod24.question.get_terms`` gives it
 * @param {number} now milliseconds, by the server's clock
 * @returns {{text: string, tone: string}}
 */
export function termStatus(term, now) {
    const left = minutesLeft(term, now);
    const length = lengthText(Math.abs(left));
    if (term.state === "stopped") {
        const ends = {
            met: {text: _t("in time"), tone: "success"},
            missed: {text: _t("late by %s", length), tone: "danger"},
            excused: {text: _t("excused"), tone: "secondary"},
        };
        return ends[term.outcome] || {text: "", tone: "secondary"};
    }
    if (term.state === "paused") {
        const text =
            left < 0
                ? _t("paused, overdue by %s", length)
                : _t("paused, %s left", length);
        return {text, tone: "warning"};
    }
    if (left < 0) {
        return term.excuse
            ? {text: _t("overdue by %s, excused", length), tone: "secondary"}
            : {text: _t("overdue by %s", length), tone: "danger"};
    }
    return {text: _t("%s left", length), tone: term.warn ? "warning" : "info"};
}
