// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {Component, useSubEnv, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {InformingDesk} from "@gorod24_appeals/informing/desk";

defineMailModels();

const YES = ".o_g24_desk [data-answer=yes]";

class Parent extends Component {
    static components = {Dropdown, InformingDesk};
    static props = [];
    static template = xml`
        <Dropdown>
            <button class="o_menu">Keypad</button>
            <t t-set-slot="content"><span>1</span></t>
        </Dropdown>
        <InformingDesk action="{}" actionId="1"/>`;
    setup() {
        useSubEnv({config: {}});
    }
}

test("a digit pressed while a menu is open marks nothing on the desk", async () => {
    allowTranslations();
    const row = {
        phone: "+71",
        phone_display: "1",
        partner_id: 3,
        name: "Anna",
        questions: 1,
        count: 1,
    };
    const item = {id: 10, question_id: 1, topic: "Lift", files: []};
    onRpc("gorod24.informing.desk", "queue", () => ({rows: [row], needs_contact: []}));
    onRpc("gorod24.informing.desk", "take", () => ({
        phone: "+71",
        phone_display: "1",
        partner: {id: 3, name: "Anna"},
        items: [item],
        attempts: [],
    }));
    onRpc("gorod24.informing.desk", "release", () => true);
    await mountWithCleanup(Parent);
    await animationFrame();
    document.activeElement.blur();
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect(YES).toHaveCount(1);
    await contains(".o_menu").click();
    await press("1");
    await animationFrame();
    expect(`${YES}.btn-primary`).toHaveCount(0);
    await press("Escape");
    await animationFrame();
    document.activeElement.blur();
    await press("1");
    await animationFrame();
    expect(`${YES}.btn-primary`).toHaveCount(1);
});
