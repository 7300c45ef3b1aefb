# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Voice menus that asked by GET go on: nobody changed their scripts yet."""
    cr.execute(
        "UPDATE gorod24_telephony_source SET ivr_by_address = true WHERE allow_ivr"
    )
