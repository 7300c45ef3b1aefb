// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";

const CLAIMS_KEPT_MS = 48 * 3600 * 1000;
/** How long a tab gives the one it believes to be better placed. */
export const YIELD_MS = 700;
/** After this any tab may open the card: nobody better placed is alive. */
export const LAST_RESORT_MS = 1500;

/**
 * Settles in which one of an operator's tabs the card of a call opens: in the
 * tab focused last; if that one is gone, in the main tab of the browser; if
 * even that one cannot, in any. A call once claimed is never claimed again, so
 * a refresh or a repeated message opens nothing.
 */
export class TabOwner {
    /**
     * @param {{userId: number, isMainTab: () => Promise<boolean>,
     *     wait?: (ms: number) => Promise<void>}} options
     */
    constructor({userId, isMainTab, wait}) {
        this.tabId = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
        this.focusKey = `gorod24_telephony.${userId}.focused_tab`;
        this.claimsKey = `gorod24_telephony.${userId}.claimed_calls`;
        this.isMainTab = isMainTab;
        this.wait =
            wait || ((ms) => new Promise((done) => browser.setTimeout(done, ms)));
    }

    /** Follows focus from now on; returns a function that stops it. */
    follow() {
        const focus = () => this.focus();
        const visible = () => document.visibilityState === "visible" && this.focus();
        const leave = () => this.leave();
        browser.addEventListener("focus", focus);
        // Two windows side by side: the one she works in is not always told of focus.
        document.addEventListener("pointerdown", focus, true);
        document.addEventListener("keydown", focus, true);
        browser.addEventListener("pagehide", leave);
        document.addEventListener("visibilitychange", visible);
        if (document.hasFocus()) {
            this.focus();
        }
        return () => {
            browser.removeEventListener("focus", focus);
            document.removeEventListener("pointerdown", focus, true);
            document.removeEventListener("keydown", focus, true);
            browser.removeEventListener("pagehide", leave);
            document.removeEventListener("visibilitychange", visible);
        };
    }

    focus() {
        if (browser.localStorage.getItem(this.focusKey) === this.tabId) {
            return;
        }
        browser.localStorage.setItem(this.focusKey, this.tabId);
    }

    leave() {
        if (browser.localStorage.getItem(this.focusKey) === this.tabId) {
            browser.localStorage.removeItem(this.focusKey);
        }
    }

    /**
     * @param {string} callId what the card is opened for: the call and its leg
     * @returns {Promise<boolean>} true in exactly one tab, and once
     */
    async claim(callId) {
        const focused = browser.localStorage.getItem(this.focusKey);
        if (focused === this.tabId) {
            return this._take(callId);
        }
        if (focused) {
            await this.wait(YIELD_MS);
        }
        if (this._isClaimed(callId)) {
            return false;
        }
        if (!(await this.isMainTab())) {
            await this.wait(LAST_RESORT_MS + Math.random() * 300);
        }
        return this._take(callId);
    }

    _claims() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.claimsKey)) || {};
        } catch {
            return {};
        }
    }

    _isClaimed(callId) {
        return callId in this._claims();
    }

    _take(callId) {
        const claims = this._claims();
        if (callId in claims) {
            return false;
        }
        const now = Date.now();
        const kept = Object.entries(claims).filter(
            ([, at]) => now - at < CLAIMS_KEPT_MS
        );
        const next = {...Object.fromEntries(kept), [callId]: now};
        browser.localStorage.setItem(this.claimsKey, JSON.stringify(next));
        return true;
    }
}
