# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import itertools
from datetime import datetime

from odoo.tests import TransactionCase

# 23.11.2026 10:15 in Barnaul
NOW = datetime(2026, 11, 23, 3, 15)

_positions = itertools.count(1)


class StatisticsCase(TransactionCase):
    """A small classifier, two participants and builders of questions and calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        categories = cls.env["helpdesk.ticket.category"]
        cls.housing, cls.streets = categories.create(
            [{"name": "Housing (test)"}, {"name": "Streets (test)"}]
        )
        cls.water, cls.heat, cls.roads = cls.topics = categories.create(
            [
                {"name": "Water", "parent_id": cls.housing.id, "is_topic": True},
                {"name": "Heat", "parent_id": cls.housing.id, "is_topic": True},
                {"name": "Roads", "parent_id": cls.streets.id, "is_topic": True},
            ]
        )
        cls.participants = cls.env["res.partner"].create(
            [{"name": name, "is_participant": True} for name in ("P one", "P two")]
        )
        cls.districts = cls.env["gorod24.address"].create(
            [{"name": name, "level": "district"} for name in ("D one", "D two")]
        )
        cls.appeal = cls.env["helpdesk.ticket"].create(
            {"name": "Test", "description": "Test"}
        )
        cls.statistics = cls.env["gorod24.question.stat"]
        # whatever the customer's base holds is not ours to count
        cls.own = [("topic_id", "in", cls.topics.ids)]

    @classmethod
    def _questions(cls, *vals_list):
        prepared = []
        for vals in vals_list:
            position = next(_positions)
            prepared.append(
                {
                    "appeal_id": cls.appeal.id,
                    "position": position,
                    "name": f"T/{position}",
                    "state": "registered",
                    "topic_id": cls.water.id,
                    "registered_at": NOW,
                    **vals,
                }
            )
        return cls.env["gorod24.question"].create(prepared)

    def _count(self, groupby=(), domain=(), aggregate="question_count:sum"):
        return self.statistics._read_group(
            [*self.own, *domain], list(groupby), [aggregate]
        )
