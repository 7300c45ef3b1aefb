// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("gorod24_notice_told", {
    steps: () => [
        {trigger: "#g24_number", run: "edit 83852123456"},
        {trigger: "#g24_number", run: "press Enter"},
        {
            content: "the notice of his house is there before he has spoken",
            trigger: ".o_g24_notice:contains(Отключена горячая вода)",
        },
        {trigger: ".o_g24_notice .o_g24_told", run: "press alt+t"},
        {trigger: ".o_g24_joined_notice:contains(ОП-)"},
        {
            content: "it can be taken off again",
            trigger: ".o_g24_unjoin",
            run: "press alt+j",
        },
        {trigger: ".o_g24_card:not(:has(.o_g24_joined_notice))"},
        {trigger: "#g24_problem", run: "press alt+t"},
        {trigger: ".o_g24_joined_notice"},
        {trigger: "#g24_problem", run: "press ctrl+Enter"},
        {trigger: ".o_g24_saved_number"},
        {trigger: ".o_g24_saved_text:contains(Отключена горячая вода)"},
    ],
});

tours.add("gorod24_notice_wait", {
    steps: () => [
        {trigger: "#g24_number", run: "edit 83852765432"},
        {trigger: "#g24_number", run: "press Enter"},
        {trigger: "#g24_person_name", run: "edit Ждущий Семён"},
        {trigger: "#g24_address", run: "edit опытная 12"},
        {trigger: ".o_g24_suggest_list [role=option]:contains(12)", run: "click"},
        {trigger: ".o_g24_notice:contains(Отключена горячая вода)"},
        {trigger: "#g24_problem", run: "edit Вода холодная"},
        {trigger: "#g24_problem", run: "press alt+w"},
        {trigger: ".o_g24_joined_notice"},
        {trigger: "#g24_problem", run: "press ctrl+Enter"},
        {trigger: ".o_g24_saved_number"},
    ],
});

tours.add("gorod24_notice_elsewhere", {
    steps: () => [
        {trigger: "#g24_number", run: "edit 83852123456"},
        {trigger: "#g24_number", run: "press Enter"},
        {trigger: ".o_g24_notice:contains(Отключена горячая вода)"},
        {trigger: "#g24_problem", run: "edit Нет воды"},
        {trigger: "#g24_problem", run: "press alt+t"},
        {trigger: ".o_g24_joined_notice"},
        {
            content: "it is about another house after all",
            trigger: "#g24_address",
            run: "edit опытная 12",
        },
        {trigger: ".o_g24_suggest_list [role=option]:contains(12)", run: "click"},
        {
            content: "the notice of the former house does not settle it",
            trigger: ".o_g24_card:not(:has(.o_g24_joined_notice))",
        },
        {trigger: ".o_notification:contains(ОП-)"},
        {trigger: "#g24_problem", run: "press ctrl+Enter"},
        {trigger: ".o_g24_saved_number"},
    ],
});
