# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.gorod24_merge_person import ADDRESS_FIELDS

CHOICE = [("master", "Of the person who stays"), ("merged", "Of the other one")]
# What is chosen between: name of the choice → fields taken together.
TAKEN = {
    "name": ("name",),
    "phone": ("phone",),
    "email": ("email",),
    "address": ADDRESS_FIELDS,
    "comment": ("comment",),
}


class PersonMerge(models.TransientModel):
    """Which of the two stays, whose values it gets, and what will move."""

    _name = "gorod24.person.merge"
    _description = "Merge of two persons"

    master_id = fields.Many2one("res.partner", "Stays", ondelete="cascade")
    merged_id = fields.Many2one("res.partner", "Is merged", ondelete="cascade")
    master_name = fields.Char("Name of the one who stays", related="master_id.name")
    merged_name = fields.Char("Name of the one who is merged", related="merged_id.name")
    master_phone = fields.Char("Phone of the one who stays", related="master_id.phone")
    merged_phone = fields.Char(
        "Phone of the one who is merged", related="merged_id.phone"
    )
    master_email = fields.Char("E-mail of the one who stays", related="master_id.email")
    merged_email = fields.Char(
        "E-mail of the one who is merged", related="merged_id.email"
    )
    master_address = fields.Char(compute="_compute_shown")
    merged_address = fields.Char(compute="_compute_shown")
    keep_name = fields.Selection(CHOICE, default="master", required=True)
    keep_phone = fields.Selection(CHOICE, default="master", required=True)
    keep_email = fields.Selection(CHOICE, default="master", required=True)
    keep_address = fields.Selection(CHOICE, default="master", required=True)
    keep_comment = fields.Selection(CHOICE, default="master", required=True)
    master_facts = fields.Text(compute="_compute_shown")
    merged_facts = fields.Text(compute="_compute_shown")
    problem = fields.Text(compute="_compute_problem")

    @api.model
    def _get_action(self, merged, master=None):
        """Action that opens the merge; who stays may be chosen there."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge persons"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_merged_id": merged.id,
                "default_master_id": master.id if master else False,
            },
        }

    @api.depends("master_id", "merged_id")
    def _compute_shown(self):
        for wizard in self:
            for side in ("master", "merged"):
                person = wizard[f"{side}_id"]
                wizard[f"{side}_address"] = wizard._get_address(person)
                wizard[f"{side}_facts"] = "\n".join(wizard._get_facts(person))

    def _get_address(self, person):
        parts = [person.building_id.display_name or person.street]
        if person.flat:
            parts.append(self.env._("flat %(number)s", number=person.flat))
        parts.append(person.address_note)
        return ", ".join(filter(None, parts))

    def _get_facts(self, person):
        """Return lines about what belongs to a person. Hook."""
        if not person:
            return []
        phones = ", ".join(person.phone_ids.mapped("display_name"))
        mine = [("partner_id", "=", person.id)]
        count = self.env["helpdesk.ticket"].search_count
        questions = self.env["gorod24.question"].search_count(mine)
        return [
            self.env._("Numbers: %(numbers)s", numbers=phones or "–"),
            self.env._("Appeals: %(count)s", count=count(mine)),
            self.env._("Questions: %(count)s", count=questions),
            self.env._(
                "Known since %(day)s", day=person.create_date.strftime("%d.%m.%Y")
            ),
        ]

    @api.depends("master_id", "merged_id")
    def _compute_problem(self):
        merges = self.env["gorod24.merge"]
        for wizard in self:
            wizard.problem = False
            if wizard.master_id and wizard.merged_id:
                try:
                    merges._check_mergeable(wizard.master_id, wizard.merged_id)
                except UserError as error:
                    wizard.problem = error.args[0]

    @api.onchange("master_id", "merged_id")
    def _onchange_persons(self):
        """An empty value gives way to the other person's."""
        for wizard in self:
            for name, taken in TAKEN.items():
                empty = not wizard.master_id[taken[0]] and wizard.merged_id[taken[0]]
                wizard[f"keep_{name}"] = "merged" if empty else "master"

    def action_swap(self):
        """The other one stays."""
        self.ensure_one()
        self.write({"master_id": self.merged_id.id, "merged_id": self.master_id.id})
        self._onchange_persons()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge persons"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_merge(self):
        """Merge the two and open the person who stays.

        :raises UserError: when one is not chosen, or they cannot be merged
        """
        self.ensure_one()
        master, merged = self.master_id, self.merged_id
        values = {}
        for name, taken in TAKEN.items():
            if self[f"keep_{name}"] == "merged":
                values |= {
                    field: merged._fields[field].convert_to_write(merged[field], merged)
                    for field in taken
                }
        self.env["gorod24.merge"]._merge(master, merged, values)
        # what was found before is no pair any more
        doubles = self.env["gorod24.person.double"]
        doubles.search(
            ["|", ("partner_id", "=", merged.id), ("other_id", "=", merged.id)]
        ).unlink()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": master.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
