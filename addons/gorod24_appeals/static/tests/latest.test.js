// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";
import {Latest, STALE} from "@gorod24_appeals/caller_card/latest";

describe.current.tags("headless");

test("an answer to an old request is stale, in whatever order they come", async () => {
    const latest = new Latest();
    const [old, fresh] = [new Deferred(), new Deferred()];
    const first = latest.run(() => old);
    const second = latest.run(() => fresh);
    fresh.resolve("fresh");
    expect(await second).toBe("fresh");
    old.resolve("old");
    expect(await first).toBe(STALE);
});

test("a late error of an old request is nobody's business", async () => {
    const latest = new Latest();
    const old = new Deferred();
    const first = latest.run(() => old);
    const second = latest.run(() => Promise.resolve(2));
    old.reject(new Error("late"));
    expect(await first).toBe(STALE);
    expect(await second).toBe(2);
});

test("an error of the newest request is told", async () => {
    const latest = new Latest();
    await expect(latest.run(() => Promise.reject(new Error("now")))).rejects.toThrow(
        "now"
    );
});

test("cancel makes what is under way stale", async () => {
    const latest = new Latest();
    const running = latest.run(() => Promise.resolve(1));
    latest.cancel();
    expect(await running).toBe(STALE);
});
