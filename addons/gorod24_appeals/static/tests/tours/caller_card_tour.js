// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

/** Fills the card of an unknown caller with the keyboard and registers it. */
registry.category("web_tour.tours").add("gorod24_appeals_card", {
    steps: () => [
        {trigger: "#g24_number", run: "edit 83852209999"},
        {trigger: "#g24_number", run: "press Enter"},
        {trigger: "#g24_person_name", run: "edit Проверкин Иван"},
        {trigger: "#g24_address", run: "edit Опытная 10 кв 7"},
        {trigger: ".o_g24_suggest_list [role=option]"},
        {trigger: "#g24_address", run: "press Enter"},
        {content: "the house is found", trigger: ".o_g24_suggest_found"},
        {content: "the flat is taken over", trigger: "#g24_flat:value(7)"},
        {trigger: "#g24_confirmed", run: "click"},
        {trigger: "#g24_problem", run: "edit Пробный холод в батареях с утра"},
        {trigger: ".o_g24_topic:contains(Пробный холод)"},
        {trigger: "#g24_problem", run: "press ArrowDown"},
        {trigger: ".o_g24_topic.active"},
        {trigger: "#g24_problem", run: "press Enter"},
        {trigger: ".o_g24_participant:contains(Пробные теплосети)"},
        {trigger: ".o_g24_due strong"},
        {trigger: "#g24_problem", run: "press Control+Enter"},
        {
            content: "the number is read aloud",
            trigger: ".o_g24_saved_number:contains(-)",
        },
        {
            content: "the whole text to read aloud follows",
            trigger: ".o_g24_saved_text:contains(Пробные теплосети)",
        },
        {trigger: ".o_g24_saved_copy:enabled", run: "click"},
        {
            content: "the operator is told whether it is copied or only selected",
            trigger: ".o_notification",
        },
        {trigger: ".o_g24_saved_print:enabled"},
        {trigger: ".o_g24_next", run: "press Enter"},
        {content: "the next card is empty", trigger: "#g24_problem:value()"},
    ],
});
