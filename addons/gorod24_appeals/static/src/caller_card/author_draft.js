// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/**
 * Who applies: one person, many, nobody named, an organisation; for himself or for
 * another. The part of the draft that most cards never touch. Pure data.
 */

import {momentValue} from "./question_details";

export const INDIVIDUAL = "individual";
export const COLLECTIVE = "collective";
export const ANONYMOUS = "anonymous";
export const ORGANISATION = "organisation";

export function newAuthor() {
    return {
        authorType: INDIVIDUAL,
        peopleCount: "",
        organisation: {id: false, name: ""},
        onBehalf: false,
        represented: "",
        /** the known person of that name, if one was picked */
        representedId: false,
        relation: "",
        /** when a letter came, as typed: local time without a zone */
        receivedAt: "",
    };
}

function people(draft) {
    return /^\d{1,7}$/.test(draft.peopleCount.trim()) ? Number(draft.peopleCount) : 0;
}

/** @returns {{code: string}[]} what is missing about the author */
export function authorProblems(draft) {
    const problems = [];
    if (draft.authorType === COLLECTIVE && people(draft) < 2) {
        problems.push({code: "people"});
    }
    if (draft.authorType === ORGANISATION && !draft.organisation.name.trim()) {
        problems.push({code: "organisation"});
    }
    if (draft.onBehalf && !draft.represented.trim()) {
        problems.push({code: "represented"});
    }
    return problems;
}

/** The part of the values for the server that the author makes. */
export function authorValues(draft) {
    const values = {};
    if (draft.authorType !== INDIVIDUAL) {
        values.author_type = draft.authorType;
    }
    if (draft.authorType === COLLECTIVE) {
        values.people_count = people(draft);
    }
    if (draft.authorType === ORGANISATION) {
        values.organisation_id = draft.organisation.id || false;
        values.organisation_name = draft.organisation.name.trim();
    }
    if (draft.onBehalf) {
        values.on_behalf = true;
        values.represented_id = draft.representedId || false;
        values.represented_name = draft.represented.trim();
        values.represented_relation = draft.relation.trim();
    }
    if (draft.channelId && draft.receivedAt) {
        values.received_at = momentValue(draft.receivedAt);
    }
    return values;
}
