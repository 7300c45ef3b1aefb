# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class NoticeService(models.Model):
    """What a notice is about: water, heating, transport… The customer's own list."""

    _name = "gorod24.notice.service"
    _description = "Service of notices"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Short Latin name by which other parts know the service."
    )
    sequence = fields.Integer(default=10)
    topic_id = fields.Many2one(
        "helpdesk.ticket.category",
        "Topic of calls",
        domain=[("is_topic", "=", True)],
        ondelete="restrict",
        help="Under this topic calls about a notice are counted unless the operator "
        "has named another one.",
    )
    participant_id = fields.Many2one(
        "res.partner",
        "Usual source",
        domain=[("is_participant", "=", True)],
        ondelete="set null",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "There is such a service already.")
