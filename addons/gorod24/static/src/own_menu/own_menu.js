// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {patch} from "@web/core/utils/patch";
import {WebClient} from "@web/webclient/webclient";

const OWN_APP = "gorod24.menu_root";

/**
 * A page opened by its address has the menu of the app its action stands in. Journals,
 * records and what is opened from other pages stand in none: a fresh tab showed no menu
 * at all. They belong to the hotline, whose menu the user sees if he has it.
 */
patch(WebClient.prototype, {
    async loadRouterState() {
        try {
            await super.loadRouterState(...arguments);
        } finally {
            // Also where the page was refused: the user is told so and goes elsewhere.
            this.showOwnMenu();
        }
    },

    showOwnMenu() {
        if (!this.menuService.getCurrentApp()) {
            const apps = this.menuService.getApps();
            const own = apps.find((app) => app.xmlid === OWN_APP);
            if (own) {
                this.menuService.setCurrentMenu(own);
            }
        }
    },
});
