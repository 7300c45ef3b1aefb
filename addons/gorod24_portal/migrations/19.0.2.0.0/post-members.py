# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two marks of a participant, name and phone, become an agreement.

The marks said what the agreement lets officers see. Without this every officer would
lose the phone on the day of the upgrade. The page of the reference data names these
agreements until somebody attaches the signed document.
"""

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tools.sql import column_exists

ALWAYS_SHOWN = {"text", "address", "flat"}


def migrate(cr, version):
    if not version or not column_exists(cr, "res_partner", "portal_show_phone"):
        return
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "ru_RU"})
    cr.execute(
        "SELECT p.id, p.portal_show_name, p.portal_show_phone FROM res_partner p"
        " WHERE p.is_participant AND NOT EXISTS (SELECT 1 FROM gorod24_agreement a"
        " WHERE a.participant_id = p.id) ORDER BY p.id"
    )
    participants = cr.fetchall()
    kinds = {
        field.code: field.id for field in env["gorod24.agreement.field"].search([])
    }
    today = env["gorod24.agreement"]._get_today()
    vals_list = []
    for participant, shows_name, shows_phone in participants:
        codes = ALWAYS_SHOWN | ({"name"} if shows_name else set())
        codes |= {"phone"} if shows_phone else set()
        vals_list.append(
            {
                "participant_id": participant,
                "number": "б/н",
                "date": today,
                "valid_from": today,
                "field_ids": [Command.set([kinds[code] for code in codes])],
                "user_id": False,
                "note": "Перенесено при обновлении из отметок «показывать имя» и "
                "«показывать телефон». Сверьте с подписанным соглашением и "
                "приложите его.",
            }
        )
    env["gorod24.agreement"].create(vals_list)
