// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const row = (name) => `.o_g24_tree_row:has(.o_g24_tree_name:contains(/^${name}$/))`;
/** Dropped on the middle of a row: into it, not before or after. */
const dragInto = (name) => (helpers) =>
    helpers.drag_and_drop(row(name), {position: {top: 16, left: 300}, relative: true});
const press = (key) => ({trigger: ".o_g24_tree", run: `press ${key}`});

/** A curator looks through the tree, moves a topic, is refused a cycle. */
registry.category("web_tour.tours").add("gorod24_classifier_tree", {
    steps: () => [
        {trigger: ".o_g24_tree_choice:contains(Пробный)", run: "click"},
        {
            content: "the branch is opened with the mouse",
            trigger: `${row("Вода")} .o_g24_tree_toggle`,
            run: "click",
        },
        {
            content: "and its inner group with the keyboard",
            trigger: `${row("Горячая")}[aria-level="2"]`,
        },
        press("ArrowDown"),
        {trigger: `${row("Горячая")}.o_g24_current`},
        press("ArrowRight"),
        {trigger: `${row("Нет горячей")}[aria-level="3"]`},
        {
            content: "uses of the branch are counted",
            trigger: `${row("Вода")} .o_g24_tree_uses:contains(7)`,
        },
        {
            content: "the topic is dragged into another group",
            trigger: row("Нет горячей"),
            run: dragInto("Свет"),
        },
        {trigger: ".o_notification:contains(Нет горячей)"},
        {trigger: `${row("Свет")} ~ ${row("Нет горячей")}[aria-level="2"]`},
        {content: "and put back", trigger: ".o_g24_tree_undo", run: "click"},
        {trigger: `${row("Нет горячей")}[aria-level="3"]`},
        {
            content: "a group is not moved into its own branch",
            trigger: row("Вода"),
            run: dragInto("Горячая"),
        },
        {trigger: ".o_notification:has(.bg-danger):contains(Вода)"},
        {trigger: `${row("Вода")}[aria-level="1"]`},
        {trigger: ".o_g24_tree_filter", run: "edit ржавая"},
        {trigger: `${row("Ржавая")}.o_g24_hit.o_g24_current`},
        {
            content: "only the branch of what is found is left",
            trigger: `.o_g24_tree:not(:has(${row("Свет")}))`,
        },
        {
            content: "the rest is done with the keyboard: a place is chosen by words",
            trigger: ".o_g24_tree_filter",
            run: "press Enter",
        },
        press("F6"),
        {trigger: ".o_g24_move input", run: "edit свет"},
        {trigger: ".o_g24_move_list li:only-child:contains(Свет)"},
        {trigger: ".o_g24_move input", run: "press Enter"},
        {trigger: ".o_notification:contains(Ржавая)"},
        {trigger: `${row("Свет")} ~ ${row("Ржавая")}[aria-level="2"]`},
        press("Enter"),
        {trigger: ".o_form_view .o_g24_topic_path"},
        {
            content: "back from the form the tree stands as it was left",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {trigger: `${row("Ржавая")}.o_g24_current`},
    ],
});

/** An employee who is no curator reads the tree and changes nothing. */
registry.category("web_tour.tours").add("gorod24_classifier_tree_reader", {
    steps: () => [
        {trigger: ".o_g24_tree_choice:contains(Пробный)", run: "click"},
        {trigger: `${row("Вода")} .o_g24_tree_toggle`, run: "click"},
        {trigger: row("Горячая")},
        {trigger: ".o_g24_tree_action:not(:has(.o_g24_tree_add))"},
        {trigger: ".o_g24_tree:not(:has(button.o_g24_tree_more))"},
        {trigger: ".o_g24_tree:not(:has(.o_g24_movable))"},
    ],
});
