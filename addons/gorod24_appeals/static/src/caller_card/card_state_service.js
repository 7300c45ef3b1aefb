// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";

/**
 * What the rest of the web client may know of the open card: `dirty` is true
 * while it holds words not yet saved, so that another incoming call does not
 * push it away; `callId` is the call it belongs to; `holds` are the places with
 * words that nothing keeps: see `useHeldWords`.
 */
export const cardStateService = {
    start() {
        return reactive({open: false, dirty: false, callId: false, holds: new Set()});
    },
};

registry.category("services").add("gorod24_appeals.card_state", cardStateService);
