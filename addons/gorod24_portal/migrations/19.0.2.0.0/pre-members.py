# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The page of the marks «name» and «phone» goes: agreements decide now."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        "DELETE FROM ir_ui_view WHERE id IN (SELECT res_id FROM ir_model_data"
        " WHERE module = 'gorod24_portal' AND model = 'ir.ui.view'"
        " AND name = 'res_partner_participant_view_form')"
    )
    cr.execute(
        "DELETE FROM ir_model_data WHERE module = 'gorod24_portal'"
        " AND model = 'ir.ui.view' AND name = 'res_partner_participant_view_form'"
    )
