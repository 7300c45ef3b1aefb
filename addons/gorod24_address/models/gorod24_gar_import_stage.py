# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

STAGES = [
    ("read_addresses", "Reading streets and places"),
    ("read_links", "Reading the division"),
    ("read_address_params", "Reading postal codes of streets"),
    ("read_houses", "Reading houses"),
    ("read_house_params", "Reading postal codes of houses"),
    ("compare", "Comparing"),
    ("write_addresses", "Writing streets and places"),
    ("write_aliases", "Writing former names"),
    ("match_houses", "Comparing houses"),
    ("write_houses", "Writing houses"),
    ("archive", "Archiving what is gone"),
    ("report", "Writing the report"),
]


class Gorod24GarImportStage(models.Model):
    """A step of an import and the place it has reached."""

    _name = "gorod24.gar.import.stage"
    _description = "Step of an Import of the Register"
    _order = "sequence, id"

    import_id = fields.Many2one(
        "gorod24.gar.import", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    code = fields.Selection(STAGES, required=True, string="Step")
    region = fields.Char()
    member = fields.Char(string="File")
    weight = fields.Float(export_string_translation=False)
    place = fields.Json(export_string_translation=False)
    progress = fields.Float()
    rows = fields.Integer()
    done = fields.Boolean()

    @api.depends("code", "region")
    def _compute_display_name(self):
        names = dict(self._fields["code"]._description_selection(self.env))
        for stage in self:
            name = names[stage.code]
            stage.display_name = f"{name} ({stage.region})" if stage.region else name
