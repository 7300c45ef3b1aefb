# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import formatLang

from ..phone_number import pretty


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_paper_phone(self):
        """The contact phone as people read it."""
        self.ensure_one()
        return pretty(self.phone_e164) or ""

    def _get_paper_author(self):
        """What is known of the author besides his name: [(label, text)]."""
        self.ensure_one()
        represented = self.represented_id.name or self.represented_name
        behalf = (represented, self.represented_relation)
        return _labelled(
            self,
            people_count=self.people_count > 1 and str(self.people_count),
            organisation_id=self.organisation_id.name or self.organisation_name,
            represented_id=self.on_behalf and ", ".join(filter(None, behalf)),
            answer_address=self.answer_address,
            answer_email=self.answer_email,
        )

    def _get_paper_calls(self):
        """Return the calls for the printed card. Hook of telephony.

        :return: list of dict(at, what, operator, length), times as text
        """
        self.ensure_one()
        return []

    def _get_paper_attempts(self):
        """The attempts to tell the citizen, in order of time."""
        self.ensure_one()
        return self.question_ids.informing_ids.attempt_ids.sorted("at")


class Question(models.Model):
    _inherit = "gorod24.question"

    def _get_paper_lines(self):
        """What was agreed and told about the question: [(label, text)]."""
        self.ensure_one()
        price, visit = self.price_agreed, self.visit_agreed_at
        planned = self.referral_id.planned_at
        return _labelled(
            self,
            complained_id=self.complained_id.name,
            price_agreed=price and formatLang(self.env, price, digits=2),
            visit_agreed_at=visit and self._term_moment(visit),
            answer_id=self.answer_id.name,
            navigator_id=self.navigator_id.name,
        ) + _labelled(
            self.referral_id, planned_at=planned and self._term_moment(planned)
        )


def _labelled(record, **texts):
    """The texts that are there, each with the label of its field."""
    labels = record.env["ir.model.fields"].get_field_string(record._name)
    return [(labels[name], text) for name, text in texts.items() if text]
