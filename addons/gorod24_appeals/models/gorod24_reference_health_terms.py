# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: checks of the regulation: calendars not entered, regimes out of force."""

from odoo import api, models
from odoo.fields import Domain

CALENDAR = "gorod24_regulation.gorod24_production_calendar_action"


class Gorod24ReferenceHealth(models.AbstractModel):
    _inherit = "gorod24.reference.health"

    @api.model
    def _get_checks(self):
        return super()._get_checks() + [
            *self._get_calendar_checks(),
            self._get_regime_check(),
        ]

    @api.model
    def _get_calendar_checks(self):
        today = self._get_today()
        Calendar = self.env["gorod24.production.calendar"]
        year = Calendar._get_missing_year(today)
        latest = Calendar.search([], order="year desc", limit=1)
        unchecked = Domain("source", "!=", "decree") & Domain("year", ">=", today.year)
        common = {"model": "gorod24.production.calendar", "action": CALENDAR}
        return [
            {
                **common,
                "code": "calendar_missing",
                # the list shows the last year that is there: the next is to be added
                "title": self.env._(
                    "No production calendar for %(year)s",
                    year=year or today.year + 1,
                ),
                "hint": self.env._(
                    "Terms in working days are counted without its holidays. Add the"
                    " year after the last one."
                ),
                "domain": Domain("id", "=", latest.id) if year else Domain.FALSE,
                "severity": "danger",
            },
            {
                **common,
                "code": "calendar_unchecked",
                "title": self.env._("Production calendars not compared with a decree"),
                "hint": self.env._(
                    "Moved days off may be wrong or missing, and terms with them."
                ),
                "domain": unchecked,
                "severity": "warning",
            },
        ]

    @api.model
    def _get_regime_check(self):
        """Topics whose regime is unknown, archived or out of force."""
        today = self._get_today()
        ended = Domain("active", "=", False) | Domain("valid_to", "<", today)
        regimes = self.env["gorod24.regime"].with_context(active_test=False)
        in_force = regimes.search(~ended).mapped("code")
        topic = Domain("is_topic", "=", True) & Domain("regime_code", "!=", False)
        return {
            "code": "topic_regime_ended",
            "title": self.env._("Topics under a regime that is not in force"),
            "hint": self.env._("Move them to the regime that replaced it."),
            "area": "topics",
            "model": "helpdesk.ticket.category",
            "action": "gorod24_classifier.helpdesk_ticket_category_action",
            "domain": topic & Domain("regime_code", "not in", in_force),
            "severity": "danger",
        }
