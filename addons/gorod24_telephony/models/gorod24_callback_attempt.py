# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

DISPOSITIONS = [
    ("reached", "Reached"),
    ("no_answer", "No answer"),
    ("busy", "Busy"),
    ("failed", "Did not get through"),
]


class CallbackAttempt(models.Model):
    """One attempt to ring a citizen back; never changed, only followed."""

    _name = "gorod24.callback.attempt"
    _description = "Attempt of a callback"
    _order = "at desc, id desc"
    _rec_name = "disposition"

    callback_id = fields.Many2one(
        "gorod24.callback", required=True, index=True, ondelete="cascade"
    )
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    operator_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    disposition = fields.Selection(DISPOSITIONS, required=True)
    call_id = fields.Many2one("gorod24.call", index="btree_not_null")

    # The same call told anew is the same attempt.
    _call_uidx = models.UniqueIndex(
        "(call_id) WHERE call_id IS NOT NULL", "The call is noted as an attempt."
    )
