// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {ANONYMOUS} from "../author_draft";
import {AuthorPanel} from "../author_panel/author_panel";
import {PERSON_KNOWN, PERSON_NEW, PERSON_UNKNOWN} from "../card_draft";
import {describePlace} from "../card_format";
import {FieldNote} from "../field_note/field_note";
import {SuggestField} from "../suggest_field/suggest_field";

/** Who calls and from where: person, address, flat, note, kind of appeal. */
export class CallerPanel extends Component {
    static template = "gorod24_appeals.CallerPanel";
    static components = {AuthorPanel, FieldNote, SuggestField};
    static props = {card: Object, onChosen: {type: Function, optional: true}};

    setup() {
        this.card = useState(this.props.card);
        this.suggestAddresses = (text) => this.card.suggestAddresses(text);
        this.describeAddress = describePlace;
        this.onTypeAddress = (text) => this.card.typePlace(this.card.draft, text);
        this.onPickAddress = (item) => this.card.pickPlace(this.card.draft, item);
    }

    get draft() {
        return this.card.draft;
    }

    get isNew() {
        return this.draft.person.mode === PERSON_NEW;
    }

    get showChooser() {
        return this.card.info.persons.length > 0;
    }

    get unchosen() {
        return (
            this.draft.person.mode === PERSON_UNKNOWN &&
            this.card.info.persons.length > 1
        );
    }

    get placeFound() {
        return Boolean(this.draft.place.building_id || this.draft.place.address_id);
    }

    isChosen(person) {
        return (
            this.draft.person.mode === PERSON_KNOWN &&
            this.draft.person.id === person.id
        );
    }

    get isAnonymous() {
        return this.draft.authorType === ANONYMOUS;
    }

    get lacksAddress() {
        const {question} = this.card;
        return !question.elsewhere && this.card.lackAt(["place", "house"], question);
    }

    /** Arrows move, Enter takes the marked one and goes on to what is missing. */
    async onPersonKeydown(ev, person) {
        if (ev.key !== "Enter" || ev.ctrlKey) {
            return;
        }
        ev.preventDefault();
        if (person && !this.isChosen(person)) {
            await this.card.choosePerson(person);
        } else if (!person && !this.isNew) {
            this.card.newPerson();
        }
        this.props.onChosen?.();
    }

    onConfirm(ev) {
        this.card.setField("addressConfirmed", ev.target.checked);
    }
}
