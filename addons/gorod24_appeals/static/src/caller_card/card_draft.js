// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/**
 * The draft of one appeal while the citizen speaks: plain data, no requests.
 * Everything here is pure, so that it can be stored, restored and tested alone.
 */

import {authorProblems, authorValues, newAuthor} from "./author_draft";
import {paperKey, tellingValues} from "../informing/card_telling";
import {
    COMPLAINT,
    detailValues,
    isToldNamed,
    momentValue,
    newDetails,
    placeLack,
} from "./question_details";
import {toldLine} from "./question_words";

export const PERSON_UNKNOWN = "unknown";
export const PERSON_KNOWN = "known";
export const PERSON_NEW = "new";

export const MODE_SEND = "send";
export const MODE_ANSWER = "answer";

let lastUid = 0;

/** @returns {{text: string, building_id: number|false, address_id: number|false}} */
export function newPlace() {
    return {text: "", building_id: false, address_id: false};
}

export function newQuestion() {
    return {
        uid: `${Date.now()}-${++lastUid}`,
        text: "",
        topic: null,
        emergency: false,
        /** taken outside the hours, and yet no emergency: the operator said so */
        calm: false,
        elsewhere: false,
        place: newPlace(),
        placeNote: "",
        mode: MODE_SEND,
        modeChosen: false,
        answerText: "",
        choice: null,
        /** the open question this contact joins: {id, name, topic, participant, …};
         * with values: what else it joins, as the registrar reads it */
        join: null,
        /** what else was noted before it joined, as lines of words */
        joinWords: [],
        /** a question of a paid appeal that is not paid itself */
        free: false,
        price: "",
        /** local time as the browser's field writes it: 2026-11-28T15:00 */
        visitAt: "",
        ...newDetails(),
    };
}

/**
 * @param {{number?: string, call_id?: number, partner_id?: number, appeal_id?: number}} params
 */
export function draftKey(params) {
    if (params.call_id) {
        return `call:${params.call_id}`;
    }
    if (params.number) {
        return `number:${params.number}`;
    }
    return params.partner_id ? `partner:${params.partner_id}` : paperKey(params);
}

/** Names a filled card, so that saving it twice makes one appeal. */
export function newUid() {
    const random = () => Math.random().toString(36).slice(2);
    return `${Date.now().toString(36)}-${random()}${random()}`;
}

export function newDraft(params = {}) {
    return {
        key: draftKey(params),
        uid: newUid(),
        params: {...params},
        number: params.number || "",
        /** {of, text}: a number as people write it */
        written: null,
        person: {mode: PERSON_UNKNOWN, id: false},
        personName: "",
        place: newPlace(),
        flat: "",
        addressNote: "",
        addressConfirmed: false,
        kind: "",
        paid: false,
        channelId: false,
        ...newAuthor(),
        questions: [newQuestion()],
        active: 0,
        touched: false,
        savedAt: 0,
        /** {appeal_id, number} of the appeal made before these words were added */
        former: null,
        /** number of the copy on the server the typing goes on from */
        version: 0,
    };
}

/**
 * A draft kept by an older edition of the card lacks what came later.
 * @param {Object} kept
 */
export function restoreDraft(kept) {
    const questions = (kept.questions || []).map((question) => ({
        ...newQuestion(),
        ...question,
    }));
    return {
        ...newDraft(kept.params || {}),
        ...kept,
        questions: questions.length ? questions : [newQuestion()],
        touched: true,
    };
}

/** The number of the card as people write it, while it is the one looked up. */
export function writtenNumber({number, written}) {
    return written?.of === number ? written.text : number;
}

/** One line that tells drafts apart: number or name, and the first words. */
export function titleOf(draft) {
    const first = draft.questions.find((question) => question.text.trim());
    const words = first?.text.trim().replace(/\s+/g, " ").slice(0, 80);
    const who = writtenNumber(draft) || draft.personName.trim();
    return [who, words].filter(Boolean).join(", ");
}

/** A question nobody began: an extra tab opened and left alone. */
export function isBlankQuestion(question) {
    return !question.text.trim() && !question.topic && !question.answerText.trim();
}

/** Words somebody said; a number looked up and left alone is nothing to keep. */
export function hasWords(draft) {
    const {personName, addressNote, questions} = draft;
    return Boolean(
        personName.trim() ||
            addressNote.trim() ||
            questions.some((question) => !isBlankQuestion(question))
    );
}

/** Takes the person's stored address over into the draft. */
export function applyPerson(draft, person) {
    draft.person = {mode: PERSON_KNOWN, id: person.id};
    draft.place = {
        text: person.address || "",
        building_id: person.building_id || false,
        address_id: false,
    };
    draft.flat = person.flat || "";
    draft.addressNote = person.address_note || "";
    draft.addressConfirmed = Boolean(person.address_confirmed);
}

/** The number is another one: what stands here of its person goes with him. */
export function forgetPerson(draft, person) {
    if (person && draft.person.mode === PERSON_KNOWN) {
        const stored = {};
        applyPerson(stored, person);
        if (draft.place.text === stored.place.text) {
            Object.assign(draft, {place: newPlace(), addressConfirmed: false});
        }
        for (const name of ["flat", "addressNote"]) {
            draft[name] = draft[name] === stored[name] ? "" : draft[name];
        }
    }
    draft.person = {mode: PERSON_UNKNOWN, id: false};
}

