// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {lackOf, MODE_SEND} from "../card_draft";
import {describePlace} from "../card_format";
import {COMPLAINT} from "../question_details";
import {FieldNote} from "../field_note/field_note";
import {SuggestField} from "../suggest_field/suggest_field";

/** Where exactly it happened, as the topic needs it, and whom a complaint is about. */
export class PlaceRow extends Component {
    static template = "gorod24_appeals.PlaceRow";
    static components = {FieldNote, SuggestField};
    static props = {card: Object, question: Object};

    setup() {
        this.card = useState(this.props.card);
        this.suggestAddresses = (text) => this.card.suggestAddresses(text);
        this.describeAddress = describePlace;
        this.suggestParticipants = (text) => this.card.findParticipants(text);
        this.describeParticipant = (item) => ({title: item.name, hint: ""});
        this.participantFound = _t("Found among the participants");
    }

    get question() {
        return this.props.question;
    }

    get placeFound() {
        const {place} = this.question;
        return Boolean(place.building_id || place.address_id);
    }

    get isComplaint() {
        return this.card.draft.kind === COMPLAINT;
    }

    get complained() {
        return this.question.complained || {id: false, name: ""};
    }

    get noteLabel() {
        const {requiredPlace, placeAsked, elsewhere} = this.question;
        const labels = {
            crossing: _t("Crosses with the street"),
            pole: _t("Number of the lamp post"),
            stop: _t("Name of the stop"),
            point: _t("Landmark"),
            flat: elsewhere ? _t("Flat") : "",
        };
        return (!placeAsked && labels[requiredPlace]) || _t("Exact place");
    }

    get noteHint() {
        const hints = {
            crossing: _t("Malakhova street"),
            pole: _t("Number on the plate, or how to find it"),
            stop: _t("New market, towards the centre"),
        };
        const {requiredPlace, placeAsked} = this.question;
        return (
            (!placeAsked && hints[requiredPlace]) ||
            _t("Stop, crossing, entrance, floor…")
        );
    }

    /** What is missing now, in words; an answer given in the call needs no place. */
    get lackText() {
        const texts = {
            house: _t("The topic needs a house: choose it in the address."),
            flat: _t("The topic needs a flat."),
            crossing: _t("The topic needs the other street of the crossing."),
            pole: _t("The topic needs the number of the lamp post."),
            stop: _t("The topic needs the name of the stop."),
        };
        const isSent = this.question.mode === MODE_SEND;
        return (isSent && texts[lackOf(this.card.draft, this.question)]) || "";
    }

    /** Codes of what is wrong with the exact place. */
    get noteCodes() {
        const codes = ["crossing", "pole", "stop"];
        return this.question.elsewhere ? [...codes, "flat"] : codes;
    }

    onTypePlace(text) {
        this.card.typePlace(this.question, text);
    }

    onPickPlace(item) {
        this.card.pickPlace(this.question, item);
    }

    onTypeComplained(text) {
        this.card.setComplained(this.question, text ? {id: false, name: text} : null);
    }

    onPickComplained(item) {
        this.card.setComplained(this.question, {id: item.id, name: item.name});
    }
}
