// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

/** A look at an appeal or a question without leaving the card: nothing to save. */
export class RecordDialog extends FormViewDialog {
    setup() {
        super.setup();
        this.viewProps.buttonTemplate = "gorod24_appeals.RecordDialogButtons";
    }
}
