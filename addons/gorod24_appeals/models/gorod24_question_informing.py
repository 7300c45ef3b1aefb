# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how a question is told, what the citizen says, and what follows from it."""

from odoo import fields, models

from .gorod24_informing_attempt import SATISFACTION


class Question(models.Model):
    _inherit = "gorod24.question"

    satisfaction = fields.Selection(
        SATISFACTION, readonly=True, help="What the citizen said when he was told last."
    )

    _dissatisfied_idx = models.Index(
        "(satisfaction, id DESC) WHERE satisfaction IN ('no', 'partly')"
    )
    _repeated_control_idx = models.Index("(id DESC) WHERE period > 1")

    def _start_informing(self, moment):
        """Create the duties to tell, in the way each citizen chose."""
        by_letter = self.filtered(lambda question: question._is_told_by_letter_only())
        for question in by_letter:
            question._clock_start("informing", question.regime_id, moment)
            vals = question._prepare_informing_vals(moment)
            self.env["gorod24.informing"].create(vals)
        by_letter._transition("informing", moment)
        result = super(Question, self - by_letter)._start_informing(moment)
        due = self.informing_ids.filtered(lambda informing: informing.state == "due")
        due._start_letters()
        return result

    def _is_told_by_letter_only(self):
        """Whether a citizen without a telephone has to be told all the same.

        Everybody has whom we know and who did not decline: by e-mail, by post (59-FZ,
        article 10), or at a number to be found. Without an address the operator ends
        the duty himself, and that is on record.
        """
        self.ensure_one()
        if self.phone_e164 or self.informing_declined:
            return False
        return self.appeal_id.author_type != "anonymous"

    def _prepare_informing_vals(self, moment):
        Informing = self.env["gorod24.informing"]
        vals = super()._prepare_informing_vals(moment)
        mine = self.partner_id.phone_ids.filtered(
            lambda phone: phone.e164 == self.phone_e164
        )
        if not self.phone_e164:
            vals["needs_contact"] = True
        elif mine.do_not_call or mine.wrong:
            other = self.partner_id._get_usable_numbers()
            vals["needs_contact"] = not other
            vals["phone_e164"] = min(other, default=self.phone_e164)
        if not vals.get("needs_contact"):
            vals["next_at"] = Informing._next_call_moment(moment)
        return vals

    def _is_told(self):
        """A letter on its way, or a number to be found, is not told yet."""
        results = self.informing_ids.filtered(lambda one: one.purpose == "result")
        due = "due" in results.mapped("state")
        if due and not self.informing_declined:
            return False
        return super()._is_told()

    def _cancel_informing(self, moment=None):
        """A duty that the citizen declined is kept as declined, not as cancelled."""
        declined = self.filtered("informing_declined").informing_ids
        for duty in declined.filtered(lambda one: one.state == "due"):
            duty._finish("declined", moment or fields.Datetime.now())
        duties = self.informing_ids.filtered(lambda one: one.state == "due")
        result = super()._cancel_informing(moment)
        duties._recall_letters()
        duties.write({"next_at": False, "needs_contact": False})
        return result

    def _reopen_with_words(self, words):
        """Start a new control period because the citizen says it is not fixed.

        :param words: what he said; they travel to the participant with the referral.
        """
        words = (words or "").strip()
        return self._reopen(
            self.env._("Not fixed, the citizen says: %(note)s", note=words or "–")
        )
