// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const {DateTime} = luxon;
const LEAP_YEAR = 2024;

/** "10-15" → {month: 10, day: 15}; anything else → {}. */
export function readDay(text) {
    const [month, day] = (text || "").split("-").map(Number);
    return DateTime.fromObject({year: LEAP_YEAR, month, day}).isValid
        ? {month, day}
        : {};
}

/** {month: 2, day: 31} → "02-29": a day the month does not have becomes its last. */
export function writeDay({month, day}) {
    const last = DateTime.fromObject({year: LEAP_YEAR, month}).daysInMonth;
    const pad = (number) => String(number).padStart(2, "0");
    return `${pad(month)}-${pad(Math.min(day, last))}`;
}

/** The season of a topic: two days without a year, chosen by day and month. */
export class SeasonField extends Component {
    static template = "gorod24_classifier.SeasonField";
    static props = {...standardFieldProps};

    setup() {
        this.days = Array.from({length: 31}, (_, index) => index + 1);
        this.months = Array.from({length: 12}, (_, index) => ({
            number: index + 1,
            name: DateTime.fromObject({year: LEAP_YEAR, month: index + 1, day: 1})
                .toLocaleString({day: "numeric", month: "long"})
                .replace(/^1\s+|\s+1$/, ""),
        }));
        this.ends = [
            {field: "season_from", label: _t("from")},
            {field: "season_to", label: _t("to")},
        ];
    }

    get isSet() {
        return this.ends.some(({field}) => this.props.record.data[field]);
    }

    get text() {
        const days = this.ends.map(({field}) => {
            const day = readDay(this.props.record.data[field]);
            return day.month
                ? DateTime.fromObject({year: LEAP_YEAR, ...day}).toLocaleString({
                      day: "numeric",
                      month: "long",
                  })
                : "";
        });
        return days.every(Boolean) ? days.join(" – ") : _t("all year");
    }

    part(field, name) {
        return readDay(this.props.record.data[field])[name] || "";
    }

    /** The first choice sets both ends: the month begins there, the next one ends. */
    change(field, name, value) {
        const {data} = this.props.record;
        const start = {month: 10, day: 15};
        const values = {};
        for (const end of this.ends) {
            if (!data[end.field]) {
                values[end.field] =
                    end.field === "season_from" ? writeDay(start) : "04-15";
            }
        }
        const day = {...readDay(data[field] || values[field]), [name]: Number(value)};
        values[field] = writeDay(day);
        return this.props.record.update(values);
    }

    clear() {
        return this.props.record.update({season_from: false, season_to: false});
    }

    start() {
        return this.change("season_from", "day", 15);
    }
}

registry.category("fields").add("gorod24_season", {
    component: SeasonField,
    displayName: _t("Season"),
    supportedTypes: ["char"],
    fieldDependencies: [{name: "season_to", type: "char"}],
});
