# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

DISPOSITIONS = [
    ("reached", "Reached"),
    ("no_answer", "No answer"),
    ("busy", "Busy"),
    ("wrong_number", "Wrong number"),
    ("refused", "Refused to talk"),
    ("call_back", "Asked to call back"),
]
# Told in writing: noted by the system, never chosen by an operator.
LETTERS = [
    ("letter", "Letter sent"),
    ("letter_failed", "Letter not delivered"),
    ("sms", "SMS delivered"),
    ("sms_failed", "SMS not delivered"),
]
# Told in writing by an operator himself, see ``action_told_in_writing``.
WRITTEN = [
    ("post", "Answer sent by post"),
    ("email", "Answer sent by e-mail"),
    ("handed", "Answer handed over"),
]
SATISFACTION = [
    ("yes", "Satisfied"),
    ("partly", "Partly"),
    ("no", "Not fixed"),
    ("not_asked", "Not asked"),
]


class InformingAttempt(models.Model):
    """One attempt to reach a citizen; attempts are only added, never changed."""

    _name = "gorod24.informing.attempt"
    _description = "Attempt to inform a citizen"
    _order = "at desc, id desc"

    informing_id = fields.Many2one(
        "gorod24.informing", required=True, index=True, ondelete="cascade"
    )
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "Operator",
        required=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    disposition = fields.Selection(DISPOSITIONS + LETTERS + WRITTEN, required=True)
    satisfaction = fields.Selection(SATISFACTION, default="not_asked")
    call_back_at = fields.Datetime()
    note = fields.Char()
    told = fields.Boolean(
        default=True,
        help="Of a citizen reached: whether this very result was told to him.",
    )
    call_uid = fields.Char(
        index="btree_not_null",
        help="Names the call on the screen: sent again, it records nothing twice.",
    )
