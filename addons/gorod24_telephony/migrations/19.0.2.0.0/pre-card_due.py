# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Fill the new columns by one statement: the base holds years of calls.

    What the ledger showed before, talks without an appeal, is what wants one now.
    """
    cr.execute("ALTER TABLE gorod24_call ADD COLUMN IF NOT EXISTS card_due boolean")
    cr.execute("ALTER TABLE gorod24_call ADD COLUMN IF NOT EXISTS card_count integer")
    cr.execute(
        """
        UPDATE gorod24_call c
        SET card_due = c.state = 'ended' AND c.result = 'answered'
            AND c.direction = 'in' AND c.informing_id IS NULL
            AND NOT EXISTS (
                SELECT FROM gorod24_call_ticket_rel r WHERE r.call_id = c.id),
            card_count = (
                SELECT count(*) FROM gorod24_call_ticket_rel r WHERE r.call_id = c.id)
        """
    )
