# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: a rule as JSON, so that a bulk change can be compared and taken back."""

from datetime import date

from odoo import api, fields, models

#: Fields of a rule that a change writes and a revert restores.
KEPT_FIELDS = (
    "topic_id",
    "address_id",
    "building_ids",
    "participant_id",
    "section_id",
    "person_id",
    "date_from",
    "date_to",
    "active",
)


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    def _take_snapshots(self):
        """{rule id: what a bulk change may alter, as JSON}."""
        return {
            rule.id: {name: self._to_json(rule[name]) for name in KEPT_FIELDS}
            for rule in self.exists()
        }

    @api.model
    def _to_json(self, value):
        if isinstance(value, models.BaseModel):
            return sorted(value.ids)
        return fields.Date.to_string(value) if isinstance(value, date) else value

    def _restore_snapshot(self, snapshot):
        """Write a snapshot back."""
        self.ensure_one()
        values = dict(snapshot)
        for name, value in snapshot.items():
            if self._fields[name].type == "many2one":
                values[name] = value[0] if value else False
        values["building_ids"] = [fields.Command.set(snapshot["building_ids"])]
        self.write(values)
