// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const desk = ".o_g24_desk";

/** Tells one citizen two results with the keyboard; then meets a wrong number. */
registry.category("web_tour.tours").add("gorod24_appeals_informing_desk", {
    steps: () => [
        {
            content: "two citizens wait, each on one line",
            trigger: `${desk}_queue:has(.o_g24_desk_row:nth-of-type(2))`,
        },
        {trigger: ".o_g24_take", run: "press Enter"},
        {trigger: ".o_g24_desk_name:contains(Иванова Анна)"},
        {
            content: "the result is there to be read aloud",
            trigger:
                ".o_g24_desk_item[data-item='0'] .o_g24_desk_result:contains(Батарею)",
        },
        {trigger: ".o_g24_desk_item[data-item='0']", run: "press 1"},
        {
            content: "the second question is next",
            trigger: ".o_g24_desk_item[data-item='1'].o_g24_active",
        },
        {trigger: ".o_g24_desk_item[data-item='1']", run: "press 3"},
        {trigger: ".o_g24_desk_item[data-item='1']", run: "press Control+Enter"},
        {
            content: "not fixed needs the citizen's words",
            trigger: `${desk} .alert-danger`,
        },
        {trigger: ".o_g24_words", run: "edit Опять течёт"},
        {
            content: "the key that puts aside only leads out of the words",
            trigger: ".o_g24_words",
            run: "press Escape",
        },
        {
            content: "outside of them nothing is thrown away without a question",
            trigger: ".o_g24_desk_item[data-item='1']:focus",
            run: "press Escape",
        },
        {trigger: ".modal .btn-primary", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_g24_words:value(Опять течёт)"},
        {
            content: "nor by a click on another citizen",
            trigger: ".o_g24_desk_row:contains(Петров Пётр)",
            run: "click",
        },
        {trigger: ".modal .btn-primary", run: "click"},
        {
            content: "the screen is left in the middle of the call, and opened again",
            trigger: "body:not(:has(.modal)) .o_g24_words:value(Опять течёт)",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        {trigger: ".o_g24_desk_row:has(.o_g24_desk_kept)", run: "click"},
        {content: "the marks are back", trigger: ".o_g24_desk_restored"},
        {trigger: ".o_g24_words:value(Опять течёт)"},
        {trigger: ".o_g24_words", run: "press Control+Enter"},
        {content: "recorded", trigger: ".o_g24_desk_idle [role=status]"},
        {trigger: ".o_g24_take", run: "press Enter"},
        {trigger: ".o_g24_desk_name:contains(Петров)"},
        {trigger: ".o_g24_desk_item", run: "press r"},
        {content: "recorded", trigger: ".o_g24_desk_idle [role=status]"},
        {
            content: "another number has to be found",
            trigger: ".o_g24_desk_row:contains(Петров Пётр)",
            run: "click",
        },
        {trigger: ".o_g24_new_phone", run: "edit 8 913 210-00-01"},
        {trigger: ".o_g24_set_phone", run: "click"},
        {
            content: "the citizen is called at the new number",
            trigger: ".o_g24_desk_phone:contains(210)",
        },
        {trigger: ".o_g24_desk_item", run: "press e"},
        {trigger: "#g24_desk_call_back"},
        {trigger: ".o_g24_promise", run: "click"},
        {
            content: "nobody is left",
            trigger: `${desk}_queue:not(:has(.o_g24_desk_row))`,
        },
    ],
});

/** Organisations without person and number: each line opens its own appeal. */
registry.category("web_tour.tours").add("gorod24_appeals_informing_nameless", {
    steps: () => [
        {
            content: "they are told apart by their names",
            trigger: ".o_g24_desk_row:contains(ООО «Луч»)",
        },
        {trigger: ".o_g24_desk_row:contains(ТСЖ «Заря»)", run: "click"},
        {trigger: ".o_g24_desk_name:contains(ТСЖ «Заря»)"},
        {trigger: ".o_g24_desk_row.active:contains(ТСЖ «Заря»)"},
        {
            content: "its answer goes in writing",
            trigger: ".o_g24_desk_item .o_g24_written",
        },
        {trigger: ".o_g24_desk_row:contains(ООО «Луч»)", run: "click"},
        {trigger: ".o_g24_desk_name:contains(ООО «Луч»)"},
        {trigger: ".o_g24_aside", run: "click"},
        {trigger: ".o_g24_desk_idle"},
    ],
});

/** From the list a planned time is told; nothing of the question is closed by it. */
registry.category("web_tour.tours").add("gorod24_appeals_informing_plan", {
    steps: () => [
        {
            content: "the list says what is to be told",
            trigger: ".o_data_row [name=told_text]:contains(Бригада Петрова)",
        },
        {trigger: ".o_data_row .o_g24_attempt_button", run: "click"},
        {trigger: ".modal .o_g24_told:contains(Бригада Петрова)"},
        {
            content: "nobody is asked whether it is fixed",
            trigger: ".modal .o_g24_attempt:not(:has([name=g24_satisfaction]))",
        },
        {trigger: ".modal .o_g24_record", run: "click"},
        {
            content: "told, it leaves the list",
            trigger: "body:not(:has(.modal)):not(:has(.o_data_row))",
        },
    ],
});
