// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillUpdateProps, useComponent, useState} from "@odoo/owl";
import {formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** Where the sound of a recording is; every listening there is logged. */
export function recordingUrl(id, reason = "") {
    const why = reason.trim() && `?reason=${encodeURIComponent(reason.trim())}`;
    return `/gorod24/telephony/recording/${id}${why}`;
}

/** @param {number} seconds @returns {string} minutes and seconds: "3:07" */
export function formatDuration(seconds) {
    const whole = Math.round(seconds || 0);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * Why somebody listens, where it has to be said: for one record, never for the next
 * one of the pager.
 */
export function useListeningReason() {
    const fresh = () => ({
        reason: "",
        given: !session.gorod24_telephony?.listening_reason,
    });
    const component = useComponent();
    const state = useState(fresh());
    onWillUpdateProps(({record}) => {
        if (record.resId !== component.props.record.resId) {
            Object.assign(state, fresh());
        }
    });
    return state;
}

/** The recordings of an appeal or a call, each with a player. */
export class RecordingList extends Component {
    static template = "gorod24_telephony.RecordingList";
    static props = {...standardFieldProps};

    setup() {
        this.state = useListeningReason();
    }

    giveReason() {
        this.state.given = Boolean(this.state.reason.trim());
    }

    /** In the order they were spoken, segments of one call one after another. */
    get recordings() {
        const records = [...this.props.record.data[this.props.name].records];
        records.sort(
            ({data: one}, {data: other}) =>
                (one.started_at || 0) - (other.started_at || 0) ||
                one.segment - other.segment
        );
        return records.map(({resId, data}) => ({
            id: resId,
            url: recordingUrl(resId, this.state.reason),
            deleted: Boolean(data.deleted_at),
            date: data.started_at ? formatDateTime(data.started_at) : "",
            duration: formatDuration(data.duration),
            speaker: data.user_id?.display_name || data.agent_extension || "",
            segment: data.segment,
        }));
    }
}

registry.category("fields").add("gorod24_recordings", {
    component: RecordingList,
    displayName: _t("Recordings with a player"),
    supportedTypes: ["many2many", "one2many"],
    relatedFields: [
        {name: "started_at", type: "datetime"},
        {name: "duration", type: "float"},
        {name: "segment", type: "integer"},
        {name: "deleted_at", type: "datetime"},
        {name: "agent_extension", type: "char"},
        {name: "user_id", type: "many2one", relation: "res.users"},
    ],
});

/** The player on the form of one recording. */
export class RecordingPlayer extends Component {
    static template = "gorod24_telephony.RecordingPlayer";
    static props = {...standardWidgetProps};

    setup() {
        this.state = useListeningReason();
    }

    giveReason() {
        this.state.given = Boolean(this.state.reason.trim());
    }

    get url() {
        const {resId} = this.props.record;
        return resId && recordingUrl(resId, this.state.reason);
    }
}

registry.category("view_widgets").add("gorod24_recording_player", {
    component: RecordingPlayer,
});
