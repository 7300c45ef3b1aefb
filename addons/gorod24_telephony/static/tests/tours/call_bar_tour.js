// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("gorod24_telephony_call_bar", {
    steps: () => [
        {
            content: "The call going on is in the top bar after a page load",
            trigger: ".o_g24_call_bar .o_g24_call_info[data-state=talking]",
        },
        {
            content: "Open the calls of the appeal",
            trigger: ".o_notebook .nav-link[name=calls]",
            run: "click",
        },
        {
            content: "The recording has a player",
            trigger: ".o_g24_recording audio[src*='/gorod24/telephony/recording/']",
            async run() {
                const {src} = document.querySelector(".o_g24_recording audio");
                const answer = await fetch(src, {headers: {Range: "bytes=0-3"}});
                if (answer.status !== 206 || (await answer.text()) !== "RIFF") {
                    throw new Error(`The recording cannot be heard: ${answer.status}`);
                }
            },
        },
        {
            content: "Open the card of the call",
            trigger: ".o_g24_call_info",
            run: "click",
        },
        {
            content: "The card is open",
            trigger: ".o_action_manager .o_g24_card",
        },
    ],
});
