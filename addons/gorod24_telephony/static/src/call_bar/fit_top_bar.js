// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";

/**
 * Let the sections of the menu make room whenever a thing of the top bar gets wider.
 *
 * The bar fits its menu to the window and to the set of its things only; ours grow
 * with a call and with citizens who wait, and would cover each other.
 *
 * @param {Object} ref of the element that grows
 */
export function useFitTopBar(ref) {
    const observer = new ResizeObserver(() =>
        registry.category("systray").trigger("UPDATE")
    );
    onMounted(() => observer.observe(ref.el));
    onWillUnmount(() => observer.disconnect());
}
