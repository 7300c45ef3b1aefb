# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A term that stands still, or whose miss was excused, is not overdue any more.

Only open clocks are looked at: the copies of ended terms are what they were.
"""

# kind of the clock → its copy beside the question, and beside the referral
COPIES = (
    ("acceptance", "accept_due", "accept_due"),
    ("execution", "execution_due", "execution_due"),
    ("informing", "informing_due", None),
    ("localisation", "localise_due", None),
)
STILL = """
UPDATE gorod24_question question SET {copy} = NULL
  FROM gorod24_clock clock
 WHERE clock.res_model = 'gorod24.question' AND clock.res_id = question.id
   AND clock.kind = %s AND clock.state <> 'stopped'
   AND (clock.state = 'paused' OR clock.excuse IS NOT NULL)
   AND question.{copy} IS NOT NULL
RETURNING question.id
"""
REFERRALS = """
UPDATE gorod24_referral SET {copy} = NULL
 WHERE question_id = ANY(%s) AND state IN ('sent', 'accepted')
"""


def migrate(cr, version):
    if not version:
        return
    for kind, copy, of_referral in COPIES:
        cr.execute(STILL.format(copy=copy), (kind,))
        ids = [row[0] for row in cr.fetchall()]
        if ids and of_referral:
            cr.execute(REFERRALS.format(copy=of_referral), (ids,))
