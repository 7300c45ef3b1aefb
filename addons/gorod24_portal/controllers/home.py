# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import NotFound

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.gorod24_classifier.controllers.main import (
    HelpdeskTicketCloseController,
)
from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk
from odoo.addons.portal.controllers.web import Home

JOURNAL = "/my/requests"


def is_participant():
    """Tell whether the current user works requests in the portal."""
    return request.env.user._is_participant()


class ParticipantHome(Home):
    def _login_redirect(self, uid, redirect=None):
        if not redirect and request.env["res.users"].browse(uid)._is_participant():
            redirect = JOURNAL
        return super()._login_redirect(uid, redirect=redirect)


class ParticipantPortal(CustomerPortalHelpdesk):
    """The portal's home for participants, without what concerns customers only."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "referral_count" in counters:
            Referral = request.env["gorod24.referral"]
            domain = Domain("state", "in", ("sent", "accepted"))
            mine = is_participant()
            values["referral_count"] = Referral.search_count(domain) if mine else 0
        return values

    @route()
    def portal_my_tickets(self, *args, **kwargs):
        if is_participant():
            return request.redirect(JOURNAL)
        return super().portal_my_tickets(*args, **kwargs)

    # The base lets a portal user change the addresses of his whole company: an officer
    # must not change the participant's.

    @route()
    def account(self, **kwargs):
        if is_participant():
            return request.redirect(JOURNAL)
        return super().account(**kwargs)

    @route()
    def my_addresses(self, **query_params):
        if is_participant():
            return request.redirect(JOURNAL)
        return super().my_addresses(**query_params)

    @route()
    def portal_address(self, *args, **kwargs):
        if is_participant():
            return request.redirect(JOURNAL)
        return super().portal_address(*args, **kwargs)

    @route()
    def portal_address_submit(self, *args, **kwargs):
        if is_participant():
            raise NotFound()
        return super().portal_address_submit(*args, **kwargs)

    @route()
    def address_archive(self, partner_id):
        if is_participant():
            raise NotFound()
        return super().address_archive(partner_id)


class ParticipantTickets(HelpdeskTicketCloseController):
    """A participant answers requests; he registers no appeals by the base's form."""

    @route()
    def create_new_ticket(self, **kw):
        if is_participant():
            return request.redirect(JOURNAL)
        return super().create_new_ticket(**kw)

    @route()
    def submit_ticket(self, **kw):
        if is_participant():
            raise NotFound()
        return super().submit_ticket(**kw)
