# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Fill the new columns of legs by one statement: the base holds years of calls.

    An end is a guess when an event found out after an outage told it.
    """
    cr.execute(
        "ALTER TABLE gorod24_call_leg ADD COLUMN IF NOT EXISTS direction varchar"
    )
    cr.execute(
        "ALTER TABLE gorod24_call_leg ADD COLUMN IF NOT EXISTS end_guessed boolean"
    )
    cr.execute(
        """
        UPDATE gorod24_call_leg l
        SET direction = c.direction,
            end_guessed = EXISTS (
                SELECT FROM gorod24_call_event e
                WHERE e.call_id = l.call_id AND e.type = 'call.ended'
                  AND e.at = l.ended_at AND e.payload->>'recovered' = 'true')
        FROM gorod24_call c WHERE c.id = l.call_id
        """
    )
