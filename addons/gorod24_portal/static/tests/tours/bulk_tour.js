import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("gorod24_portal_bulk", {
    steps: () => [
        {
            content: "nothing is chosen: no bar",
            trigger: ".g24-journal:has(.g24-chosen-bar.d-none)",
        },
        {trigger: ".g24-row:nth-child(1) .g24-choose input", run: "click"},
        {trigger: ".g24-chosen-count:contains(1)"},
        {trigger: ".g24-choose-all", run: "click"},
        {trigger: ".g24-chosen-count:contains(2)"},
        {
            trigger: ".g24-chosen-bar button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".g24-bulk-list li:nth-child(2)"},
        {trigger: ".g24-report label:contains(Устранено)", run: "click"},
        {trigger: ".g24-report textarea", run: "edit Стояк включён"},
        {
            trigger: ".g24-report button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".g24-bulk-job .progress"},
    ],
});
