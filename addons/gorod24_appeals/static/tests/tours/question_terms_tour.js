// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const EXECUTION = ".o_g24_term[data-kind=execution]";

/** Reads why a date is what it is, pauses the term with a reason and resumes it. */
registry.category("web_tour.tours").add("gorod24_appeals_question_terms", {
    steps: () => [
        {trigger: `${EXECUTION} .o_g24_left.text-bg-info`},
        {trigger: `${EXECUTION} .o_g24_why`, run: "click"},
        {
            content: "the steps are read",
            trigger: ".o_g24_term_reason ol li:nth-child(2)",
        },
        {trigger: `${EXECUTION} .o_g24_term_pause`, run: "click"},
        {
            trigger: ".modal div[name=reason] input",
            run: "edit Ждём документы",
        },
        {trigger: ".modal .o_g24_apply", run: "click"},
        {trigger: `${EXECUTION} .o_g24_left.text-bg-warning`},
        {trigger: `${EXECUTION} .o_g24_term_resume`, run: "click"},
        {trigger: `${EXECUTION} .o_g24_left.text-bg-info`},
    ],
});
