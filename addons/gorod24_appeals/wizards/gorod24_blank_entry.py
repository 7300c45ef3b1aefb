# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class BlankEntry(models.TransientModel):
    """Which sheet is entered: its number, the true time of the call, who took it."""

    _name = "gorod24.blank.entry"
    _description = "Entry of a paper blank"

    serial = fields.Char("Number of the blank", required=True)
    contact_at = fields.Datetime("When the citizen called", required=True)
    taken_by_id = fields.Many2one(
        "res.users",
        "Who took the call",
        required=True,
        default=lambda self: self.env.uid,
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("gorod24_appeals.group_operator").ids)
        ],
        ondelete="cascade",
    )

    def action_open_card(self):
        """Open an empty caller card that will be saved as entered from this sheet.

        :raises UserError: when the sheet cannot be entered; nothing is opened then.
        """
        self.ensure_one()
        values = {
            "blank_serial": self.serial,
            "contact_at": self.contact_at.isoformat(timespec="seconds") + "Z",
            "taken_by_id": self.taken_by_id.id,
        }
        paper = self.env["gorod24.appeal.registrar"]._read_blank(values)
        return {
            "type": "ir.actions.client",
            "tag": "gorod24_appeals.caller_card",
            "name": self.env._("Caller card"),
            "path": "card",
            "params": {
                "fresh": True,
                "paper": {
                    **values,
                    "blank_serial": paper["blank"].serial,
                    "taken_by": self.taken_by_id.name,
                },
            },
        }
