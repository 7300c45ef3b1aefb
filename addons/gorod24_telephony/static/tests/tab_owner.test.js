// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {expect, test} from "@odoo/hoot";
import {TabOwner} from "@gorod24_telephony/call_service/tab_owner";

/** Tabs of one browser: they share localStorage, waiting takes no time. */
function openTab({main = false, userId = 7} = {}) {
    return new TabOwner({
        userId,
        isMainTab: async () => main,
        wait: async () => {},
    });
}

async function claimAll(tabs, callId) {
    const answers = await Promise.all(tabs.map((tab) => tab.claim(callId)));
    return tabs.filter((tab, index) => answers[index]);
}

test("the tab focused last opens the card", async () => {
    const tabs = [openTab({main: true}), openTab(), openTab()];
    tabs[1].focus();
    tabs[2].focus();
    expect(await claimAll(tabs, 1)).toEqual([tabs[2]]);
});

test("a call is claimed once, whatever comes again", async () => {
    const tabs = [openTab({main: true}), openTab()];
    tabs[1].focus();
    expect((await claimAll(tabs, 1)).length).toBe(1);
    expect(await claimAll(tabs, 1)).toEqual([]);
    tabs[0].focus();
    expect(await claimAll(tabs, 1)).toEqual([]);
    // A refreshed tab is a new one with the same storage.
    const refreshed = openTab({main: true});
    refreshed.focus();
    expect(await refreshed.claim(1)).toBe(false);
});

test("when the focused tab is closed, the main tab opens the card", async () => {
    const tabs = [openTab(), openTab({main: true})];
    const closed = openTab();
    closed.focus();
    closed.leave();
    expect(await claimAll(tabs, 1)).toEqual([tabs[1]]);
});

test("when the focused tab died without a word, the main tab opens the card", async () => {
    const tabs = [openTab(), openTab({main: true})];
    openTab().focus();
    expect(await claimAll(tabs, 1)).toEqual([tabs[1]]);
});

test("when no tab is the main one, still one opens the card", async () => {
    const tabs = [openTab(), openTab()];
    expect((await claimAll(tabs, 1)).length).toBe(1);
});

test("another user of the browser has his own calls", async () => {
    const one = openTab({userId: 1});
    const two = openTab({userId: 2});
    one.focus();
    two.focus();
    expect(await one.claim(1)).toBe(true);
    expect(await two.claim(1)).toBe(true);
});

test("a tab that leaves does not take the focus of another with it", async () => {
    const [one, two] = [openTab(), openTab()];
    one.focus();
    two.focus();
    one.leave();
    expect(await two.claim(5)).toBe(true);
});
