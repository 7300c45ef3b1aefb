# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

# A dialled call starts within this time of the command (clocks may differ a little).
WINDOW = timedelta(minutes=2)


class CallDial(models.Model):
    """An operator's wish to dial, waiting for the call that the exchange reports."""

    _name = "gorod24.call.dial"
    _description = "Dialling from the screen"
    _order = "id desc"
    _rec_name = "number"

    user_id = fields.Many2one(
        "res.users", "Operator", required=True, index=True, ondelete="cascade"
    )
    number = fields.Char(required=True, help="E.164, or an internal number.")
    informing_id = fields.Many2one("gorod24.informing", ondelete="cascade")
    callback_id = fields.Many2one("gorod24.callback", ondelete="cascade")
    request_id = fields.Char(index=True)
    call_id = fields.Many2one("gorod24.call", index="btree_not_null")

    @api.model
    def _claim(self, user, number, started_at):
        """Return the newest open wish of ``user`` for ``number``, or nothing.

        :param started_at: when the call started, by the clock of the exchange.
        """
        return self.search(
            [
                ("user_id", "=", user.id),
                ("number", "=", number),
                ("call_id", "=", False),
                ("create_date", ">=", started_at - WINDOW),
                ("create_date", "<=", started_at + WINDOW),
            ],
            limit=1,
        )

    @api.autovacuum
    def _gc_old(self):
        """Wishes are needed for minutes; a month of them is for questions."""
        month_ago = fields.Datetime.now() - timedelta(days=30)
        self.search([("create_date", "<", month_ago)], limit=1000).unlink()
