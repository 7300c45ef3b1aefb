# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: an oral answer needs the citizen's consent, noted on the card.

59-FZ, article 13, part 3: at a reception the answer may be given orally when the facts
are obvious and the citizen agrees; otherwise he is answered in writing.
"""

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_appeal_registrar import CardError

ORAL = "oral"


class Question(models.Model):
    _inherit = "gorod24.question"

    regime_family = fields.Selection(related="regime_id.family")
    oral_consent_at = fields.Datetime("Agrees to an oral answer since", copy=False)
    oral_consent_by_id = fields.Many2one(
        "res.users", "Consent noted by", copy=False, ondelete="restrict"
    )

    def action_note_oral_consent(self):
        """Note that the citizen agrees to be answered orally.

        :raises UserError: when the law asks for no consent, or the question is closed
        """
        for question in self._lock_for_control():
            if not question.regime_id._is_of(ORAL):
                raise UserError(
                    self.env._("Only an appeal at a reception needs this consent.")
                )
            question._check_correctable()
            if not question.oral_consent_at:
                question._note_oral_consent(fields.Datetime.now())
        return True

    def _note_oral_consent(self, moment):
        self.write({"oral_consent_at": moment, "oral_consent_by_id": self.env.uid})
        words = self.env._("The citizen agrees to an oral answer")
        self._log_events("note", words, moment=moment)

    def _lacks_oral_consent(self):
        self.ensure_one()
        return self.regime_id._is_of(ORAL) and not self.oral_consent_at

    def _check_oral(self):
        """:raises UserError: when an oral answer would end a question without it"""
        for question in self:
            if question._lacks_oral_consent():
                raise UserError(
                    self.env._(
                        "Question %(name)s: an oral answer needs the citizen's consent"
                        " (59-FZ, article 13). Note the consent on the question, or"
                        " answer in writing.",
                        name=question.name,
                    )
                )

    def action_close(self, outcome=False, note=False, leading_id=False):
        """As before; what is answered orally at a reception needs the consent."""
        if outcome == "answered_in_call":
            self._check_oral()
        return super().action_close(outcome, note, leading_id)


class Informing(models.Model):
    _inherit = "gorod24.informing"

    def _on_reached(self, satisfaction, note, at):
        """Told by telephone, the answer is an oral one; "not solved" ends nothing."""
        if self.purpose == "result" and satisfaction != "no":
            self.question_id._check_oral()
        return super()._on_reached(satisfaction, note, at)


class AppealRegistrar(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check(self, values, questions):
        result = super()._check(values, questions)
        for position, point in enumerate(questions, 1):
            topic = self._browse("helpdesk.ticket.category", point.get("topic_id"))
            regime = self._regime(topic, point)
            oral = regime._is_of(ORAL) and self._is_answered(point, regime)
            if oral and not point.get("oral_consent"):
                raise CardError(
                    self.env._(
                        "Question %(position)s: an oral answer needs the citizen's"
                        " consent. Mark it, or send the question to be answered in"
                        " writing.",
                        position=position,
                    ),
                    "consent",
                    position,
                )
        return result

    def _prepare_question_vals(self, appeal, position, point):
        vals = super()._prepare_question_vals(appeal, position, point)
        if point.get("oral_consent"):
            vals["oral_consent_at"] = fields.Datetime.now()
            vals["oral_consent_by_id"] = self.env.uid
        return vals

    def _resolve(self, values, point):
        resolved = super()._resolve(values, point)
        oral = resolved["regime"]._is_of(ORAL) and point.get("oral_consent")
        return dict(resolved, oral_consent=bool(oral))
