// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    makeDialogMockEnv,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {AttemptDialog} from "@gorod24_appeals/informing/attempt_dialog";
import {consequenceOf} from "@gorod24_appeals/informing/attempt_end";

defineMailModels();

const FIXED = "label[for='g24_satisfaction_yes']";
const RECORD = ".o_g24_record";

async function mountDialog(purpose) {
    onRpc("gorod24.informing", "record_attempt", ({args, kwargs}) => {
        expect.step([args[1], kwargs.satisfaction, kwargs.note]);
        return {};
    });
    await mountWithCleanup(AttemptDialog, {
        env: await makeDialogMockEnv(),
        props: {
            close: () => {},
            informingId: 5,
            purpose,
            told: "They are to come on 23 November, 13:15",
            onRecorded: () => expect.step("recorded"),
        },
    });
}

test("what follows is told as it will be done", () => {
    allowTranslations();
    const of = (...args) => String(consequenceOf(...args));
    expect(of("result", "reached", "yes")).toInclude("closed");
    expect(of("result", "reached", "no")).toInclude("participant again");
    expect(of("result", "refused", "yes")).toInclude("closed");
    for (const missed of ["no_answer", "busy"]) {
        expect(of("result", missed, "yes")).toInclude("called again later");
        expect(of("result", missed, "yes")).toInclude("unreachable");
    }
    expect(of("result", "call_back", "yes")).toInclude("stays on the list");
    expect(of("result", "wrong_number", "yes")).toInclude("number");
    for (const end of ["reached", "no_answer", "busy", "call_back", "refused"]) {
        for (const said of ["yes", "no"]) {
            expect(of("plan", end, said)).not.toInclude("closed");
            expect(of("plan", end, said)).not.toInclude("participant again");
        }
    }
});

test("a planned time is read aloud and told: nobody is asked whether it is fixed", async () => {
    await mountDialog("plan");
    expect(".o_g24_told").toHaveText("They are to come on 23 November, 13:15");
    expect(FIXED).toHaveCount(0);
    expect(".o_g24_consequence").toHaveText(/stays at work/);
    await contains(RECORD).click();
    expect.verifySteps([["reached", "not_asked", ""], "recorded"]);
});

test("a result not fixed is recorded with the citizen's words only", async () => {
    await mountDialog("result");
    expect(FIXED).toHaveCount(1);
    await contains("label[for='g24_satisfaction_no']").click();
    expect(".o_g24_consequence").toHaveText(/participant again/);
    await contains(RECORD).click();
    expect(".alert-danger").toHaveText(/what is still wrong/);
    expect.verifySteps([]);
    await contains("#g24_attempt_note").edit("It leaks", {confirm: false});
    await contains(RECORD).click();
    await animationFrame();
    expect.verifySteps([["reached", "no", "It leaks"], "recorded"]);
});

test("who refuses to talk closes the question, and the dialog says so", async () => {
    await mountDialog("result");
    await contains("label[for='g24_disposition_refused']").click();
    expect(".o_g24_consequence").toHaveText(
        "The question is closed, the result is not told."
    );
    expect(FIXED).toHaveCount(0);
});
