# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whoever has to localise damage has the term beside his referral, as the others."""

LOCALISE = """
UPDATE gorod24_referral referral SET localise_due = question.localise_due
  FROM gorod24_question question
 WHERE question.referral_id = referral.id
   AND question.localise_due IS NOT NULL
   AND referral.state IN ('sent', 'accepted')
   AND referral.localise_due IS NULL
"""


def migrate(cr, version):
    if version:
        cr.execute(LOCALISE)
