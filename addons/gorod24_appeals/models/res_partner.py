# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    phone_ids = fields.One2many("gorod24.phone", "partner_id", "Phone numbers")
    question_ids = fields.One2many("gorod24.question", "partner_id", "Questions")

    def _is_same_organisation(self, other):
        """Whether one of the two is the other or a part of it."""
        if not (self and other):
            return False
        mine = [("id", "in", self.ids)]
        related = ["|", ("id", "child_of", other.ids), ("id", "parent_of", other.ids)]
        return bool(self.search_count(mine + related, limit=1))

    def action_open_questions(self):
        """Open the questions this person has asked."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_appeals.gorod24_question_action"
        )
        return dict(action, domain=[("partner_id", "=", self.id)], context={})
