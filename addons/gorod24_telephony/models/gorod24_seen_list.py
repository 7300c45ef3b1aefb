# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: calls and callbacks show citizens too, a recording lets one hear them."""

from odoo import fields, models
from odoo.tools import SQL


class Call(models.Model):
    _name = "gorod24.call"
    _inherit = ["gorod24.call", "gorod24.seen.list"]


class Callback(models.Model):
    _name = "gorod24.callback"
    _inherit = ["gorod24.callback", "gorod24.seen.list"]


class Recording(models.Model):
    _name = "gorod24.recording"
    _inherit = ["gorod24.recording", "gorod24.seen.list"]

    def _get_citizens_sql(self, ids):
        """The caller, and whoever's appeals came of the call."""
        return SQL(
            "SELECT call.partner_id FROM gorod24_recording recording"
            " JOIN gorod24_call call ON call.id = recording.call_id"
            " WHERE recording.id = ANY(%(ids)s)"
            " UNION SELECT appeal.partner_id FROM gorod24_recording recording"
            " JOIN gorod24_call_ticket_rel rel ON rel.call_id = recording.call_id"
            " JOIN helpdesk_ticket appeal ON appeal.id = rel.ticket_id"
            " WHERE recording.id = ANY(%(ids)s)",
            ids=ids,
        )


class AppealView(models.Model):
    _inherit = "gorod24.appeal.view"

    source = fields.Selection(
        selection_add=[
            ("heard", "Recording listened to"),
            ("audio", "Recording taken"),
        ],
        ondelete={"heard": "cascade", "audio": "cascade"},
    )
