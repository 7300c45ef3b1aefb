// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Reads the course of an appeal: one kind of lines, all, the page that follows. */
tours.add("gorod24_appeals_timeline", {
    steps: () => [
        {trigger: ".o_form_view a[name=course]", run: "click"},
        {trigger: ".o_g24_timeline_entry:contains(Пробный холод)"},
        {trigger: ".o_g24_chip[data-kind=message]", run: "click"},
        {
            content: "only what was written is left",
            trigger:
                ".o_g24_timeline:not(:has([data-kind=referral].o_g24_timeline_entry))",
        },
        {trigger: ".o_g24_timeline_entry:contains(Запись 39)"},
        {trigger: ".o_g24_timeline:not(:contains(Запись 2.))"},
        {trigger: ".o_g24_more", run: "click"},
        {trigger: ".o_g24_timeline_entry:contains(Запись 2.)"},
        {trigger: ".o_g24_chip:first", run: "click"},
        {trigger: ".o_g24_timeline_entry[data-kind=message]"},
    ],
});

/** From the person to all his questions, filtered by topic, page by page. */
tours.add("gorod24_appeals_history", {
    steps: () => [
        {trigger: "button[name=action_open_history]", run: "click"},
        {trigger: ".o_g24_history_row:contains(Пробный холод)"},
        {
            content: "a page of fifty",
            trigger: ".o_g24_history_screen tbody:has(tr:nth-child(50))",
        },
        {trigger: ".o_g24_more", run: "click"},
        {trigger: ".o_g24_history_screen tbody:has(tr:nth-child(52))"},
        {
            trigger: ".o_g24_history_topic",
            run: "selectByLabel Пробный прорыв трубы (1)",
        },
        {trigger: ".o_g24_history_screen tbody:not(:has(tr:nth-child(2)))"},
        {trigger: ".o_g24_history_row button:contains(/1)", run: "click"},
        {trigger: ".o_form_view .o_field_widget[name=topic_id]"},
    ],
});

/** Finds a double, merges it, takes the merge back. */
tours.add("gorod24_appeals_merge", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Двойникова) button[name=action_merge]",
            run: "click",
        },
        {trigger: ".modal .o_g24_merge:contains(Двойникова Анна)"},
        {trigger: ".modal [name=keep_name] input[data-value=merged]", run: "click"},
        {trigger: ".modal button[name=action_merge]", run: "click"},
        {
            content: "the one who stays has the fuller name",
            trigger: ".o_form_view:not(.modal *) .o_field_widget[name=name]",
        },
    ],
});
