# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What else the card notes on a question: extra answers, whom it is about, the
standard answer or service that was told, and whether it helped."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime, formatLang

from ..extra_answer import ASKED

HELPED = [("yes", "Helped"), ("no", "Did not help")]


class QuestionDetails(models.Model):
    _inherit = "gorod24.question"

    extra = fields.Properties("Extra questions", definition="topic_id.extra_definition")
    extra_said = fields.Text(
        "Answers to extra questions",
        compute="_compute_extra_said",
        help="Only what was asked and answered, a line for each.",
    )
    complained_id = fields.Many2one(
        "res.partner",
        "Complaint about",
        index="btree_not_null",
        ondelete="restrict",
        help="The complaint is never sent to this organisation.",
    )
    answer_id = fields.Many2one(
        "gorod24.answer",
        "Standard answer",
        index="btree_not_null",
        ondelete="restrict",
        help="The approved text that was read to the citizen.",
    )
    navigator_id = fields.Many2one(
        "gorod24.navigator",
        "Service told of",
        index="btree_not_null",
        ondelete="restrict",
    )
    helped = fields.Selection(HELPED, help="Empty: the citizen was not asked.")

    @api.depends("extra", "topic_id.extra_definition")
    def _compute_extra_said(self):
        for question in self:
            question.extra_said = "\n".join(
                f"{label.rstrip(':')}: {said}"
                for label, said in question._get_extra_lines()
            )

    def _get_extra_lines(self):
        """Return the extra questions that were answered: [(label, value text)]."""
        self.ensure_one()
        field = self._fields["extra"]
        asked = field.convert_to_read(self.extra, self)
        return [
            (item.get("string") or item["name"], self._show_extra(item))
            for item in asked
            if item["type"] in ASKED and _is_answered(item)
        ]

    def _show_extra(self, item):
        value, kind = item["value"], item["type"]
        if kind == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if kind == "selection":
            return dict(item.get("selection") or ()).get(value, "")
        if kind == "date":
            return format_date(self.env, value)
        if kind == "datetime":
            return format_datetime(self.env, value)
        if kind == "float":
            return formatLang(self.env, value).rstrip("0").rstrip(".,")
        return str(value)

    def _check_not_complained(self, participant):
        """Refuse to send a complaint to the organisation it is about.

        :raises UserError: when the participant, or what it belongs to, is meant.
        """
        complained = self.complained_id
        if complained and participant._is_same_organisation(complained):
            raise UserError(self._complained_message(participant))

    def _complained_message(self, participant):
        return self.env._(
            "The complaint is about %(name)s: choose another participant.",
            name=participant.display_name,
        )


def _is_answered(item):
    """No and zero are answers; a text or choice that is empty is none."""
    kind = item["type"]
    given = kind in ("boolean", "integer", "float")
    return "value" in item and (given or bool(item["value"]))
