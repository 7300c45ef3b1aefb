# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how long a citizen may wait for an answer: resolution 416, p. 13."""

from odoo import api, fields, models
from odoo.fields import Domain


class Call(models.Model):
    _inherit = "gorod24.call"

    is_answer_late = fields.Boolean(
        "Waited longer than the norm",
        compute="_compute_is_answer_late",
        search="_search_is_answer_late",
        help="The norm is a limit of the regime of unanswered calls.",
    )

    # Whatever the norm is, few wait longer than a minute.
    _long_wait_idx = models.Index("(wait_seconds) WHERE wait_seconds > 60")

    @api.depends("direction", "result", "wait_seconds")
    def _compute_is_answer_late(self):
        norm = self._get_answer_norm()
        for call in self:
            waited = call.direction == "in" and call.result
            call.is_answer_late = bool(norm and waited and call.wait_seconds > norm)

    @api.model
    def _search_is_answer_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        norm = self._get_answer_norm()
        if not norm:
            return Domain.FALSE
        return (
            Domain("direction", "=", "in")
            & Domain("result", "!=", False)
            & Domain("wait_seconds", ">", norm)
        )

    @api.model
    def _get_answer_norm(self):
        """Seconds within which a call is answered; None when nothing limits it."""
        regimes = self.env["gorod24.regime"]
        urgent = self.env["gorod24.hotline.hours"]._is_round_the_clock()
        regime = regimes._of_family("call_emergency" if urgent else "call")
        today = self.env["gorod24.clock"]._get_today()
        rule = regime._rule_for("answer", today)
        return rule and rule.base == "minutes" and rule.amount * 60 or None