/** The place a question is about: its own, else the caller's. */
export function placeOf(draft, question) {
    return question.elsewhere ? question.place : draft.place;
}

/** What the place of a question lacks for its topic, as a code or "". */
export function lackOf(draft, question) {
    const flat = question.elsewhere ? "" : draft.flat;
    return placeLack(question, placeOf(draft, question), flat);
}

/**
 * What keeps the draft from being saved, as codes for the caller to word.
 * @returns {{code: string, question?: number}[]} empty when all is ready
 */
export function problemsOf(draft) {
    const problems = [];
    if (draft.person.mode === PERSON_UNKNOWN) {
        problems.push({code: "person"});
    }
    problems.push(...authorProblems(draft));
    draft.questions.forEach((question, index) => {
        if (draft.questions.length > 1 && index > 0 && isBlankQuestion(question)) {
            return;
        }
        if (question.join) {
            return;
        }
        if (!question.topic) {
            problems.push({
                code: question.text.trim() ? "topic" : "text",
                question: index,
            });
        } else if (question.mode === MODE_ANSWER) {
            if (!question.answerText.trim()) {
                problems.push({code: "answer", question: index});
            }
        } else {
            const code = lackOf(draft, question);
            if (code) {
                problems.push({code, question: index});
            }
        }
    });
    return problems;
}

function joinNotes(...notes) {
    return notes
        .map((note) => note.trim())
        .filter(Boolean)
        .join("; ");
}

/** Free text of a place that was not found in the address directory. */
function unresolved(place) {
    return place.building_id || place.address_id ? "" : place.text;
}

/** The place of a question in words, as it is saved. */
export function placeNoteOf(draft, question) {
    // A place that is not in the directory still tells people where to go.
    return joinNotes(unresolved(placeOf(draft, question)), question.placeNote);
}

/** What else a contact may join (a notice…) names it in values, and keeps the place. */
function joinedTo({join}, {building_id, address_id}) {
    return join.values ? {...join.values, building_id, address_id} : {join_id: join.id};
}

/**
 * A contact that joins a question takes its topic, place and participant over; all
 * else that was noted goes along.
 */
function joinValues(draft, question) {
    const {topic, text, joinWords} = question;
    return {
        ...joinedTo(question, placeOf(draft, question)),
        topic_id: topic.topic_id,
        text: [text.trim() || topic.name, ...joinWords].join("\n"),
        place_note: placeNoteOf(draft, question),
        ...detailValues(
            {...question, extra: {}},
            {isComplaint: draft.kind === COMPLAINT, isAnswer: false}
        ),
        ...(draft.paid ? paidValues(question) : {}),
    };
}

function paidValues({price, visitAt, free}) {
    if (free) {
        return {paid: false};
    }
    return {price_agreed: price.trim(), visit_agreed_at: momentValue(visitAt)};
}

/** A text named by its number needs no second copy; what else was told goes along. */
function wordsToSend(question, text) {
    const isSame = question.answerText.trim() === question.told?.text?.trim();
    const told = isSame && isToldNamed(question) ? "" : toldLine(question);
    return [text, told].filter(Boolean).join("\n");
}

function questionValues(draft, question) {
    if (question.join) {
        return joinValues(draft, question);
    }
    const place = placeOf(draft, question);
    const values = {
        topic_id: question.topic.topic_id,
        text: question.text.trim() || question.topic.name,
        building_id: place.building_id || false,
        address_id: place.address_id || false,
        place_note: placeNoteOf(draft, question),
        emergency: question.emergency,
        ...detailValues(question, {
            isComplaint: draft.kind === COMPLAINT,
            isAnswer: question.mode === MODE_ANSWER,
        }),
        ...(draft.paid ? paidValues(question) : {}),
    };
    if (question.mode === MODE_ANSWER) {
        values.answer_text = question.answerText.trim();
        return values;
    }
    // Said aloud: a topic usually settled in the call would be closed otherwise.
    values.send = true;
    values.text = wordsToSend(question, values.text);
    if (question.choice) {
        values.participant_id = question.choice.participant_id || false;
        values.section_id = question.choice.section_id || false;
    }
    return values;
}

/** Values for `gorod24.caller.card.register`; the draft must have no problems. */
export function valuesOf(draft) {
    const known = draft.person.mode === PERSON_KNOWN;
    const values = {
        uid: draft.uid || null,
        partner_id: known ? draft.person.id : null,
        person_name: known ? false : draft.personName.trim(),
        number: draft.number,
        call_id: draft.params.call_id || null,
        building_id: draft.place.building_id || false,
        address_id: draft.place.address_id || false,
        flat: draft.flat.trim(),
        address_note: joinNotes(unresolved(draft.place), draft.addressNote),
        address_confirmed: draft.addressConfirmed,
        paid: draft.paid,
        ...authorValues(draft),
        ...tellingValues(draft),
        questions: draft.questions
            .filter((question, index) => index === 0 || !isBlankQuestion(question))
            .map((question) => questionValues(draft, question)),
    };
    if (draft.kind) {
        values.kind = draft.kind;
    }
    if (draft.channelId) {
        values.channel_id = draft.channelId;
    }
    return values;
}
