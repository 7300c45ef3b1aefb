// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {Component, useState, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {RecordingPlayer} from "@gorod24_telephony/recording_player/recording_player";
import {session} from "@web/session";

defineMailModels();

class Parent extends Component {
    static components = {RecordingPlayer};
    static props = [];
    static template = xml`<RecordingPlayer record="state.record" readonly="true"/>`;
    setup() {
        this.state = useState({record: {resId: 1}});
    }
}

test("the reason for listening is asked for each record", async () => {
    patchWithCleanup(session, {gorod24_telephony: {listening_reason: true}});
    const parent = await mountWithCleanup(Parent);
    await contains("input").edit("Complaint", {confirm: false});
    await contains("button").click();
    expect("audio").toHaveCount(1);

    parent.state.record = {resId: 1};
    await animationFrame();
    expect("audio").toHaveCount(1, {message: "the same record, read anew"});
    parent.state.record = {resId: 2};
    await animationFrame();
    expect("audio").toHaveCount(0);
    expect("input").toHaveValue("");
});
