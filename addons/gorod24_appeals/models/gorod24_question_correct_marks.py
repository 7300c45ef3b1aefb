# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the marks of a saved question put right: emergency, pay, price, visit."""

from odoo import models
from odoo.exceptions import AccessError, UserError


class QuestionCorrectMarks(models.Model):
    _inherit = "gorod24.question"

    def action_correct_emergency(self, emergency, reason=""):
        """Make an emergency of the question, or an ordinary one; terms follow.

        Operators do both, but the mark of a question whose term has passed already is
        taken off by a supervisor only: longer terms would hide the miss.

        :param reason: why it is none; asked for when the mark is taken off
        :raises UserError: saying what is missing or not possible.
        """
        self.ensure_one()
        reason = self._clean_reason(reason, required=not emergency)
        question = self._lock_for_control()
        question._check_correctable()
        if bool(emergency) == question.emergency:
            return True
        regime = question._get_marked_regime(emergency)
        if not emergency:
            question._check_may_unmark()
        yes, no = self.env._("yes"), self.env._("no")
        question.write({"emergency": bool(emergency), "regime_id": regime.id})
        for kind in ("acceptance", "execution", "informing"):
            question._clock_rederive(kind, regime)
        question._derive_terms()
        appeal = question.appeal_id.with_context(tracking_disable=True)
        appeal.emergency = any(appeal.question_ids.mapped("emergency"))
        question._note_corrected(
            "emergency", no if emergency else yes, yes if emergency else no
        )
        if reason:
            question._log_events("note", reason)
        return True

    def _get_marked_regime(self, emergency):
        """Return the regime with the mark, or without it.

        :raises UserError: when the topic itself is an emergency
        """
        regimes = self.env["gorod24.regime"]
        if emergency:
            return self.regime_id._for_emergency(self._is_in_house())
        if regimes._for_topic(self.topic_id).is_emergency:
            raise UserError(
                self.env._(
                    "The topic “%(topic)s” is an emergency by itself: correct the"
                    " topic.",
                    topic=self.topic_id.name,
                )
            )
        if self.appeal_id.converted_at:
            return self.appeal_id._get_written_regime()
        return regimes._for_topic(self.topic_id)._for_sending()

    def _check_may_unmark(self):
        """:raises AccessError: when a term has passed and the user is an operator."""
        late = self._clock_search([("outcome", "=", "missed")])
        supervisor = "gorod24_appeals.group_supervisor"
        if (late or self.is_overdue) and not self.env.user.has_group(supervisor):
            raise AccessError(
                self.env._(
                    "A term of the emergency has passed: only a supervisor takes the"
                    " mark off."
                )
            )

    def action_correct_paid(self, paid, price=False, visit=False):
        """Correct whether the request is paid, the agreed price and visit.

        :param price: roubles, number or text; False for none
        :param visit: UTC moment; one already passed may stay, not be set
        :raises UserError: for a senseless price or day, or a closed question.
        """
        self.ensure_one()
        question = self._lock_for_control()
        question._check_correctable()
        registrar = self.env["gorod24.appeal.registrar"]
        price = registrar._read_price(price, self.position) if paid else False
        if not paid:
            visit = False
        elif visit != question.visit_agreed_at:
            visit = registrar._read_visit(visit, self.position)
        before = question._get_paid_words()
        question.write(
            {"paid": bool(paid), "price_agreed": price, "visit_agreed_at": visit}
        )
        question._note_corrected("paid", before, question._get_paid_words())
        appeal = question.appeal_id.with_context(tracking_disable=True)
        appeal.paid = any(appeal.question_ids.mapped("paid"))
        return True

    def _get_paid_words(self):
        """«yes, 1500.00, 05.10.2026 12:30»"""
        self.ensure_one()
        if not self.paid:
            return self.env._("no")
        price = f"{self.price_agreed:.2f}" if self.price_agreed else ""
        visit = self.visit_agreed_at and self._term_moment(self.visit_agreed_at)
        return ", ".join(filter(None, [self.env._("yes"), price, visit]))
