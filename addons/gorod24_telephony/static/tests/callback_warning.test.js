// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {queryOne, waitFor} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    getService,
    makeMockServer,
    MockServer,
    mountWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";

defineMailModels();

const BUTTON = ".o_notification_buttons .btn";

test("the button of the warning about a call to return is not broken", async () => {
    allowTranslations();
    await makeMockServer();
    await mountWithCleanup(MainComponentsContainer, {noMainContainer: true});
    await getService("bus_service").start();
    MockServer.env["bus.bus"]._sendone(
        serverState.partnerId,
        "gorod24_telephony.callback_warning",
        {count: 2, due: "2026-11-28T01:00:00Z"}
    );
    await waitFor(BUTTON, {timeout: 2000});
    expect(getComputedStyle(queryOne(BUTTON)).whiteSpace).toBe("nowrap");
});
