// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const CHOICE = ".o_g24_draft_state[data-status=conflict]";

/** On a narrow screen every button of the choice between two drafts can be reached. */
registry.category("web_tour.tours").add("gorod24_appeals_card_on_phone", {
    steps: () => [
        {trigger: "#g24_problem", run: "edit Пробный холод"},
        {
            trigger: `${CHOICE} button:last`,
            run() {
                for (const button of document.querySelectorAll(`${CHOICE} button`)) {
                    const {left, right} = button.getBoundingClientRect();
                    if (left < 0 || right > window.innerWidth) {
                        throw new Error(`"${button.textContent}" is cut off.`);
                    }
                }
            },
        },
    ],
});
