# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sections and participants of before get what new ones get by default."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    calendar = env.ref("gorod24_classifier.calendar_always", False)
    if calendar:
        cr.execute(
            "UPDATE gorod24_section SET calendar_id = %s WHERE calendar_id IS NULL",
            [calendar.id],
        )
    cr.execute(
        "UPDATE res_partner SET exchange_method = 'portal'"
        " WHERE is_participant AND exchange_method IS NULL"
    )
