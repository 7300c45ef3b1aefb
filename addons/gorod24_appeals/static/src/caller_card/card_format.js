// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";

const {DateTime} = luxon;

/**
 * @param {string|false} text moment in UTC, ISO or with a space as the server writes
 * @returns {DateTime|null} in the user's time zone
 */
export function parseMoment(text) {
    if (!text) {
        return null;
    }
    const moment = DateTime.fromISO(text.replace(" ", "T"), {zone: "utc"});
    return moment.isValid ? moment.setZone("default") : null;
}

/** How a moment is typed: the user's date, hours and minutes; nobody says seconds. */
export function inputFormat() {
    return localization.dateTimeFormat.replace(":ss", "");
}

/** "today, 14:30", "tomorrow, 09:00", "25 Nov, 14:30", with the year if another. */
export function formatMoment(text, now = DateTime.now()) {
    const moment = parseMoment(text);
    if (!moment) {
        return "";
    }
    const time = moment.toFormat("HH:mm");
    const days = moment.startOf("day").diff(now.startOf("day"), "days").days;
    if (Math.round(days) === 0) {
        return _t("today, %s", time);
    }
    if (Math.round(days) === 1) {
        return _t("tomorrow, %s", time);
    }
    const day = moment.toFormat(moment.year === now.year ? "d MMM" : "d MMM yyyy");
    return `${day}, ${time}`;
}

export function formatDay(text, now = DateTime.now()) {
    const moment = parseMoment(text);
    return moment
        ? moment.toFormat(moment.year === now.year ? "d MMM" : "dd.MM.yyyy")
        : "";
}

/** Seconds as m:ss, or h:mm:ss past an hour. */
export function formatDuration(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const pad = (part) => String(part).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    return hours
        ? `${hours}:${pad(minutes)}:${pad(whole % 60)}`
        : `${minutes}:${pad(whole % 60)}`;
}

/** The server names a section with its participant in front: once is enough. */
export function sectionName(participant, section = "") {
    const prefix = `${participant}: `;
    return section.startsWith(prefix) ? section.slice(prefix.length) : section;
}

/** The server does not know the user any more: he was away too long, or elsewhere. */
export function isSessionOver(error) {
    return error?.exceptionName === "odoo.http.SessionExpiredException";
}

/** What went wrong with a request, for the operator. */
export function errorText(error) {
    if (isSessionOver(error)) {
        return _t("The session is over: sign in again. What you typed is kept.");
    }
    if (error instanceof ConnectionLostError) {
        return _t("No connection to the server. What you typed is kept; try again.");
    }
    if (error instanceof RPCError) {
        return error.data?.message || error.message;
    }
    return error?.message || String(error);
}

/**
 * The field a refusal of the server is about, as {code, question?} of the card.
 * @returns {{code: string, question?: number}|null}
 */
export function errorPlace(error) {
    const {card_field: code, card_question: position} = error?.data?.context || {};
    if (!code) {
        return null;
    }
    return position ? {code, question: position - 1} : {code};
}

/** Badge colour of an appeal's or a question's state. */
export function stateColour(state) {
    const colours = {
        draft: "secondary",
        registered: "secondary",
        sent: "info",
        accepted: "primary",
        in_work: "primary",
        done: "warning",
        informing: "warning",
        to_inform: "warning",
        closed: "success",
    };
    return `text-bg-${colours[state] || "secondary"}`;
}

/** A suggested address as a line of the list: {title, hint}. */
export function describePlace(item) {
    const address = item.flat
        ? _t("%(address)s, flat %(flat)s", {address: item.label, flat: item.flat})
        : item.label;
    // The label of a crossing names both streets already.
    const note = item.place_kind === "crossing" ? "" : item.place_note;
    return {
        title: [address, note].filter(Boolean).join(", "),
        hint: item.district || "",
    };
}
