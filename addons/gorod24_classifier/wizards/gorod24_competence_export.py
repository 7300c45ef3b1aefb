# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from itertools import groupby

from odoo import api, fields, models

from odoo.addons.gorod24_address.parsing import house_sort_key
from odoo.addons.gorod24_address.tabular import write_table


class Gorod24CompetenceExport(models.TransientModel):
    """Rules as a sheet that the import reads back without a change."""

    _name = "gorod24.competence.export"
    _description = "Export of Competence Rules"

    file_format = fields.Selection(
        [("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")],
        string="Format",
        default="xlsx",
        required=True,
    )
    rule_ids = fields.Many2many("gorod24.competence", string="Rules")
    file = fields.Binary(compute="_compute_file")
    filename = fields.Char(compute="_compute_file")

    @api.model
    def action_export(self, rules):
        """Offer the sheet of some rules, or of all active ones."""
        export = self.create({"rule_ids": [fields.Command.set(rules.ids)]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Export of competence rules"),
            "res_model": self._name,
            "res_id": export.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.depends("file_format", "rule_ids")
    def _compute_file(self):
        for export in self:
            content = export._write_file()
            export.file = base64.b64encode(content)
            export.filename = f"{self.env._('competence')}.{export.file_format}"

    def _write_file(self):
        columns = self.env["gorod24.competence.import"]._get_columns()
        rules = self.rule_ids or self.env["gorod24.competence"].search([])
        houses = self._name_houses(rules)
        rows = [
            [self._get_cell(rule, column.name, houses) for column in columns]
            for rule in rules
        ]
        return write_table([c.label for c in columns], rows, self.file_format)

    @api.model
    def _get_cell(self, rule, column, houses):
        """Text of one cell."""
        address = self.env["gorod24.address"]
        if not rule.has_buildings:
            address = rule.address_id
        by_street = address.level in ("street", "plan", "settlement")
        cells = {
            "number": lambda: rule.id,
            "topic": lambda: self._name_topic(rule.topic_id),
            "district": lambda: "" if by_street else address.display_name,
            "street": lambda: self._name_street(address) if by_street else "",
            "houses": lambda: houses.get(rule.id, ""),
            "participant": lambda: (
                rule.participant_id.participant_code or rule.participant_id.name
            ),
            "section": lambda: rule.section_id.name,
            "person": lambda: rule.person_id.name,
            "date_from": lambda: rule.date_from,
            "date_to": lambda: rule.date_to,
            "note": lambda: rule.note,
        }
        return cells[column]()

    @api.model
    def _name_topic(self, topic):
        """Code, or the whole path: a name alone may be shared."""
        if topic.code:
            return topic.code
        path = self.env["helpdesk.ticket.category"].browse(
            topic._get_ancestor_ids() if topic else ()
        )
        return " / ".join(path.mapped("name"))

    @api.model
    def _name_street(self, street):
        town = street._get_town()
        village = town and town.level != "city" and town != street
        return (
            f"{town.display_name}, {street.display_name}"
            if village
            else street.display_name
        )

    @api.model
    def _name_houses(self, rules):
        """{rule id: «ул. Попова, 50, 52; пр-кт Ленина, 3»}."""
        listed = rules.filtered("has_buildings")
        texts, known = {}, {}
        for rule in listed:
            ids = tuple(sorted(rule.building_ids.ids))
            if ids not in known:
                known[ids] = self._join_houses(rule.building_ids)
            texts[rule.id] = known[ids]
        return texts

    @api.model
    def _join_houses(self, houses):
        houses = houses.sorted(
            lambda b: (b.street_id.name, b.street_id.id, house_sort_key(b.house_key))
        )
        parts = []
        for street, group in groupby(houses, key=lambda b: b.street_id):
            numbers = ", ".join(building.house for building in group)
            parts.append(f"{self._name_street(street)}, {numbers}")
        return "; ".join(parts)
