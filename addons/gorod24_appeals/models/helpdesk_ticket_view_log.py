# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: an appeal opened on its form, or by its question, is noted as seen."""

from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def web_read(self, specification):
        """A form asks for the questions of one appeal; lists never do."""
        if len(self) == 1 and "question_ids" in specification:
            self.check_access("read")
            self.env["gorod24.appeal.view"]._log(self, "form")
        return super().web_read(specification)

    # It writes the log: a read-only cursor would not do.
    web_read._readonly = False


class Question(models.Model):
    _inherit = "gorod24.question"

    def web_read(self, specification):
        """The form of a question shows the citizen and his words."""
        if len(self) == 1 and "referral_ids" in specification:
            self.check_access("read")
            self.env["gorod24.appeal.view"]._log(self.appeal_id, "form")
        return super().web_read(specification)

    web_read._readonly = False
