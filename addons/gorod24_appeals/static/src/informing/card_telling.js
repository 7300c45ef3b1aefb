// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/** Parts of the card's draft about telling the result and about a paper blank. Pure. */

/** Key of a draft that was opened without a call, number or person. */
export function paperKey(params) {
    return params.paper ? `paper:${params.paper.blank_serial}` : "manual";
}

/** Values for the server; what the operator did not touch is left to it. */
export function tellingValues(draft) {
    const values = {};
    if (draft.informWay) {
        values.inform_way = draft.informWay;
    }
    if (draft.informWay === "email" && draft.informEmail) {
        values.inform_email = draft.informEmail.trim();
    }
    const {paper} = draft.params;
    if (paper) {
        values.blank_serial = paper.blank_serial;
        values.contact_at = paper.contact_at;
        values.taken_by_id = paper.taken_by_id;
    }
    return values;
}
