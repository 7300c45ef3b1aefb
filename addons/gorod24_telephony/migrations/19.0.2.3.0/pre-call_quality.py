# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tools import SQL
from odoo.tools.sql import column_exists


def migrate(cr, version):
    """Fill the new stored columns by one statement each: the base holds years of calls.

    Nothing was measured before; which appeals came of a call is in their links.
    """
    if not version:
        return
    cr.execute(
        "ALTER TABLE gorod24_call ADD COLUMN IF NOT EXISTS bad_line boolean"
        " DEFAULT false"
    )
    cr.execute("ALTER TABLE gorod24_call ALTER COLUMN bad_line DROP DEFAULT")
    cr.execute(
        "ALTER TABLE helpdesk_ticket ADD COLUMN IF NOT EXISTS from_call boolean"
        " DEFAULT false"
    )
    cr.execute("ALTER TABLE helpdesk_ticket ALTER COLUMN from_call DROP DEFAULT")
    # Calls of the first version know no reason why they have no card.
    known = column_exists(cr, "gorod24_call", "no_card_reason")
    cr.execute(
        SQL(
            """
            UPDATE helpdesk_ticket t SET from_call = true
            WHERE NOT t.from_call AND EXISTS (
                SELECT FROM gorod24_call_ticket_rel r
                JOIN gorod24_call c ON c.id = r.call_id
                WHERE r.ticket_id = t.id AND %s)
            """,
            SQL("COALESCE(c.no_card_reason, '') != 'follow_up'")
            if known
            else SQL("TRUE"),
        )
    )
