# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a letter on an ordinary topic lives by the hotline's own terms until it is
converted: the operator is reminded and decides (59-FZ, articles 4 and 7)."""

from odoo import api, fields, models

from .helpdesk_ticket_convert import WRITTEN

#: By these ways a written appeal comes; a call and a reception are oral.
WRITTEN_CHANNELS = ("letter", "site", "gis_zhkh", "administration")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    may_be_written = fields.Boolean(
        compute="_compute_may_be_written",
        help="It came in writing, and no term of 59-FZ is counted for it.",
    )

    @api.depends(
        "channel_id", "converted_at", "partner_id", "question_ids.regime_id", "state"
    )
    def _compute_may_be_written(self):
        for appeal in self:
            channel = appeal.channel_id
            waiting = appeal.question_ids.filtered(
                lambda one: (
                    one.state != "closed"
                    and not one.regime_id.is_emergency
                    and not one.regime_id._is_of(*WRITTEN)
                )
            )
            appeal.may_be_written = bool(
                waiting
                and appeal.partner_id
                and not appeal.converted_at
                and channel.starts_written
                and channel.code in WRITTEN_CHANNELS
            )


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    def register(self, values):
        """Tell also whether the appeal should be looked at as a written one."""
        saved = super().register(values)
        appeal = self.env["helpdesk.ticket"].browse(saved["appeal_id"])
        return {**saved, "may_be_written": appeal.may_be_written}
