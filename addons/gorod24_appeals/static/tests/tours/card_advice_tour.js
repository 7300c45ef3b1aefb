// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function caller(number, name) {
    return [
        {trigger: "#g24_number", run: `edit ${number}`},
        {trigger: "#g24_number", run: "press Enter"},
        {trigger: "#g24_person_name", run: `edit ${name}`},
    ];
}

const house = [
    {trigger: "#g24_address", run: "edit Опытная 10"},
    {trigger: ".o_g24_suggest_list [role=option]"},
    {trigger: "#g24_address", run: "press Enter"},
    {trigger: ".o_g24_suggest_found"},
];

function topic(words, name) {
    return [
        {trigger: "#g24_problem", run: `edit ${words}`},
        {trigger: `.o_g24_topic:contains(${name})`},
        {trigger: "#g24_problem", run: "press ArrowDown"},
        {trigger: ".o_g24_topic.active"},
        {trigger: "#g24_problem", run: "press Enter"},
        {trigger: `.o_g24_topic_chosen:contains(${name})`},
    ];
}

const saved = [
    {trigger: ".o_g24_saved_number:contains(-)"},
    {trigger: ".o_g24_next", run: "click"},
];

/** Reads a standard answer aloud with the keyboard alone; it helped. */
tours.add("gorod24_appeals_card_answer", {
    steps: () => [
        ...caller("83852209998", "Проверкин Пётр"),
        ...house,
        ...topic("Пробный холод в батареях", "Пробный холод"),
        {trigger: ".o_g24_advice_item:contains(Когда дадут тепло)"},
        {trigger: "#g24_problem", run: "press ArrowDown"},
        {
            content: "the text is open to be read aloud",
            trigger: ".o_g24_open .o_g24_advice_text:contains(Тепло дадут к вечеру)",
        },
        {trigger: ".o_g24_advice_list", run: "press Enter"},
        {trigger: "#g24_answer:value(Тепло дадут к вечеру.)"},
        {
            content: "the next key tells that it helped",
            trigger: ".o_g24_helped_yes:focus",
            run: "press Enter",
        },
        {trigger: ".o_g24_helped_yes[aria-pressed=true]"},
        {trigger: ".o_g24_helped_yes", run: "press Control+Enter"},
        ...saved,
    ],
});

/** The text did not help: the question goes to the participant after all. */
tours.add("gorod24_appeals_card_not_helped", {
    steps: () => [
        ...caller("83852209997", "Проверкин Илья"),
        ...house,
        ...topic("Пробный холод в батареях", "Пробный холод"),
        {trigger: ".o_g24_advice_title:contains(Когда дадут тепло)", run: "click"},
        {trigger: ".o_g24_open .o_g24_take", run: "click"},
        {trigger: ".o_g24_helped_no", run: "click"},
        {trigger: ".o_g24_participant:contains(Пробные теплосети)"},
        {trigger: "#g24_problem", run: "press Control+Enter"},
        {trigger: ".o_g24_saved:contains(Пробные теплосети)"},
        ...saved,
    ],
});

/** A topic that asks questions of its own and needs a house. */
tours.add("gorod24_appeals_card_extra", {
    steps: () => [
        ...caller("83852209996", "Проверкин Олег"),
        ...topic("Пробный холод в батареях", "Пробный холод"),
        {trigger: ".o_g24_extra label:contains(Номер опоры)"},
        {trigger: "#g24_extra_0", run: "edit 15-Б"},
        {trigger: "#g24_extra_1", run: "edit много"},
        {trigger: "#g24_extra_1.is-invalid", run: "edit 3"},
        {trigger: "#g24_extra_1:not(.is-invalid)"},
        {trigger: "#g24_extra_3", run: "select no"},
        {trigger: "#g24_extra_4", run: "selectByLabel Двор"},
        {trigger: "#g24_place_note", run: "edit у леса"},
        {trigger: ".o_g24_place_need"},
        {trigger: "#g24_problem", run: "press Control+Enter"},
        {
            content: "the gap is named and the cursor stands in it",
            trigger: ".o_g24_problems",
        },
        {trigger: "#g24_address:focus"},
        ...house,
        {trigger: "#g24_problem", run: "press Control+Enter"},
        ...saved,
    ],
});

/** Danger: the phrase is there before anything else; a service may be told. */
tours.add("gorod24_appeals_card_danger", {
    steps: () => [
        ...caller("83852209995", "Проверкин Глеб"),
        ...topic("Пробный запах газа", "Пробный запах газа"),
        {trigger: ".o_g24_stop:contains(позвоните 104)"},
        {trigger: ".o_g24_advice_status.text-success"},
        {trigger: "#g24_problem", run: "press ArrowDown"},
        {trigger: ".o_g24_open .o_g24_advice_text:contains(55-55-55)"},
        {trigger: ".o_g24_advice_list", run: "press Enter"},
        {trigger: "#g24_answer:focus", run: "press Control+Enter"},
        ...saved,
    ],
});

/** A complaint: whom it is about is found by a part of the name. */
tours.add("gorod24_appeals_card_complaint", {
    steps: () => [
        ...caller("83852209994", "Проверкин Фома"),
        ...house,
        {trigger: ".o_g24_caller select", run: "select complaint"},
        ...topic("Пробный холод в батареях", "Пробный холод"),
        {trigger: "#g24_complained", run: "edit водокан"},
        {trigger: ".o_g24_suggest_list [role=option]:contains(Пробный водоканал)"},
        {trigger: "#g24_complained", run: "press Enter"},
        {trigger: "#g24_complained:value(Пробный водоканал)"},
        {trigger: "#g24_problem", run: "press Control+Enter"},
        ...saved,
    ],
});
