# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a participant tells that the damage is localised."""

from odoo import fields, models
from odoo.exceptions import UserError


class Referral(models.Model):
    _inherit = "gorod24.referral"

    # Of the responsible participant only: co-executors are not asked to localise.
    localise_due = fields.Datetime("Localise before", copy=False)
    localised_at = fields.Datetime("Localised", copy=False)
    localised_by_id = fields.Many2one(
        "res.users", "Localised: noted by", copy=False, ondelete="restrict"
    )
    localised_note = fields.Char("What localised it", copy=False)

    def action_localised(self, words, moment=False):
        """Note that the damage is localised; an unaccepted referral is accepted.

        :param words: what was done
        :param moment: when (UTC), now by default
        :raises UserError: without words, for a co-executor, when it is localised
            already or no localisation is timed
        """
        self.filtered(lambda referral: referral.state == "sent").action_accept()
        for referral in self._lock_for_work():
            referral._check_open()
            if referral.role != "main":
                raise UserError(
                    self.env._("The responsible participant tells of the localisation.")
                )
            referral.question_id._on_localised(words, moment)
        return True

    def _journal_depends(self):
        return [*super()._journal_depends(), "localised_at", "localised_note"]

    def _journal_own_fields(self):
        return [*super()._journal_own_fields(), "localised_at", "localised_note"]

    def _journal_note_parts(self):
        """What came first is told first: localised, then the result."""
        parts = super()._journal_note_parts()
        if not self.localised_at:
            return parts
        local = self.env["gorod24.clock"]._to_local(self.localised_at)
        words = self.env._(
            "Localised %(when)s: %(words)s",
            when=local.strftime("%d.%m %H:%M"),
            words=self.localised_note or "–",
        )
        return [words, *parts]
