# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a term that stands still, as the participant sees it.

A paused term is awaited of nobody, so the request has no due date; without a word about
the pause the officer would think that it has no term at all.
"""

from odoo import models

from .gorod24_referral_journal import OPEN


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _get_portal_rows(self):
        """Add the pause to each line: dict(since, reason) or False."""
        rows = super()._get_portal_rows()
        # sudo: a participant holds no right on questions; the method above has checked
        # the referrals themselves
        pauses = self.sudo()._get_open_pauses()
        for row in rows:
            pause = pauses.get(row["id"])
            row["pause"] = bool(pause) and {
                "since": self._format_moment(pause.date_from),
                "reason": pause.reason,
            }
        return rows

    def _get_open_pauses(self):
        """{id of an open referral: pause of its execution that lasts}."""
        waiting = self.filtered(lambda one: one.state in OPEN and not one.execution_due)
        clocks = waiting.question_id._clock_find(
            "execution", [("state", "=", "paused")]
        )
        pauses = {
            clock.res_id: clock.pause_ids.filtered(lambda pause: not pause.date_to)
            for clock in clocks
        }
        return {
            one.id: pauses[one.question_id.id]
            for one in waiting
            if one.question_id.id in pauses
        }

    def _get_sheet_due(self, row):
        """On paper and in the table, too, the due date says that it stands still."""
        if not row["pause"]:
            return super()._get_sheet_due(row)
        return self.env._(
            "the term stands still since %(since)s", since=row["pause"]["since"]
        )
