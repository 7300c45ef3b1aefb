// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {CharField, charField} from "@web/views/fields/char/char_field";
import {registry} from "@web/core/registry";

/** Several numbers in one field, parted by commas: each is a link to dial. */
export class PhonesField extends CharField {
    static template = "gorod24_classifier.PhonesField";

    /** @returns {{text: string, href: string}[]} */
    get numbers() {
        const value = this.props.record.data[this.props.name] || "";
        return value
            .split(/[,;]/)
            .map((text) => text.trim())
            .filter(Boolean)
            .map((text) => {
                // An extension after “доб.” is pressed by hand.
                const digits = text.split(/доб/i)[0].replace(/[^\d+]/g, "");
                return {text, href: digits ? `tel:${digits}` : ""};
            });
    }
}

registry.category("fields").add("gorod24_phones", {
    ...charField,
    component: PhonesField,
});
