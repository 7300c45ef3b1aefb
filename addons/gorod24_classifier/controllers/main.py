# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from werkzeug.exceptions import Forbidden, NotFound

from odoo.http import request, route

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController


class HelpdeskTicketCloseController(HelpdeskTicketController):
    """Shuts the base route that closed any ticket with sudo on a GET request."""

    @route(methods=["POST"])
    def support_ticket_close(self, ticket_id=None, stage_id=None, **kw):
        """Close one's own ticket, as far as the stage is meant for the portal.

        :return: redirection to the ticket; 404 for wrong or missing numbers, 403
            for somebody else's ticket or a stage that is not open to the portal
        """
        try:
            ticket_id, stage_id = int(ticket_id), int(stage_id)
        except (TypeError, ValueError):
            raise NotFound() from None
        ticket = request.env["helpdesk.ticket"].browse(ticket_id).exists()
        if not ticket:
            raise NotFound()
        if not self._may_close(ticket):
            raise Forbidden()
        # sudo: a portal user has no write right on tickets; that this one is his
        # and that the stage is meant for him is checked here.
        ticket = ticket.sudo()
        if stage_id not in self._get_closing_stages(ticket).ids:
            raise Forbidden()
        ticket.stage_id = stage_id
        return request.redirect(f"/my/ticket/{ticket.id}")

    def _may_close(self, ticket):
        """Whether the user may read the ticket and is its applicant or may write."""
        if not ticket.has_access("read"):
            return False
        owner = ticket.sudo().commercial_partner_id  # sudo: only compared
        if owner and owner == request.env.user.commercial_partner_id:
            return True
        return ticket.has_access("write")

    def _get_closing_stages(self, ticket):
        """Stages by which the applicant may close this (sudoed) ticket."""
        stages = ticket.team_id._get_applicable_stages()
        return stages.filtered("close_from_portal")
