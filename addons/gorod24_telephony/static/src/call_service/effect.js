// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/** The state in which a command leaves the call it was given for. */
const WANTED = {
    answer: "talking",
    hold: "held",
    retrieve: "talking",
    drop: "ended",
    transfer: "ended",
    complete_transfer: "ended",
};

/** Is the effect of the command reported as a change of a call? */
export const hasEffect = (name) => name === "dial" || name in WANTED;

/**
 * Does the message about a call show that the command was carried out?
 *
 * @param {{name: string, callId: (number|undefined), known: number[]}} awaited the
 *  command, the call it was given for and the calls there were before it
 * @param {{call_id: number, state: string, direction: string}} message
 * @returns {boolean} also when the call is over: there is nothing to wait for then
 */
export function isEffect({name, callId, known}, {call_id: id, state, direction}) {
    if (name === "dial") {
        return direction === "out" && !known.includes(id);
    }
    return id === callId && (state === "ended" || state === WANTED[name]);
}
