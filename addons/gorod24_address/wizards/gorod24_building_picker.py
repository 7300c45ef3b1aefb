# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..parsing import house_sort_key


class Gorod24BuildingPicker(models.TransientModel):
    """Houses of a pasted list, put into a many2many field of any record.

    Open it with the context `default_res_model`, `default_res_id` and
    `default_field_name`; without them it shows the houses found.
    """

    _name = "gorod24.building.picker"
    _description = "Houses by a List"

    state = fields.Selection(
        [("text", "List"), ("found", "Found")], default="text", required=True
    )
    text = fields.Text(string="List of houses")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    field_name = fields.Char()
    target_name = fields.Char(compute="_compute_target_name")
    line_ids = fields.One2many("gorod24.building.picker.line", "picker_id")
    building_ids = fields.Many2many("gorod24.building", string="Houses")
    found_count = fields.Integer(compute="_compute_counts")
    new_count = fields.Integer(compute="_compute_counts")
    missing = fields.Text(string="Not found", readonly=True)
    missing_count = fields.Integer(readonly=True)
    skipped = fields.Text(string="Left out as plain words", readonly=True)

    @api.depends("res_model", "res_id")
    def _compute_target_name(self):
        for picker in self:
            target = picker._get_target()
            picker.target_name = target.display_name if target else ""

    @api.depends("building_ids")
    def _compute_counts(self):
        for picker in self:
            target = picker._get_target()
            present = (
                target[picker.field_name] if target else self.env["gorod24.building"]
            )
            picker.found_count = len(picker.building_ids)
            picker.new_count = len(picker.building_ids - present)

    def _get_target(self):
        """The record that gets the houses; an empty one when there is none.

        :raises UserError: when the field named in the context holds no houses
        """
        self.ensure_one()
        if not self.res_model or not self.res_id:
            return self.env["gorod24.building"].browse()
        model = self.env.get(self.res_model)
        field = model._fields.get(self.field_name) if model is not None else None
        if (
            field is None
            or field.type != "many2many"
            or field.comodel_name != "gorod24.building"
        ):
            raise UserError(
                self.env._(
                    "Houses cannot be added here: the record has no list of houses."
                )
            )
        return model.browse(self.res_id)

    def action_read(self):
        """Read the pasted list and show what was found and what was not."""
        self.ensure_one()
        if not (self.text or "").strip():
            raise UserError(self.env._("Paste a list of houses first."))
        found = self.env["gorod24.building"].find_list(self.text)
        self.write(self._prepare_found_vals(found))
        return self._reopen()

    def _prepare_found_vals(self, found):
        Building = self.env["gorod24.building"]
        lines = []
        for item in found["items"]:
            houses = Building.browse(item["building_ids"])
            houses = houses.sorted(lambda b: house_sort_key(b.house_key))
            lines.append(
                Command.create(
                    {
                        "street_id": item["address_id"],
                        "name": item["street"],
                        "text": item["text"],
                        "houses": ", ".join(houses.mapped("house")),
                        "count": len(houses),
                    }
                )
            )
        return {
            "state": "found",
            "line_ids": [Command.clear(), *lines],
            "building_ids": [Command.set(found["building_ids"])],
            "missing": self._format_missing(found["missing"]),
            "missing_count": len(found["missing"]),
            "skipped": "\n".join(found["skipped"]),
        }

    @api.model
    def _format_missing(self, rows):
        """Lines for people: the houses of one street together, then the reason."""
        lines = {}
        for number, row in enumerate(rows):
            key = (row["street"], row["reason"]) if row["street"] else number
            if key in lines:
                tail = row["text"][len(row["street"]) :]
                lines[key] = (lines[key][0] + tail, row["reason"])
            else:
                lines[key] = (row["text"], row["reason"])
        return "\n".join(f"{text} – {reason}" for text, reason in lines.values())

    def action_back(self):
        """Return to the text to mend it."""
        self.ensure_one()
        self.state = "text"
        return self._reopen()

    def action_add(self):
        """Add the found houses to the record; those it has already stay."""
        self.ensure_one()
        if not self.building_ids:
            raise UserError(self.env._("No house was found: there is nothing to add."))
        target = self._get_target()
        if not target:
            return self._open_houses()
        count = self.new_count
        target.write(
            {self.field_name: [Command.link(i) for i in self.building_ids.ids]}
        )
        message = self.env._("Houses added: %s", count)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _open_houses(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_address.gorod24_building_action"
        )
        action["domain"] = [("id", "in", self.building_ids.ids)]
        action["target"] = "current"
        return action

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Houses by a list"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
