# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    call_ids = fields.Many2many(
        "gorod24.call",
        "gorod24_call_ticket_rel",
        "ticket_id",
        "call_id",
        "Calls",
        copy=False,
    )
    recording_ids = fields.Many2many(
        "gorod24.recording",
        string="Recordings",
        compute="_compute_recording_ids",
        groups="gorod24_appeals.group_operator",
    )

    from_call = fields.Boolean(
        "Came of a call",
        compute="_compute_from_call",
        store=True,
        precompute=True,
        help="Registered in a call; one that a later call only asked about is not.",
    )

    @api.depends("call_ids.no_card_reason")
    def _compute_from_call(self):
        for ticket in self:
            ticket.from_call = any(
                call.no_card_reason != "follow_up" for call in ticket.call_ids
            )

    @api.model_create_multi
    def create(self, vals_list):
        """A call is linked by the card that was filled in it, never by hand.

        The link opens the recordings of the call to whoever reads the appeal.
        """
        tickets = super().create(vals_list)
        # What was made is looked at, not what was asked for: defaults link calls, too.
        # The calls are not told to anybody, so that no right to them is wanted.
        if not self.env.su and tickets.sudo().call_ids:
            raise AccessError(self.env._("Calls are linked by the caller card."))
        return tickets

    def write(self, vals):
        """See ``create``."""
        if vals.keys() & {"call_ids", "from_call"} and not self.env.su:
            raise AccessError(self.env._("Calls are linked by the caller card."))
        return super().write(vals)

    def action_link_call(self):
        """Link the appeal to the call that the window asking for it is about."""
        self.ensure_one()
        call = self.env["gorod24.call"]._now_known_as(
            self.env.context.get("gorod24_call_id")
        )
        if call:
            call._settle_with(self)
        return {"type": "ir.actions.act_window_close"}

    @api.depends("call_ids.recording_ids")
    def _compute_recording_ids(self):
        """The recordings of the appeal's calls that the user may hear."""
        found = self.env["gorod24.recording"].search(
            [("call_id.appeal_ids", "in", self.ids)], order="started_at, segment"
        )
        for ticket in self:
            ticket.recording_ids = found.filtered(
                lambda recording, ticket=ticket: ticket in recording.call_id.appeal_ids
            )
