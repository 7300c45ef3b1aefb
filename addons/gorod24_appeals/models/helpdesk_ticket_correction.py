# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what was registered wrongly is put right in all the appeal has made."""

from odoo import models
from odoo.exceptions import UserError

# Kept on the questions, too: journals and statistics read them there.
COPIED = ("partner_id", "channel_id", "paid")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def write(self, vals):
        # The system itself (a merge, a conversion) says what else changes.
        if self.env.su or {*COPIED, "author_type"}.isdisjoint(vals):
            return super().write(vals)
        self._check_paid(vals)
        before = {appeal: {name: appeal[name] for name in COPIED} for appeal in self}
        result = super().write(vals)
        for appeal, old in before.items():
            appeal._check_author()
            changed = {name for name in COPIED if appeal[name] != old[name]}
            if changed and appeal.question_ids:
                appeal._correct_questions(changed, old)
        return result

    def _check_author(self):
        if self.author_type == "anonymous" and self.partner_id:
            raise UserError(
                self.env._("An anonymous appeal has no applicant: remove him first.")
            )

    def _check_paid(self, vals):
        """Of several questions one may be paid: the mark is set on that question.

        :raises UserError: saying where.
        """
        for appeal in self:
            changed = "paid" in vals and bool(vals["paid"]) != appeal.paid
            if changed and appeal.question_count > 1:
                raise UserError(
                    self.env._(
                        "Appeal %(number)s has several questions. Open the one that is"
                        " paid and choose “Price and visit” in its menu of actions.",
                        number=appeal.number,
                    )
                )

    def _correct_questions(self, names, old):
        """Write the corrected values to the questions and to the duties to inform."""
        self.question_ids._check_operator()
        # sudo: operators hold no bare right to write them; this is the door
        questions = self.sudo().question_ids
        questions.write(
            {
                name: self[name].id if self._fields[name].relational else self[name]
                for name in names
            }
        )
        if "partner_id" in names:
            if not self.partner_id.name == self.partner_name:
                self.partner_name = self.partner_id.name
            due = questions.informing_ids.filtered(lambda one: one.state == "due")
            due.write({"partner_id": self.partner_id.id})
        questions._log_events("note", self._get_correction_text(names, old))

    def _get_correction_text(self, names, old):
        """«Corrected. Applicant: A. → B.»"""
        lines = [
            f"{self._fields[name].get_description(self.env)['string']}: "
            f"{self._say_value(old[name])} → {self._say_value(self[name])}"
            for name in COPIED
            if name in names
        ]
        return self.env._("Corrected. %(what)s", what="; ".join(lines))

    def _say_value(self, value):
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        return value.display_name or "–"
