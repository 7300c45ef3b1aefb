// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

export const REFRESH_MS = 5000;

/** @param {number} seconds @returns {string} "2:05" */
export function minutes(seconds) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Big figures of this minute and this day, for the screen on the wall. */
export class Wallboard extends Component {
    static template = "gorod24_telephony.Wallboard";
    static props = {...standardActionServiceProps};
    static path = "wallboard";
    static displayName = _t("Wallboard");

    setup() {
        this.orm = useService("orm");
        this.minutes = minutes;
        this.state = useState({board: null, stale: false});
        onWillStart(() => this.refresh());
        const timer = browser.setInterval(() => {
            if (document.visibilityState === "visible") {
                this.refresh();
            }
        }, REFRESH_MS);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    async refresh() {
        try {
            this.state.board = await this.orm.silent.call(
                "gorod24.wallboard",
                "snapshot",
                []
            );
            this.state.stale = false;
        } catch (error) {
            if (!this.state.board) {
                throw error;
            }
            // Old figures are shown as such until the server answers again.
            this.state.stale = true;
        }
    }

    get serviceLevel() {
        const {service_level: level} = this.state.board.today;
        return level === null ? "–" : `${level} %`;
    }

    /** Colours by what calls for action: nobody to answer, a long wait. */
    get waitingClass() {
        const {now, threshold} = this.state.board;
        if (!now.waiting) {
            return "text-success";
        }
        return now.longest_wait > threshold ? "text-danger" : "text-warning";
    }

    get levelClass() {
        const {service_level: level} = this.state.board.today;
        if (level === null) {
            return "text-muted";
        }
        return level >= 80
            ? "text-success"
            : level >= 60
              ? "text-warning"
              : "text-danger";
    }
}

registry.category("actions").add("gorod24_telephony.wallboard", Wallboard);
