# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what may be reported about a referral, whichever door it comes through.

The page of the portal says these things earlier and more kindly; here they hold for a
program, too.
"""

import math
from datetime import UTC, datetime, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

MAX_RESULT = 5000
MAX_REASON = 2000
MAX_NOTE = 250
MAX_COST = 10**9
# Clocks of a phone and of the server differ a little.
LATENESS = timedelta(minutes=5)
HORIZON = timedelta(days=366)


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def action_refuse(self, reason):
        """Give the referrals back to the operator with a reason."""
        self._check_words(reason, MAX_REASON)
        return super().action_refuse(reason)

    def action_plan(self, planned_at, note=False):
        """Set the moment of the visit (UTC): not past, not beyond a year."""
        self._check_words(note, MAX_NOTE)
        note = (note or "").strip() or False
        return super().action_plan(self._check_moment(planned_at), note)

    def action_done(self, result_text, outcome, attachment_ids=None, cost=0.0):
        """Report the result; the cost is a sum of money, the text a readable one."""
        self._check_words(result_text, MAX_RESULT)
        self._check_words(outcome, MAX_NOTE)
        return super().action_done(
            result_text, outcome, attachment_ids, self._check_cost(cost)
        )

    def _check_words(self, text, limit):
        if text and not isinstance(text, str):
            raise UserError(self.env._("Write the text in words."))
        if len((text or "").strip()) > limit:
            raise UserError(
                self.env._(
                    "The text is too long: %(length)s characters. Keep within "
                    "%(limit)s.",
                    length=len(text.strip()),
                    limit=limit,
                )
            )

    def _check_moment(self, moment):
        """Return naive UTC of a moment of a visit."""
        try:
            moment = fields.Datetime.to_datetime(moment)
        except (ValueError, TypeError):
            moment = None
        if not isinstance(moment, datetime):
            raise UserError(self.env._("Choose the date and time of the visit."))
        if moment.tzinfo:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        now = fields.Datetime.now()
        if moment < now - LATENESS:
            raise UserError(self.env._("This time has passed. Choose a later one."))
        if moment > now + HORIZON:
            raise UserError(
                self.env._("This is more than a year ahead. Check the date.")
            )
        return moment

    def _check_cost(self, cost):
        """Return roubles as a float; NaN and infinity are no sums."""
        try:
            cost = float(cost or 0)
        except (ValueError, TypeError):
            cost = math.nan
        if not 0 <= cost < MAX_COST:
            raise UserError(
                self.env._("The cost must be a sum in roubles, not negative.")
            )
        return round(cost, 2)
