# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Questions nobody was found for stand in the supervisors' queue.

    They were promised to citizens as "the supervisor will choose", but only refused
    ones came to the queue. Nobody is written a letter of what has waited for long.
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "ru_RU"})
    cr.execute(
        """
        UPDATE gorod24_question
           SET decision_since = COALESCE(registered_at, create_date),
               decision_reason = %s
         WHERE state = 'registered'
           AND participant_id IS NULL
           AND decision_since IS NULL
        """,
        [env["gorod24.question"]._get_orphan_reason()],
    )
