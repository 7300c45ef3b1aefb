# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: checks of what operators read aloud: approval, topics, services."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

#: Facts of a service are asked about anew after so many days.
CHECKED_DAYS = 183


class Gorod24ReferenceHealth(models.AbstractModel):
    _inherit = "gorod24.reference.health"

    @api.model
    def _get_checks(self):
        return [
            *super()._get_checks(),
            *self._get_reading_checks(),
            *self._get_navigator_checks(),
        ]

    @api.model
    def _get_reading_checks(self):
        common = {"area": "answers", "model": "gorod24.answer"}
        return [
            {
                **common,
                "code": "answer_to_approve",
                "title": self.env._("Standard answers waiting for approval"),
                "hint": self.env._("Operators do not see a text until it is approved."),
                "domain": Domain("state", "=", "review"),
                "severity": "warning",
            },
            {
                **common,
                "code": "answer_no_topic",
                "title": self.env._("Standard answers without a topic"),
                "hint": self.env._("They are found by words only: name their topics."),
                "domain": Domain("topic_ids", "=", False),
                "severity": "info",
            },
        ]

    @api.model
    def _get_navigator_checks(self):
        common = {"area": "answers", "model": "gorod24.navigator"}
        today = self.env["gorod24.service.time"]._get_service_today()
        last = today - timedelta(days=CHECKED_DAYS)
        Topic = self.env["helpdesk.ticket.category"]
        elsewhere = Topic._get_regime_codes("navigation")
        return [
            {
                "area": "topics",
                "model": "helpdesk.ticket.category",
                "code": "topic_nav_without_service",
                "title": self.env._("Topics told to apply elsewhere, but not where"),
                "hint": self.env._(
                    "Their regime sends to another service, and the navigator has none"
                    " for them."
                ),
                "domain": Domain("is_topic", "=", True)
                & Domain("regime_code", "in", elsewhere)
                & Domain("id", "not in", self._get_navigated_topics()),
                "severity": "warning",
            },
            {
                **common,
                "code": "navigator_no_hours",
                "title": self.env._("Services without working hours"),
                "hint": self.env._("The operator cannot say whether it is open."),
                "domain": Domain("hours_ids", "=", False),
                "severity": "warning",
            },
            {
                **common,
                "code": "navigator_not_checked",
                "title": self.env._("Services not checked for half a year"),
                "hint": self.env._("Ring them up and press “Facts checked today”."),
                "domain": Domain("checked_at", "=", False)
                | Domain("checked_at", "<", last),
                "severity": "info",
            },
        ]

    @api.model
    def _get_navigated_topics(self):
        """Ids of the topics some service is shown for, those below included."""
        entries = self.env["gorod24.navigator"].search(
            self.env["gorod24.navigator"]._get_offered_domain()
        )
        return self.env["helpdesk.ticket.category"]._search(
            [("id", "child_of", entries.topic_ids.ids)]
        )
