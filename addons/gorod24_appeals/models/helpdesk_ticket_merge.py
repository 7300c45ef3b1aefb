# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: an appeal registered twice."""

from odoo import fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    merged_into_id = fields.Many2one(
        "helpdesk.ticket",
        "Merged into",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        help="The questions of this appeal go on there; its number still finds it.",
    )

    def action_merge_appeal(self):
        """Open the merge of this appeal into another one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge the appeal into another one"),
            "res_model": "gorod24.appeal.merge",
            "view_mode": "form",
            "target": "new",
            "context": {"default_merged_id": self.id},
        }
