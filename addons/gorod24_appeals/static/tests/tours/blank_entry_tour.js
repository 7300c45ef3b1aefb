// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

/** Opens the dialog of the paper blank as its menu does, filled. */
async function openEntry() {
    const {action, orm} = odoo.__WOWL_DEBUG__.root.env.services;
    const [blank] = await orm.searchRead(
        "gorod24.blank",
        [["state", "=", "issued"]],
        ["serial"],
        {limit: 1}
    );
    const spoken = luxon.DateTime.utc().minus({hours: 3});
    await action.doAction("gorod24_appeals.gorod24_blank_entry_action", {
        additionalContext: {
            default_serial: blank.serial,
            default_contact_at: spoken.toFormat("yyyy-MM-dd HH:mm:ss"),
        },
    });
}

/** A paper blank is entered; the keys of the card live after the dialog is gone. */
registry.category("web_tour.tours").add("gorod24_appeals_blank_entry", {
    steps: () => [
        {trigger: "#g24_number", run: openEntry},
        {trigger: ".modal button[name=action_open_card]", run: "click"},
        {trigger: "body:not(:has(.modal)) #g24_number", run: "edit 83852209911"},
        {trigger: "#g24_number", run: "press Enter"},
        {trigger: "#g24_person_name", run: "edit Бланкова Ирина"},
        {trigger: "#g24_address", run: "edit Опытная 10 кв 7"},
        {trigger: ".o_g24_suggest_list [role=option]"},
        {trigger: "#g24_address", run: "press Enter"},
        {content: "the house is found", trigger: ".o_g24_suggest_found"},
        {trigger: "#g24_problem", run: "edit Пробный холод в батареях с утра"},
        {trigger: ".o_g24_topic:contains(Пробный холод)"},
        {trigger: "#g24_problem", run: "press ArrowDown"},
        {trigger: ".o_g24_topic.active"},
        {trigger: "#g24_problem", run: "press Enter"},
        {trigger: ".o_g24_participant:contains(Пробные теплосети)"},
        {trigger: "#g24_problem", run: "press Control+Enter"},
        {content: "it is registered", trigger: ".o_g24_saved_number:contains(-)"},
    ],
});
