# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the extra questions asked about a topic.

A topic asks only its own questions: what stands on its form is what the operator
gets. The questions of a group are a stock from which its topics take copies.
"""

from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    @api.constrains("extra_definition")
    def _check_extra_definition(self):
        for topic in self:
            names = [question.get("string") for question in topic.extra_definition]
            if not all(names):
                raise ValidationError(
                    self.env._(
                        "“%(topic)s”: an extra question has no text. Write what to ask"
                        " or remove it.",
                        topic=topic.name,
                    )
                )
            for name in names:
                if names.count(name) > 1:
                    raise ValidationError(
                        self.env._(
                            "“%(topic)s”: “%(question)s” is asked twice.",
                            topic=topic.name,
                            question=name,
                        )
                    )
            topic._check_options()

    def _check_options(self):
        for question in self.extra_definition:
            if question["type"] not in ("selection", "tags"):
                continue
            labels = [option[1] for option in question[question["type"]]]
            if len(labels) < 2 or not all(labels) or len(set(labels)) < len(labels):
                raise ValidationError(
                    self.env._(
                        "“%(topic)s”: give “%(question)s” at least two different"
                        " options, none of them empty.",
                        topic=self.name,
                        question=question["string"],
                    )
                )

    def action_take_group_questions(self):
        """Add the questions of the nearest group that has any."""
        self.ensure_one()
        group = self.parent_id
        while group and not group.extra_definition:
            group = group.parent_id
        if not group:
            raise UserError(
                self.env._("No group above “%(topic)s” has extra questions.",
                           topic=self.name)
            )  # fmt: skip
        own = self.extra_definition
        names = {question["name"] for question in own}
        asked = {question["string"] for question in own}
        taken = [
            question
            for question in group.extra_definition
            if question["name"] not in names and question["string"] not in asked
        ]
        if taken:
            self.extra_definition = own + taken
        return True
