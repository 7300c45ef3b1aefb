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
    reopen_count = fields.Integer(
        "Reopened, times", default=0, readonly=True, copy=False
    )
    reopen_words = fields.Text(
        "What is still wrong", readonly=True, copy=False, help="In the citizen's words."
    )

    _dissatisfied_idx = models.Index(
        "(satisfaction, id DESC) WHERE satisfaction IN ('no', 'partly')"
    )
    _repeated_control_idx = models.Index("(id DESC) WHERE reopen_count > 0")

    def _start_informing(self, moment):
        """Create the duties to tell, in the way each citizen chose.

        Who asked for no informing is not called: the question closes with the outcome
        the participant reported, and the duty is kept as declined, with who said so.
        """
        declined = self.filtered(lambda one: one.appeal_id.inform_way == "none")
        declined._decline_informing(moment)
        by_letter = (self - declined).filtered(
            lambda one: not one.phone_e164 and one.appeal_id._get_letter_address()
        )
        for question in by_letter:
            question._clock_start("informing", question.regime_id, moment)
            vals = question._prepare_informing_vals(moment)
            self.env["gorod24.informing"].create(vals)
            question._transition("informing", moment)
        result = super(Question, self - declined - by_letter)._start_informing(moment)
        due = self.informing_ids.filtered(lambda informing: informing.state == "due")
        due._start_letters()
        return result

    def _decline_informing(self, moment):
        if not self:
            return
        self.env["gorod24.informing"].create(
            [
                {
                    **question._prepare_informing_vals(moment),
                    "state": "declined",
                    "next_at": False,
                    "done_at": moment,
                    "operator_id": question.appeal_id.inform_declined_by_id.id,
                }
                for question in self
            ]
        )
        self._close(moment)

    def _prepare_informing_vals(self, moment):
        Informing = self.env["gorod24.informing"]
        vals = super()._prepare_informing_vals(moment)
        closed = self.partner_id.phone_ids.filtered(
            lambda phone: phone.e164 == self.phone_e164
        )
        if not self.phone_e164:
            vals["needs_contact"] = True
        elif closed.do_not_call or closed.wrong:
            other = self.partner_id._get_usable_numbers()
            vals["needs_contact"] = not other
            vals["phone_e164"] = min(other, default=self.phone_e164)
        if not vals.get("needs_contact"):
            vals["next_at"] = Informing._next_call_moment(moment)
        return vals

    def _reopen_with_words(self, words):
        """Start a new control period because the citizen says it is not fixed.

        :param words: what he said; they travel to the participant with the referral.
        """
        words = (words or "").strip()
        self.write({"reopen_words": words or self.env._("Not fixed.")})
        return self._reopen(
            self.env._("Not fixed, the citizen says: %(note)s", note=words or "–")
        )

    def _reopen(self, reason):
        for question in self:
            question.reopen_count += 1
        return super()._reopen(reason)

    def _prepare_referral_vals(self, start):
        """The participant learns that it is not the first time, and what was said."""
        vals = super()._prepare_referral_vals(start)
        if self.reopen_count:
            vals["control_period"] = self.reopen_count + 1
            vals["citizen_words"] = self.reopen_words
        return vals


class Referral(models.Model):
    _inherit = "gorod24.referral"

    control_period = fields.Integer(
        default=1,
        readonly=True,
        help="1 for the first; 2 and more after the citizen said it was not fixed.",
    )
    citizen_words = fields.Text("What the citizen says is still wrong", readonly=True)
