// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

/** A question goes to another participant, gets a co-executor, is withdrawn. */
registry.category("web_tour.tours").add("gorod24_appeals_question_flow", {
    steps: () => [
        {trigger: ".o_g24_resend_button", run: "click"},
        {
            content: "the rules name the next one",
            trigger: ".o_g24_proposal:contains(Участок водоканала)",
            run: "click",
        },
        {trigger: "#g24_send_reason", run: "edit Дом передан водоканалу"},
        {trigger: ".o_g24_send", run: "click"},
        {trigger: "[name=participant_id]:contains(Пробный водоканал)"},
        {
            content: "the course tells it at once, too",
            trigger: ".o_g24_timeline_entry:contains(Дом передан водоканалу)",
        },
        {trigger: ".o_g24_co_button", run: "click"},
        {
            trigger: ".o_g24_proposal:contains(Участок дирекции)",
            run: "click",
        },
        {trigger: ".o_g24_send", run: "click"},
        {trigger: ".o_notebook .nav-link[name=referrals]", run: "click"},
        {
            content: "three referrals, each with its part",
            trigger: "[name=referral_ids] .o_data_row:nth-child(3)",
        },
        {trigger: ".o_g24_withdraw", run: "click"},
        {trigger: ".modal [name=reason] textarea", run: "edit Заявитель передумал"},
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {
            content: "closed, and nothing more to do but reopen",
            trigger: ".o_form_view:not(:has(.o_g24_resend_button)) .o_g24_reopen",
        },
    ],
});
