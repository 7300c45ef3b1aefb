// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {useState} from "@odoo/owl";
import {CardHeader} from "@gorod24_appeals/caller_card/header/card_header";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";

/**
 * The card was loaded while the phone rang; its header follows the call from
 * then on: talking, on hold, over, and the line on which it came, told later.
 */
patch(CardHeader.prototype, {
    setup() {
        super.setup();
        this.line = useState(useService("gorod24_telephony.call"));
    },

    get call() {
        const call = super.call;
        if (!call || !this.line.enabled || call.state === "ended") {
            return call;
        }
        const id = this.line.merged[call.id] || call.id;
        const live = this.line.calls[id];
        const state = live ? live.state : this.line.ended[id] && "ended";
        const queue = live?.queue || call.queue;
        return state ? {...call, state, queue, state_label: ""} : {...call, queue};
    },

    get callLabel() {
        const label = super.callLabel;
        return this.call.queue ? `${label} · ${this.call.queue}` : label;
    },
});
