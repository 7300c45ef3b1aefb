// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const next = (to) => [
    {
        content: "Go on",
        trigger: "button[name=action_next]",
        run: "click",
    },
    {
        content: `The step ${to} is shown`,
        trigger: `.o_statusbar_status button[data-value=${to}].o_arrow_button_current`,
    },
];

registry.category("web_tour.tours").add("gorod24_cisco_setup", {
    steps: () => [
        {
            content: "Compare with the running connector",
            trigger: ".o_notebook_headers a[name=cisco_files]",
            run: "click",
        },
        {
            content: "Ask it",
            trigger: "button[name=action_ask_connector]",
            run: "click",
        },
        {
            content: "It runs with the same",
            trigger: "div[name=cisco_differences] .text-success",
        },
        {
            content: "Change an address",
            trigger: ".o_notebook_headers a[name=cisco_finesse]",
            run: "click",
        },
        {
            content: "Another port",
            trigger: "div[name=cisco_xmpp_port] input",
            run: "edit 5222",
        },
        ...next("operators"),
        {
            content: "Open the table",
            trigger: "button[name=action_operators]",
            run: "click",
        },
        {
            content: "Paste a line of somebody unknown",
            trigger: ".modal textarea",
            run: "edit nobody;6022;2831",
        },
        {
            content: "Put them into the table",
            trigger: ".modal button[name=action_read]",
            run: "click",
        },
        {
            content: "The mistake is named",
            trigger: ".modal:contains(nobody) .modal-footer button",
            run: "click",
        },
        {
            content: "Paste the right one",
            trigger: ".modal textarea",
            run: "edit test_operator;6021;2830",
        },
        {
            content: "Put it into the table",
            trigger: ".modal button[name=action_read]",
            run: "click",
        },
        {
            content: "It stands there",
            trigger: ".modal .o_data_row:contains(2830)",
        },
        {
            content: "Save",
            trigger: ".modal button[name=action_save]",
            run: "click",
        },
        {
            content: "The operator has his telephone",
            trigger: "div[name=step_operators] .o_data_row:contains(2830)",
        },
        ...next("numbers"),
        ...next("sources"),
        ...next("checks"),
        {
            content: "Check Finesse",
            trigger:
                ".o_g24_checks .o_data_row:contains(REST):first button[name=action_check]",
            run: "click",
        },
        {
            content: "It says what is wrong",
            trigger: ".o_g24_checks .o_data_row:contains(fin1.example:8445)",
        },
        ...next("calibration"),
        {
            content: "Take the next call",
            trigger: "button[name=action_trial_wait]",
            run: "click",
        },
        {
            content: "It waits",
            trigger: ".alert-info:contains(test_operator) .fa-spin",
        },
        {
            content: "Stop",
            trigger: "button[name=action_trial_stop]",
            run: "click",
        },
        {
            content: "It says so",
            trigger: "button[name=action_trial_wait]",
        },
    ],
});
