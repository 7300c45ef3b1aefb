# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestStatisticsTour(StatisticsCase, HttpCase):
    """What the manager sees in the browser."""

    def test_manager_reads_statistics(self):
        new_test_user(
            self.env,
            "tour_manager",
            "gorod24_appeals.group_manager",
            password="tour_manager",
        )
        # the page opens with the last twelve months
        now = fields.Datetime.now()
        self._questions(
            {"registered_at": now}, {"registered_at": now, "topic_id": self.heat.id}
        )
        self.env["gorod24.call"].create(
            {
                "direction": "in",
                "state": "ended",
                "result": "answered",
                "started_at": now,
            }
        )
        self.env.flush_all()
        self.start_tour(
            "/odoo/question-statistics",
            "gorod24_report_statistics",
            login="tour_manager",
            timeout=180,
        )
