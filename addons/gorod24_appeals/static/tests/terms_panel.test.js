// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {Component, useState, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {Latest} from "@gorod24_appeals/caller_card/latest";
import {AppealTerms} from "@gorod24_appeals/terms/appeal_terms";
import {TermsPanel} from "@gorod24_appeals/terms/terms_panel";

defineMailModels();

function termsOf(label) {
    const term = {
        id: 1,
        kind: "execution",
        label,
        state: "running",
        target: "2026-11-30T01:00:00Z",
        actions: [],
        steps: [],
    };
    const now = "2026-11-28T01:00:00Z";
    return {now, terms: [term], rights: {}, can_forward: []};
}

test("the terms of a question left behind never stand on the next one", async () => {
    allowTranslations();
    const slow = new Deferred();
    const answers = {1: termsOf("First"), 2: slow, 3: termsOf("Third")};
    onRpc("gorod24.question", "get_terms", ({args}) => answers[args[0][0]]);
    class Parent extends Component {
        static components = {TermsPanel};
        static props = [];
        static template = xml`<div class="o_test"><TermsPanel questionId="state.id"/></div>`;
        setup() {
            this.state = useState({id: 1});
        }
    }
    const parent = await mountWithCleanup(Parent);
    parent.state.id = 2;
    await animationFrame();
    parent.state.id = 3;
    await animationFrame();
    slow.resolve(termsOf("Second"));
    await animationFrame();
    await animationFrame();
    expect(".o_test").toHaveText(/Third/);
    expect(".o_test").not.toHaveText(/Second/);
});

test("nor do those of another appeal", async () => {
    const slow = new Deferred();
    const panel = Object.create(AppealTerms.prototype);
    Object.assign(panel, {
        turns: new Latest(),
        state: {questions: [], error: ""},
        _read: async (id) => (id === 1 ? slow : [{id}]),
    });
    const first = panel.load(1);
    await panel.load(2);
    slow.resolve([{id: 1}]);
    await first;
    expect(panel.state.questions).toEqual([{id: 2}]);
});
