# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Talks are listened to and marked, to get better at them."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..marking import total


class Call(models.Model):
    _inherit = "gorod24.call"

    mark_ids = fields.One2many(
        "gorod24.call.mark",
        "call_id",
        "Quality marks",
        domain=[("is_current", "=", True)],
        groups="gorod24_appeals.group_supervisor",
    )

    def action_mark(self):
        """Open the form by which the talk is marked, or the mark corrected."""
        self.ensure_one()
        self._check_may_mark()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mark of the talk"),
            "res_model": "gorod24.call.mark.form",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_call_id": self.id, "dialog_size": "extra-large"},
        }

    def _talkers(self):
        """Return the operators who talked with the citizen in the call."""
        self.ensure_one()
        legs = self.leg_ids.filtered(lambda leg: leg.answered_at and not leg.consult)
        return legs.user_id or self.user_id

    def _check_may_mark(self):
        self.ensure_one()
        if not self.env.user.has_group("gorod24_appeals.group_supervisor"):
            raise AccessError(self.env._("Only supervisors mark talks."))
        self.check_access("read")
        if self.result != "answered" or self.state != "ended":
            raise UserError(self.env._("Only a talk that is over can be marked."))
        if not self._talkers() - self.env.user:
            raise UserError(self.env._("Your own talk is marked by another."))

    def _own_mark(self):
        """Return the mark in force that the current user gave to the call."""
        self.ensure_one()
        return self.env["gorod24.call.mark"].search(
            [
                ("call_id", "=", self.id),
                ("reviewer_id", "=", self.env.uid),
                ("is_current", "=", True),
            ]
        )

    def _mark(self, operator, answers, comment="", why=""):
        """Note the mark of the current user; a second one corrects the first.

        :param operator: whose talk it was.
        :param answers: {criterion: answer}, see ``marking.SHARES``.
        :param why: needed for a correction.
        :raises UserError: when the talk was not listened to, or something is missing.
        """
        self._check_may_mark()
        if operator not in self._talkers() or operator == self.env.user:
            raise UserError(self.env._("Choose whose talk it was."))
        if not self._was_heard():
            raise UserError(self.env._("Listen to the talk first, then mark it."))
        mark = total((one.weight, answer) for one, answer in answers.items())
        if mark is None:
            raise UserError(self.env._("Answer at least one criterion."))
        before, why = self._own_mark(), (why or "").strip()
        if before and not why:
            raise UserError(self.env._("Write why the mark is corrected."))
        # Nobody writes marks but this method; the right to it is checked above.
        marks = self.env["gorod24.call.mark"].sudo()
        before.sudo().is_current = False
        before.flush_recordset()
        return marks.create(
            {
                "call_id": self.id,
                "call_at": self.started_at,
                "user_id": operator.id,
                "reviewer_id": self.env.uid,
                "total": mark,
                "comment": (comment or "").strip() or False,
                "previous_id": before.id,
                "why": why if before else False,
                "line_ids": self._prepare_mark_lines(answers),
            }
        ).with_env(self.env)

    def _prepare_mark_lines(self, answers):
        return [
            Command.create(
                {
                    "sequence": place,
                    "criterion_id": criterion.id,
                    "weight": criterion.weight,
                    "answer": answer,
                }
            )
            for place, (criterion, answer) in enumerate(answers.items())
        ]

    def _was_heard(self):
        """Did the current user listen to a recording of the call? The log knows."""
        return bool(
            self.env["gorod24.recording.access"].search_count(
                [("call_id", "=", self.id), ("user_id", "=", self.env.uid)], limit=1
            )
        )
