# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: checks of topics, addresses and standard answers."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

TOPIC = "gorod24_classifier.helpdesk_ticket_category_action"
ADDRESS = "gorod24_address.gorod24_address_action"
BUILDING = "gorod24_address.gorod24_building_action"
# Days before the end of an answer's validity.
SOON = 14


class Gorod24ReferenceHealth(models.AbstractModel):
    _inherit = "gorod24.reference.health"

    @api.model
    def _get_topic_checks(self):
        topic = Domain("is_topic", "=", True)
        common = {"area": "topics", "model": "helpdesk.ticket.category"}
        common["action"] = TOPIC
        return [
            {
                **common,
                "code": "topic_uncovered",
                "title": self.env._("Topics nobody answers for"),
                "hint": self.env._("No rule of competence names them anywhere."),
                "domain": Domain("is_uncovered", "=", True),
                "severity": "danger",
            },
            {
                **common,
                "code": "topic_no_regime",
                "title": self.env._("Topics without a regime"),
                "hint": self.env._("Their terms are counted by the usual regime."),
                "domain": topic & Domain("regime_code", "=", False),
                "severity": "warning",
            },
            {
                **common,
                "code": "topic_no_synonyms",
                "title": self.env._("Topics without citizens' words"),
                "hint": self.env._("Add what people say: the search finds by it."),
                "domain": topic & Domain("synonyms", "in", [False, ""]),
                "severity": "info",
            },
            {
                **common,
                "code": "topic_odd_season",
                "title": self.env._("Topics with an odd season"),
                "hint": self.env._("A season has a first and a last day."),
                "domain": topic & Domain("is_odd_season", "=", True),
                "severity": "warning",
            },
        ]

    @api.model
    def _get_address_checks(self):
        common = {"area": "addresses", "model": "gorod24.building"}
        common["action"] = BUILDING
        return [
            {
                **common,
                "code": "building_no_town",
                "title": self.env._("Houses on streets of no town"),
                "hint": self.env._("Put the street under its town or village."),
                "domain": Domain("street_id.is_townless", "=", True),
                "severity": "warning",
            },
            {
                **common,
                "code": "building_duplicate",
                "title": self.env._("Houses entered twice"),
                "hint": self.env._("The same number on two streets of one name."),
                "domain": Domain("is_duplicate", "=", True),
                "severity": "warning",
            },
            {
                **common,
                "code": "building_no_district",
                "title": self.env._("Houses without a city district"),
                "hint": self.env._("Rules and reports by district pass them by."),
                "domain": self._get_no_district_domain(),
                "severity": "warning",
            },
            *self._get_street_checks(),
        ]

    @api.model
    def _get_street_checks(self):
        return [
            {
                "area": "addresses",
                "code": "street_no_building",
                "title": self.env._("Streets without houses"),
                "hint": self.env._("An operator cannot choose a house there."),
                "model": "gorod24.address",
                "action": ADDRESS,
                "domain": [
                    ("level", "=", "street"),
                    ("building_ids", "not any", [("active", "=", True)]),
                ],
                "severity": "info",
            },
        ]

    @api.model
    def _get_no_district_domain(self):
        """Houses without a district in towns that are divided into districts."""
        Address = self.env["gorod24.address"]
        domain = Domain("district_id", "=", False)
        divided = Address._read_group(
            [("level", "=", "district"), ("parent_id", "!=", False)], ["parent_id"]
        )
        towns = [town.id for (town,) in divided]
        if not towns:
            return domain
        return domain & Domain("street_id", "child_of", towns)

    @api.model
    def _get_answer_checks(self):
        """Standard answers: their model may be missing while the addon is upgraded."""
        if "gorod24.answer" not in self.env:
            return []
        today = self._get_today()
        fields = self.env["gorod24.answer"]._fields
        # What is offered is the approved copy, with an end of its own.
        last_day = "offered_to" if "offered_to" in fields else "valid_to"
        kept = Domain("state", "!=", "archived")
        common = {"area": "answers", "model": "gorod24.answer"}
        return [
            {
                **common,
                "code": "answer_expired",
                "title": self.env._("Standard answers that have expired"),
                "hint": self.env._("They are no longer offered. Renew or archive."),
                "domain": kept & Domain(last_day, "<", today),
                "severity": "danger",
            },
            {
                **common,
                "code": "answer_expiring",
                "title": self.env._("Standard answers that expire soon"),
                "hint": self.env._("Ask the owner whether they still hold."),
                "domain": kept
                & Domain(last_day, ">=", today)
                & Domain(last_day, "<=", today + timedelta(days=SOON)),
                "severity": "warning",
            },
            {
                **common,
                "code": "answer_archived_owner",
                "title": self.env._("Standard answers of archived participants"),
                "hint": self.env._("Nobody says whether they are still right."),
                "domain": kept & Domain("owner_id.active", "=", False),
                "severity": "warning",
            },
        ]
