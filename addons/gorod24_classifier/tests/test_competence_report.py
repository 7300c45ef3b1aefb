# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ClassifierCase

DAY = date(2026, 3, 1)


@tagged("post_install", "-at_install")
class TestCompetenceReport(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.center = cls._address("Центральный", "р-н", "district", cls.town)
        cls.central_house = cls._house("2")
        cls.central_house.district_id = cls.center
        cls.lift = cls._topic("Не работает лифт", is_topic=True, regime_code="HOT")
        cls.topics = cls.heating | cls.lift

    def _report(self, topics=None, user=None, **values):
        model = self.env["gorod24.competence.report"]
        return (model.with_user(user) if user else model).create(
            {"date": DAY, "topic_ids": [Command.set((topics or self.topics).ids)]}
            | values
        )

    def _gaps(self, **values):
        report = self._report(**values)
        report.action_find_gaps()
        districts = self.district | self.center
        return {
            (gap.topic_id, gap.district_id): gap
            for gap in report.gap_ids
            if gap.district_id in districts
        }

    def _overlaps(self, **values):
        report = self._report(**values)
        report.action_find_overlaps()
        return report.overlap_ids

    def _list_rule(self, participant, houses, **values):
        values = {"topic": self.lift, "date_from": date(2024, 1, 1), **values}
        return self._rule(participant, building_ids=[Command.set(houses.ids)], **values)

    # GAPS

    def test_a_topic_covered_in_one_district_only(self):
        self._rule(self.network, topic=self.heating, address=self.district)
        gaps = self._gaps()
        self.assertNotIn((self.cold, self.district), gaps)
        gap = gaps[self.cold, self.center]
        self.assertEqual((gap.kind, gap.house_count, gap.missing_count), ("none", 1, 1))
        self.assertEqual(gap.group_id, self.heating)
        self.assertNotIn((self.heating, self.center), gaps, "a group is no topic")

    def test_houses_without_a_company(self):
        other = self._house("52")
        self._list_rule(self.manager, self.house)
        gap = self._gaps()[self.lift, self.district]
        self.assertEqual((gap.kind, gap.house_count, gap.missing_count), ("part", 2, 1))
        self.assertEqual(gap.action_show_houses()["domain"], [("id", "in", other.ids)])
        context = gap.action_create_rule()["context"]
        self.assertEqual(context["default_building_ids"], other.ids)
        self.assertEqual(context["default_topic_id"], self.lift.id)
        rule = self.Competence.with_context(**context).create(
            {"participant_id": self.manager.id}
        )
        self.assertEqual(rule.building_ids, other)
        self.assertNotIn((self.lift, self.district), self._gaps())

    def test_no_false_alarms(self):
        self._settle(reference="СПР", navigation="НАВ")
        for code in ("СПР", "НАВ"):
            self._topic("Справка", is_topic=True, regime_code=code)
        closed = self._topic("Старая", is_topic=True)
        closed.active = False
        self._rule(self.network, topic=self.lift)
        topics = self.Category.search([("name", "in", ("Справка", "Старая"))])
        self.assertFalse(self._gaps(topics=topics | self.lift))

    def test_a_topic_without_a_place_is_one_line(self):
        self.lift.required_place = "none"
        report = self._report(self.lift)
        report.action_find_gaps()
        self.assertEqual(report.gap_ids.mapped("kind"), ["town"])
        self._rule(self.network, topic=self.lift)
        report = self._report(self.lift)
        report.action_find_gaps()
        self.assertFalse(report.gap_ids)

    def test_a_gap_of_one_day(self):
        self._rule(self.network, topic=self.lift, date_to=date(2026, 2, 28))
        self.assertIn((self.lift, self.district), self._gaps())
        self.assertNotIn((self.lift, self.center), self._gaps(date=date(2026, 2, 28)))

    def test_an_archived_participant_answers_nothing(self):
        self._rule(self.network, topic=self.lift)
        self.assertFalse(self._gaps(topics=self.lift))
        self.network.active = False
        self.assertEqual(
            self._gaps(topics=self.lift)[self.lift, self.center].kind, "none"
        )

    # DOUBLE ANSWERS

    def test_same_topic_and_territory(self):
        values = {"topic": self.lift, "address": self.district}
        old = self._rule(self.network, date_from=date(2020, 1, 1), **values)
        new = self._rule(self.manager, date_from=date(2025, 1, 1), **values)
        overlap = self._overlaps()
        self.assertEqual(overlap.kind, "unclosed")
        self.assertEqual((overlap.winner_id, overlap.loser_id), (new, old))
        self.assertEqual(overlap.place, self.district.display_name)
        self.assertEqual(overlap.date_from, date(2025, 1, 1))
        overlap.action_close_older()
        self.assertEqual(old.date_to, date(2024, 12, 31))
        self.assertFalse(self._overlaps())

    def test_alike_in_all_is_said_to_be_arbitrary(self):
        first = self._rule(self.network, topic=self.lift)
        second = self._rule(self.manager, topic=self.lift)
        overlap = self._overlaps()
        self.assertEqual(overlap.kind, "arbitrary")
        route = self.Competence._route(self.lift, date=DAY)
        self.assertEqual(route["competence_id"], overlap.winner_id.id)
        self.assertEqual((overlap.winner_id, overlap.loser_id), (second, first))
        with self.assertRaises(UserError):
            overlap.action_close_older()

    def test_one_house_in_two_lists(self):
        more = self._house("52") | self._house("54")
        self._list_rule(self.manager, self.house | more[0])
        self._list_rule(self.network, more, date_from=date(2025, 1, 1))
        self._list_rule(self.network, self.house, topic=self.cold)
        overlap = self._overlaps()
        self.assertEqual(overlap.house_count, 1)
        self.assertEqual(overlap.place, more[0].display_name)
        self.assertEqual(overlap.winner_participant_id, self.network)
        self.assertEqual(
            overlap.action_show_houses()["domain"], [("id", "in", more[0].ids)]
        )
        with self.assertRaises(UserError, msg="the list has other houses too"):
            overlap.action_close_older()

    def test_what_is_no_double_answer(self):
        self._rule(self.network, topic=self.lift, date_to=date(2026, 4, 30))
        self._rule(self.manager, topic=self.lift, date_from=date(2026, 5, 1))
        self._rule(self.manager, topic=self.lift, address=self.district)
        self._rule(self.manager, topic=self.lift, address=self.district)
        self._rule(self.network, topic=self.heating, address=self.district)
        self._list_rule(self.network, self.house)
        ended = self._rule(self.network, topic=self.cold, date_to=date(2026, 2, 1))
        self._rule(self.manager, topic=self.cold)
        self.assertFalse(self._overlaps())
        ended.date_to = DAY
        self.assertEqual(
            self._overlaps().loser_id | self._overlaps().winner_id,
            ended
            | self.Competence.search(
                [("topic_id", "=", self.cold.id), ("id", "!=", ended.id)]
            ),
        )

    def test_rights(self):
        self._rule(self.network, topic=self.lift, address=self.district)
        clerk = new_test_user(self.env, "rep_clerk", groups="base.group_user")
        other = new_test_user(self.env, "rep_other", groups="base.group_user")
        portal = new_test_user(self.env, "rep_portal", groups="base.group_portal")
        report = self._report(user=clerk)
        report.action_find_gaps()
        self.assertTrue(report.gap_ids)
        self.assertNotIn("default_topic_id", report.gap_ids[0].action_open()["context"])
        with self.assertRaises(AccessError):
            report.gap_ids.with_user(other).read(["kind"])
        with self.assertRaises(AccessError):
            self._report(user=portal)
