// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";

/** While a colleague is asked or a citizen waits, so often the exchange is asked. */
export const ASK_MS = 3000;
/** Where the tabs of one browser keep whom the operator asks about which call. */
const consultKey = () => `gorod24_telephony.${user.userId}.consult`;

/**
 * Keeps `line.consult` true: the talk with a colleague about a citizen's call. No
 * event of the citizen's call tells of it, so the exchange is asked while it can be
 * going on; an exchange that cannot be asked leaves what the operator did last.
 */
export class ConsultWatch {
    /** @param {import("./call_service").CallLine} line */
    constructor(line) {
        this.line = line;
        this.isAsking = false;
        this.canAsk = true;
    }

    start() {
        this.read(browser.localStorage.getItem(consultKey()));
        browser.addEventListener("storage", ({key, newValue}) => {
            if (key === consultKey()) {
                this.read(newValue);
            }
        });
        browser.setInterval(() => {
            if (this.isOfUse && document.visibilityState !== "hidden") {
                this.ask();
            }
        }, ASK_MS);
    }

    read(text) {
        try {
            this.line.consult = JSON.parse(text) || false;
        } catch {
            this.line.consult = false;
        }
    }

    get isOfUse() {
        const calls = Object.values(this.line.calls);
        return (
            this.canAsk &&
            (this.line.consult || calls.some(({state}) => state === "held"))
        );
    }

    /** @param {Object|false} consult {callId, number, state}, kept over a refresh */
    set(consult) {
        this.line.consult = consult;
        browser.localStorage.setItem(
            consultKey(),
            consult ? JSON.stringify(consult) : ""
        );
    }

    began(callId, number) {
        this.canAsk = true;
        this.set({callId, number, state: ""});
    }

    /** Asks the exchange whether there is such a talk, and what waits for its end. */
    async ask() {
        if (this.isAsking) {
            return;
        }
        this.isAsking = true;
        const before = this.line.consult;
        try {
            const told = await this.line.lineState();
            this.canAsk = told.known;
            // What the operator did meanwhile is newer than the answer.
            if (told.known && this.line.consult === before && !this.line.pending) {
                this.take(told);
            }
            const {callId} = this.line.consult || {};
            if (!told.known && callId && !(callId in this.line.calls)) {
                this.set(false); // Kept from before a refresh; the call is over.
            }
        } catch {
            // Asked again soon.
        } finally {
            this.isAsking = false;
        }
    }

    take({consult, pending_state: pendingState}) {
        this.line.agentPending = pendingState;
        if (!consult) {
            if (this.line.consult) {
                this.set(false);
            }
            return;
        }
        const callId = this.line.consult?.callId || this.line.current?.id || false;
        this.set({callId, number: consult.number, state: consult.state});
    }
}
