// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("gorod24_telephony_settle", {
    steps: () => [
        {
            content: "The bar asks what came of the talk",
            trigger: ".o_g24_call_bar .o_g24_settle",
            run: "click",
        },
        {
            content: "It was nobody's question",
            trigger: ".modal .o_field_widget[name=reason] input[data-value=silence]",
            run: "click",
        },
        {
            content: "Note the reason",
            trigger: ".modal-footer button[name=action_no_card]",
            run: "click",
        },
        {
            content: "The bar asks no more",
            trigger: ".o_g24_call_bar:not(:has(.o_g24_settle))",
        },
        {
            content: "A citizen waits to be rung back",
            trigger: ".o_g24_call_bar .o_g24_callbacks",
            run: "click",
        },
        {
            content: "Take him",
            trigger: ".o_data_row button[name=action_take]",
            run: "click",
        },
        {
            content: "Nobody else waits now",
            trigger: ".o_g24_call_bar:not(:has(.o_g24_callbacks))",
        },
        {
            content: "He is mine",
            trigger: ".o_data_row:not(:has(button[name=action_take]))",
        },
    ],
});
