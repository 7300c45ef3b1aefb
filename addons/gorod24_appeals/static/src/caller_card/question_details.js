// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/**
 * What a question holds beyond topic and place: answers to the topic's own
 * questions, whom it is about, the text or service that was told. Pure data.
 */

export const COMPLAINT = "complaint";
export const HELPED_YES = "yes";
export const HELPED_NO = "no";

const TOLD_IN_WORDS = ["crossing", "pole", "stop"];

export function newDetails() {
    return {
        requiredPlace: "any",
        /** name of the topic's own question that tells the place, if there is one */
        placeAsked: "",
        extra: {},
        /** names of the topic's own questions about a day and time, answered as the
         * browser's field writes it: local time without a zone */
        moments: [],
        complained: null,
        told: null,
        helped: "",
        oralConsent: false,
    };
}

/** Forgets what belonged to the former topic. */
export function resetDetails(question) {
    const {complained} = question;
    Object.assign(question, newDetails(), {complained: complained || null});
}

function hasNumber(text) {
    return /\d/.test(text);
}

/**
 * What the place of a question lacks for its topic, as a code.
 * @param {Object} place where it happened
 * @param {string} flat of the caller, "" when it happened elsewhere
 * @returns {string} "" when nothing is missing
 */
export function placeLack(question, place, flat) {
    const kind = question.requiredPlace || "any";
    const note = question.placeNote.trim();
    const typed = place.text.trim();
    if (kind === "none" || question.emergency) {
        return "";
    }
    if (!typed && !note) {
        return "place";
    }
    if (TOLD_IN_WORDS.includes(kind)) {
        // A place that is not in the directory was told in words already.
        const found = place.building_id || place.address_id;
        const apart = question.extra?.[question.placeAsked] || "";
        return note || apart.trim() || (typed && !found) ? "" : kind;
    }
    if (kind === "house" || kind === "flat") {
        const words = place.address_id ? note : `${typed} ${note}`;
        if (!place.building_id && !hasNumber(words)) {
            return "house";
        }
    }
    return kind === "flat" && !flat.trim() && !hasNumber(note) ? "flat" : "";
}

/** Takes over what the server says the topic asks for. */
export function applyTopic(question, {required_place, extra_questions}) {
    const kind = required_place || "any";
    const asked = (extra_questions || []).find(({name}) => name.startsWith(kind));
    question.requiredPlace = kind;
    question.placeAsked = asked?.name || "";
    question.moments = (extra_questions || [])
        .filter(({type}) => type === "datetime")
        .map(({name}) => name);
}

/** A day and time of the browser's field as the server keeps it, in UTC. */
export function momentValue(typed) {
    const moment = luxon.DateTime.fromISO(typed);
    return moment.isValid ? moment.toUTC().toFormat("yyyy-MM-dd HH:mm:ss") : typed;
}

/** The answers to the topic's own questions, without those left empty. */
function extraValues({extra, moments}) {
    return Object.entries(extra || {})
        .filter(([, value]) => value !== "" && value !== null)
        .map(([name, value]) => [
            name,
            moments?.includes(name) ? momentValue(value) : value,
        ]);
}

/** Is the text or service that was told kept with the question by its number? */
export function isToldNamed({told, helped}, isAnswer = false) {
    // A text read in vain is kept with the question that is sent nevertheless.
    return Boolean(told && (isAnswer || helped === HELPED_NO));
}

/** The part of the values for the server that these details make. */
export function detailValues(question, {isComplaint, isAnswer}) {
    const values = {};
    const extra = extraValues(question);
    if (extra.length) {
        values.extra = Object.fromEntries(extra);
    }
    if (isComplaint && question.complained?.id) {
        values.complained_id = question.complained.id;
    }
    if (isAnswer && question.oralConsent) {
        values.oral_consent = true;
    }
    const {told, helped} = question;
    if (isToldNamed(question, isAnswer)) {
        values[told.key === "answer" ? "answer_id" : "navigator_id"] = told.id;
        if (helped) {
            values.helped = helped;
        }
    }
    return values;
}
