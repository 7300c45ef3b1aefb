// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {JournalStrip} from "./journal_strip";

export class JournalListRenderer extends ListRenderer {
    static template = "gorod24_appeals.JournalListRenderer";
    static components = {...ListRenderer.components, JournalStrip};
}

registry.category("views").add("gorod24_journal_list", {
    ...listView,
    Renderer: JournalListRenderer,
});
