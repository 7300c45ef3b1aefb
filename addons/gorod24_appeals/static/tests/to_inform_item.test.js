// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {Component, useState, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {contains, getService, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {ToInformItem} from "@gorod24_appeals/caller_card/side_panels/to_inform_item";

defineMailModels();

class Parent extends Component {
    static components = {ToInformItem};
    static props = ["card", "item"];
    static template = xml`
        <ToInformItem t-if="state.shown" card="props.card" item="props.item"
            openQuestion="() => {}"/>`;
    setup() {
        this.state = useState({shown: true});
    }
}

test("words about what is still wrong hold the page until they are recorded", async () => {
    const card = {
        recordInformed: async (item, said) => Object.assign(item, {recorded: said}),
    };
    const item = {id: 4, topic: "Lift", question: "26-1/1", result: "Repaired"};
    const props = {card, item};
    const parent = await mountWithCleanup(Parent, {props});
    const {holds} = getService("gorod24_appeals.card_state");
    await contains("[data-answer=no]").click();
    expect(holds.size).toBe(0);
    await contains("input").edit("It stands again", {confirm: false});
    expect(holds.size).toBe(1);
    await contains(".btn-danger").click();
    await animationFrame();
    expect(holds.size).toBe(0);

    delete item.recorded;
    parent.state.shown = false;
    await animationFrame();
    parent.state.shown = true;
    await animationFrame();
    await contains("[data-answer=no]").click();
    await contains("input").edit("It stands again", {confirm: false});
    expect(holds.size).toBe(1);
    parent.state.shown = false;
    await animationFrame();
    expect(holds.size).toBe(0, {message: "a page that was left holds nothing"});
});
