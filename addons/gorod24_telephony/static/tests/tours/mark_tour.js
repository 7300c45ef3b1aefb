// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

// The supervisor listens to a talk and marks it; every criterion is one click.
registry.category("web_tour.tours").add("gorod24_telephony_mark", {
    steps: () => [
        {
            content: "The figures of the line stand on the call",
            trigger: ".o_form_view a[name=quality]",
            run: "click",
        },
        {
            content: "A bad one is seen",
            trigger: ".o_field_widget[name=quality_ids] .text-bg-danger",
        },
        {
            content: "Mark the talk",
            trigger: "button[name=action_mark]",
            run: "click",
        },
        {
            content: "Listen: what the player asks of the server is logged",
            trigger: ".modal .o_g24_recording audio",
            async run({anchor}) {
                const answer = await fetch(anchor.src);
                await answer.arrayBuffer();
            },
        },
        ...[1, 2, 3, 4, 5, 6].map((place) => ({
            content: `Criterion ${place}`,
            trigger: `.modal .o_data_row:nth-child(${place}) button[data-answer=${
                place === 1 ? "na" : "yes"
            }]`,
            run: "click",
        })),
        {
            content: "What does not apply takes nothing from the mark",
            trigger: ".modal .o_field_widget[name=total]:contains(100)",
        },
        {
            trigger: ".modal .o_field_widget[name=comment] textarea",
            run: "edit Well done",
        },
        {
            trigger: ".modal-footer button[name=action_save]",
            run: "click",
        },
        {
            content: "The window is gone",
            trigger: "body:not(:has(.modal)) .o_form_view a[name=marks]",
            run: "click",
        },
        {
            content: "and the mark stands on the call",
            trigger: ".o_field_widget[name=mark_ids] .o_data_row:contains(Well done)",
        },
    ],
});
