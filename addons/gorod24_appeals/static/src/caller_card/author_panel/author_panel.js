// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {COLLECTIVE, ORGANISATION} from "../author_draft";
import {FieldNote} from "../field_note/field_note";
import {SuggestField} from "../suggest_field/suggest_field";

/** Kind of the appeal, who applies and for whom, by what way, for pay or not. */
export class AuthorPanel extends Component {
    static template = "gorod24_appeals.AuthorPanel";
    static components = {FieldNote, SuggestField};
    static props = {card: Object};

    setup() {
        this.card = useState(this.props.card);
        this.suggestOrganisations = (text) => this.card.findOrganisations(text);
        this.describeOrganisation = (item) => ({title: item.name, hint: ""});
        this.organisationFound = _t("Found among the organisations");
        this.suggestPersons = (text) => this.card.findPersons(text);
        this.describePerson = ({name, hint}) => ({title: name, hint});
        this.personFound = _t("Found among the known persons");
    }

    get draft() {
        return this.card.draft;
    }

    get isCollective() {
        return this.draft.authorType === COLLECTIVE;
    }

    get isOrganisation() {
        return this.draft.authorType === ORGANISATION;
    }

    get channelId() {
        return this.draft.channelId || this.card.channels[0]?.id;
    }

    /** The law's border is said where the channel is chosen. */
    get channelHint() {
        const channel = this.card.channels.find(({id}) => id === this.channelId);
        return channel && !channel.starts_written
            ? _t("Not a written appeal: terms of 59-FZ do not start.")
            : "";
    }

    /** A caller is registered while he speaks; a letter came earlier. */
    get isLater() {
        return this.channelId !== this.card.channels[0]?.id;
    }

    onChannel(ev) {
        this.card.edit((draft) => {
            draft.channelId = Number(ev.target.value);
            if (draft.channelId === this.card.channels[0]?.id) {
                draft.receivedAt = "";
            }
        });
    }

    set(name, ev) {
        this.card.setField(name, ev.target.value);
    }

    onTypeRepresented(name) {
        this._setRepresented(false, name);
    }

    onPickRepresented({id, name}) {
        this._setRepresented(id, name);
    }

    _setRepresented(id, name) {
        this.card.edit((draft) => {
            draft.representedId = id;
            draft.represented = name;
        });
    }

    onTypeOrganisation(name) {
        this.card.setField("organisation", {id: false, name});
    }

    onPickOrganisation({id, name}) {
        this.card.setField("organisation", {id, name});
    }
}
