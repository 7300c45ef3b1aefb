# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class TelephonyCheck(models.Model):
    """One link between the exchange and us, and what its last check found."""

    _name = "gorod24.telephony.check"
    _description = "Check of a telephony link"
    _order = "sequence, id"
    _rec_name = "kind"

    setup_id = fields.Many2one(
        "gorod24.telephony.setup", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    title = fields.Char("What is checked", compute="_compute_title")
    state = fields.Selection(
        [
            ("none", "Not checked"),
            ("good", "Works"),
            ("warning", "Take a look"),
            ("bad", "Does not work"),
            ("off", "Not used"),
        ],
        "Result",
        required=True,
        default="none",
        readonly=True,
    )
    message = fields.Char("Found", readonly=True)
    advice = fields.Char("What to do", readonly=True)
    checked_at = fields.Datetime("Checked", readonly=True)

    _kind_uniq = models.Constraint(
        "UNIQUE (setup_id, kind)", "The link is already on the list."
    )

    def _compute_title(self):
        kinds = self.env["gorod24.telephony.setup"]._check_kinds()
        for line in self:
            line.title = kinds.get(line.kind, line.kind)

    def action_check(self):
        """Check the link now and keep what was found."""
        self.check_access("read")
        for line in self:
            setup = line.setup_id
            setup._check_administrator()
            if line.kind not in setup._check_kinds():
                raise UserError(self.env._("This link is no longer there."))
            check = getattr(setup, f"_check_link_{line.kind}")
            state, message, advice = check(line)
            # Results are written by checks alone, never by hand.
            line.sudo().write(
                {
                    "state": state,
                    "message": message,
                    "advice": advice,
                    "checked_at": fields.Datetime.now(),
                }
            )
        return True
