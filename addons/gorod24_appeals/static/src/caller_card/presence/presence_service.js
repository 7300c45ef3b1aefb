// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

const MODEL = "gorod24.card.presence";
const BEAT_MS = 20000;
const SOON_MS = 150;

/**
 * Tells the server which cards this tab has open and learns who else has them.
 * A tab that dies is forgotten by the server after three silent beats.
 */
export class Presence {
    constructor({orm, bus}) {
        this.orm = orm;
        this.bus = bus;
        this.tab = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
        this.holders = {};
        this.others = [];
        this.timer = 0;
        this.started = false;
        this.silent = true;
    }

    /**
     * @param {string} holder what has the cards open: one component
     * @param {[string, number][]} subjects model and id of each; empty: closed
     */
    hold(holder, subjects) {
        const before = JSON.stringify(this.holders[holder] || []);
        if (JSON.stringify(subjects) === before) {
            return;
        }
        if (subjects.length) {
            this.holders[holder] = subjects;
        } else {
            delete this.holders[holder];
        }
        this._listen();
        this._wait(SOON_MS);
    }

    _listen() {
        if (this.started) {
            return;
        }
        this.started = true;
        this.bus.subscribe("gorod24_appeals.presence", () => {
            if (!this.silent) {
                this._wait(SOON_MS);
            }
        });
        this.bus.start();
        browser.addEventListener("pagehide", () => this.leave());
    }

    /** The page goes away: said in a request that outlives it. */
    leave() {
        if (this.silent) {
            return;
        }
        const params = {model: MODEL, method: "beat", args: [this.tab, []], kwargs: {}};
        browser.fetch(`/web/dataset/call_kw/${MODEL}/beat`, {
            method: "POST",
            keepalive: true,
            headers: {"Content-Type": "application/json"},
            body: JSON.stringify({jsonrpc: "2.0", method: "call", params}),
        });
    }

    get subjects() {
        const all = Object.values(this.holders).flat();
        return [...new Map(all.map((one) => [one.join(), one])).values()];
    }

    /** Others who have one of these cards open, each once: [{name, since}]. */
    othersOf(subjects) {
        const keys = new Set(subjects.map((one) => one.join()));
        const found = this.others.filter((other) =>
            keys.has([other.res_model, other.res_id].join())
        );
        return [...new Map(found.map((other) => [other.user_id, other])).values()];
    }

    _wait(pause) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.beat(), pause);
    }

    async beat() {
        const {subjects} = this;
        this.silent = !subjects.length;
        try {
            this.others =
                (await this.orm.silent.call(MODEL, "beat", [this.tab, subjects])) || [];
        } catch {
            // Unknown is shown as nobody; the next beat tells.
            this.others = [];
        }
        if (subjects.length) {
            this._wait(BEAT_MS);
        }
    }
}

export const presenceService = {
    dependencies: ["bus_service", "orm"],
    start(env, {bus_service: bus, orm}) {
        return reactive(new Presence({orm, bus}));
    },
};

registry.category("services").add("gorod24_appeals.presence", presenceService);
