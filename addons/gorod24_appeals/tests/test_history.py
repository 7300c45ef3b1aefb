# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestHistory(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.history = cls.env["gorod24.history"].with_user(cls.operator)

    def _person_with(self, count):
        appeal = self._register()
        person = appeal.partner_id
        for _turn in range(count - 1):
            self._register(partner_id=person.id)
        return person

    def test_pages_of_the_card_show_every_question_once(self):
        person = self._person_with(5)
        seen, before, more = [], None, True
        while more:
            page = self.card.history_page(person.id, before, limit=2)
            seen += [row["question_id"] for row in page["rows"]]
            before, more = seen[-1], page["has_more"]
        self.assertEqual(seen, person.question_ids.sorted("id", True).ids)
        self.assertEqual(
            page["rows"][-1]["number"], person.question_ids.sorted("id")[0].name
        )

    def test_a_page_costs_no_more_however_deep(self):
        person = self._person_with(9)
        ids = person.question_ids.sorted("id", True).ids
        counts = []
        self.card.history_page(person.id)
        for before in (ids[0], ids[4]):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.card.history_page(person.id, before, limit=4)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])

    def test_row_tells_how_far_the_work_has_gone(self):
        appeal = self._register()
        row = self.card.history_page(appeal.partner_id.id)["rows"][0]
        self.assertEqual(row["progress"], 40)
        self._as_duty(appeal.question_ids).action_accept()
        row = self.card.history_page(appeal.partner_id.id)["rows"][0]
        self.assertEqual(row["progress"], 60)

    def test_screen_of_a_person_counts_topics_and_years(self):
        person = self._person_with(2)
        self._register(self.pipe, partner_id=person.id)
        # New Year in Barnaul is still the old year in UTC.
        person.question_ids.sorted("id")[-1].registered_at = datetime(
            2024, 12, 31, 18, 0
        )
        screen = self.history.open("res.partner", person.id)
        self.assertEqual((screen["total"], screen["open"]), (3, 3))
        counted = {topic["id"]: topic["count"] for topic in screen["topics"]}
        self.assertEqual(counted, {self.heating.id: 2, self.pipe.id: 1})
        years = {item["year"]: item["count"] for item in screen["years"]}
        self.assertEqual(years[2025], 1)
        page = self.history.page("res.partner", person.id, year=2025)
        self.assertEqual(len(page["rows"]), 1)
        page = self.history.page("res.partner", person.id, topic_id=self.pipe.id)
        self.assertEqual([row["topic"] for row in page["rows"]], [self.pipe.name])

    def test_house_shows_the_questions_of_all_its_people(self):
        self._register(person_name="Первый Сосед", number="83852111111")
        self._register(person_name="Второй Сосед", number="83852111112")
        self._register(building_id=self.other_house.id)
        screen = self.history.open("gorod24.building", self.house.id)
        people = {row["person"] for row in screen["rows"]}
        self.assertEqual(people, {"Первый Сосед", "Второй Сосед"})

    def test_who_may_look(self):
        person = self._person_with(1)
        employee = new_test_user(self.env, "test_stranger")
        for user in (employee, self.duty):
            with self.assertRaises(AccessError):
                self.history.with_user(user).open("res.partner", person.id)
            with self.assertRaises(AccessError):
                self.card.with_user(user).history_page(person.id)
        manager = self.history.with_user(self.manager)
        self.assertEqual(manager.open("res.partner", person.id)["total"], 1)

    def test_nonsense_is_refused_in_words(self):
        person = self._person_with(1)
        for call in (
            lambda: self.history.open("res.users", self.operator.id),
            lambda: self.history.open("res.partner", 2**30),
            lambda: self.history.page("res.partner", person.id, year=1),
        ):
            with self.assertRaises(UserError):
                call()

    def test_card_notes_once_which_appeals_were_seen(self):
        person = self._person_with(2)
        self.card.load("123456")
        self.card.history_page(person.id)
        views = self.env["gorod24.appeal.view"].search(
            [("appeal_id", "in", person.question_ids.appeal_id.ids)]
        )
        self.assertEqual(len(views), 2)
        self.assertEqual(views.mapped("source"), ["card", "card"])
