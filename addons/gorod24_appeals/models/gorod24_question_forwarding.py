# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError


class QuestionForwarding(models.Model):
    """A question sent outside, to a body that is no participant: never changed."""

    _name = "gorod24.question.forwarding"
    _description = "Forwarding of a question outside"
    _order = "id desc"

    question_id = fields.Many2one(
        "gorod24.question", required=True, index=True, ondelete="restrict"
    )
    addressee = fields.Char("Forwarded to", required=True)
    addressee_id = fields.Many2one(
        "res.partner", "Organisation", index="btree_not_null", ondelete="restrict"
    )
    forwarded_on = fields.Date("Forwarded on", required=True)
    number = fields.Char("Outgoing number")
    note = fields.Text("Why")
    notice_date = fields.Date("Citizen told on", help="Empty: is yet to be told.")
    author_id = fields.Many2one(
        "res.users", "Author", default=lambda self: self.env.uid, ondelete="restrict"
    )

    def write(self, vals):
        """Refuse: what was sent outside is not rewritten."""
        raise AccessError(self.env._("A forwarding is never changed."))
