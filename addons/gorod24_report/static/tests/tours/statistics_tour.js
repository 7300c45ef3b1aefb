/* Copyright 2026 Gorod 24
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

// The manager: a pivot of questions, its download, a graph of calls by hours.
registry.category("web_tour.tours").add("gorod24_report_statistics", {
    steps: () => [
        {
            content: "The pivot has topics in rows",
            trigger: ".o_pivot tbody th:contains(Water)",
        },
        {
            content: "and figures",
            trigger: ".o_pivot .o_pivot_cell_value:contains(1)",
        },
        {
            content: "It can be downloaded",
            trigger: ".o_pivot_download:not(:disabled)",
        },
        {
            content: "Its graph",
            trigger: ".o_switch_view.o_graph",
            run: "click",
        },
        {
            trigger: ".o_graph_renderer canvas",
        },
        {
            content: "Its list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row button[name=action_open_questions]",
            run: "click",
        },
        {
            content: "leads to the questions",
            trigger: ".o_list_view .o_data_row .o_data_cell[name=execution_due]",
        },
    ],
});
