# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import re

from odoo import fields, models


class ClassifierExport(models.TransientModel):
    """A classifier, or its mapping only, as a file that the import takes back."""

    _name = "gorod24.classifier.export"
    _description = "Export of a Classifier"

    classifier_id = fields.Many2one("gorod24.classifier", required=True)
    file_format = fields.Selection(
        [("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")],
        string="Format",
        default="xlsx",
        required=True,
    )
    archived = fields.Boolean(string="With archived nodes")
    mapping_only = fields.Boolean(string="Only codes, names and correspondence")
    file = fields.Binary(readonly=True, attachment=False)
    filename = fields.Char(readonly=True)

    def action_export(self):
        """Make the file and hand it over to the browser."""
        self.ensure_one()
        content = self.classifier_id._export_table(
            self.file_format, self.archived, self.mapping_only
        )
        self.write(
            {"file": base64.b64encode(content), "filename": self._get_filename()}
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file?download=true"
            "&filename_field=filename",
            "target": "download",
        }

    def _get_filename(self):
        name = self.classifier_id.display_name
        if self.mapping_only:
            name = self.env._("%(name)s, correspondence", name=name)
        name = re.sub(r"[^\w.,() -]+", " ", name)[:80].strip(" .")
        return f"{name}.{self.file_format}"
