// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

/** Finds a citizen by name and a house by its former name, without the mouse. */
registry.category("web_tour.tours").add("gorod24_finder", {
    steps: () => [
        {trigger: ".o_g24_finder"},
        {trigger: "body", run: "press Control+Shift+F"},
        {
            trigger: ".o_command_palette_search input",
            run: "fill пелагея сем",
        },
        {
            trigger: ".o_command.focused .o_g24_found:contains(Семёнова Пелагея)",
        },
        {trigger: ".o_command_palette_search input", run: "press Enter"},
        {
            content: "her appeals are listed",
            trigger: ".o_breadcrumb:contains(Семёнова Пелагея)",
        },
        {trigger: ".o_data_row:contains(Опытная)"},
        {trigger: ".o_g24_finder", run: "click"},
        {
            trigger: ".o_command_palette_search input",
            run: "fill забытая 10",
        },
        {trigger: ".o_command .o_g24_found:contains(Опытная, 10)"},
        {trigger: ".o_command_palette_search input", run: "press Enter"},
        {trigger: ".o_breadcrumb:contains(Опытная, 10)"},
    ],
});
