# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a person known twice."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class Partner(models.Model):
    _inherit = "res.partner"

    merged_into_id = fields.Many2one(
        "res.partner",
        "Merged into",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        help="This record is kept in the archive; the person goes on there.",
    )

    # The same name in the same house: possible doubles, asked for on demand.
    _double_idx = models.Index(
        "(building_id, lower(name)) WHERE building_id IS NOT NULL AND active"
    )

    def _get_merge_master(self):
        """Return the persons who stand for these now."""
        masters = self.browse()
        for person in self:
            seen = person
            while person.merged_into_id and person.merged_into_id not in seen:
                person = person.merged_into_id
                seen |= person
            masters |= person
        return masters

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("merged_into_id"):
                self._check_merged_into(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_merged_into(vals)
        return super().write(vals)

    def _check_merged_into(self, vals):
        if not self.env.su and "merged_into_id" in vals:
            raise AccessError(
                self.env._("Persons are united by their own dialog only.")
            )

    def action_merge_person(self):
        """Open the merge of this person with another one."""
        self.ensure_one()
        return self.env["gorod24.person.merge"]._get_action(self)
