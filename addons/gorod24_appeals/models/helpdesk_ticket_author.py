# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: on whose behalf an appeal is made, and by how many."""

from odoo import fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    people_count = fields.Integer(
        "People", help="How many people signed or joined a collective appeal."
    )
    on_behalf = fields.Boolean(
        "On behalf of another", help="The caller is not the one who has the problem."
    )
    represented_id = fields.Many2one(
        "res.partner",
        "Represented person",
        index="btree_not_null",
        ondelete="restrict",
    )
    represented_name = fields.Char("Represented person's name")
    represented_relation = fields.Char(
        "Relation", help="Who the caller is to the represented person."
    )
    organisation_id = fields.Many2one(
        "res.partner",
        "Organisation",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", True)],
    )
    organisation_name = fields.Char("Organisation's name")
    recurrence = fields.Boolean(
        help="The same trouble was in the same house a short time ago, or is there now."
    )

    _people_count_check = models.Constraint(
        "CHECK (people_count IS NULL OR people_count >= 0)",
        "The number of people cannot be negative.",
    )

    def _get_author_name(self):
        """Whom an operator tells the result where no person is known, or ""."""
        name = self.organisation_id.name or self.organisation_name
        if not name and self.author_type == "collective":
            return self.env._("Collective appeal, people: %(n)s", n=self.people_count)
        return name or ""
