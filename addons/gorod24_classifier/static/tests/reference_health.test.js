import {describe, expect, test} from "@odoo/hoot";
import {click, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

describe.current.tags("desktop");
defineMailModels();

const row = (code, severity, count) => ({
    code,
    severity,
    count,
    title: `Title ${code}`,
    hint: `Hint ${code}`,
    area: "topics",
});

async function openPage(rows) {
    onRpc("gorod24.reference.health", "get_report", () => rows);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "gorod24_reference_health",
    });
    await animationFrame();
}

test("faults stand in the order of the server, what is in order apart", async () => {
    await openPage([
        row("bad", "danger", 1200),
        row("soon", "info", 2),
        row("ok", "danger", 0),
    ]);
    expect(queryAllTexts(".o_g24_health_title")).toEqual(["Title bad", "Title soon"]);
    expect(".o_g24_health_danger .o_g24_health_count").toHaveCount(1);
    expect(queryAllTexts(".o_g24_health_calm li span:first-of-type")).toEqual([
        "Title ok",
    ]);
    expect(".o_g24_health_fine").toHaveCount(0);
});

test("nothing to do is said calmly", async () => {
    await openPage([row("ok", "danger", 0)]);
    expect(".o_g24_health_fine").toHaveCount(1);
    expect(".o_g24_health_card").toHaveCount(0);
});

test("a click opens the list that the server names", async () => {
    await openPage([row("bad", "danger", 3)]);
    onRpc("gorod24.reference.health", "open_check", ({args}) => {
        expect.step(`open ${args[0]}`);
        return {type: "ir.actions.act_window", name: "Bad"};
    });
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(action.name),
    });
    await click(".o_g24_health_card");
    await animationFrame();
    expect.verifySteps(["open bad", "Bad"]);
});
