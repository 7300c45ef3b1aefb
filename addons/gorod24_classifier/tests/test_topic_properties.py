# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ClassifierCase

WINTER = {"season_from": "10-15", "season_to": "04-15"}


@tagged("post_install", "-at_install")
class TestTopicProperties(ClassifierCase):
    def test_season_over_new_year(self):
        self.cold.write(WINTER)
        self.assertTrue(self.cold.seasonal)
        self.assertTrue(self.cold._in_season(date(2026, 12, 31)))
        self.assertTrue(self.cold._in_season(date(2027, 4, 15)))
        self.assertFalse(self.cold._in_season(date(2027, 4, 16)))
        self.assertFalse(self.roads.seasonal)
        self.assertTrue(self.roads._in_season(date(2027, 7, 1)))

    def test_season_is_shown_in_words(self):
        topic = self.cold.with_context(lang="ru_RU")
        topic.write({"season_from": "16.4", "season_to": "15.10."})
        self.assertEqual(topic.season_text, "16 апреля – 15 октября")
        self.assertEqual((topic.season_from, topic.season_to), ("04-16", "10-15"))
        topic.write({"season_from": False, "season_to": False})
        self.assertFalse(topic.season_text)

    def test_what_is_no_day_is_named(self):
        with self.assertRaisesRegex(ValidationError, "Холодно в квартире.*30 февраля"):
            self.cold.write({**WINTER, "season_to": "30 февраля"})
        with self.assertRaisesRegex(ValidationError, "02-30"):
            self._topic("Снег", season_from="02-30", season_to="04-15")

    def test_half_a_season_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Холодно в квартире"):
            self.cold.season_from = "10-15"

    def test_validity(self):
        Category = self.Category
        self.cold.write({"valid_from": "2026-03-01", "valid_to": "2026-03-31"})
        days = {"2026-02-28": 0, "2026-03-01": 1, "2026-03-31": 1, "2026-04-01": 0}
        for text, valid in days.items():
            day = date.fromisoformat(text)
            self.assertEqual(self.cold._is_valid_on(day), bool(valid), text)
            domain = Category._get_valid_domain(day)
            found = Category.search(domain & Domain("id", "=", self.cold.id))
            self.assertEqual(len(found), valid, text)
        self.assertTrue(self.roads._is_valid_on())

    @mute_logger("odoo.sql_db")
    def test_validity_ends_after_it_begins(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.cold.write({"valid_from": "2026-03-02", "valid_to": "2026-03-01"})

    def test_shipped_topics_have_their_properties(self):
        topic = self.env.ref("gorod24_classifier.topic_l_bl_01")
        self.assertEqual(topic.required_place, "pole")
        self.assertEqual(topic.required_proof, "Фото до и после")
        heating = self.env.ref("gorod24_classifier.topic_l_jkh_05")
        questions = [question["string"] for question in heating.extra_definition]
        self.assertIn("Температура в комнате, °C", questions)
        self.assertTrue(heating._in_season(date(2027, 1, 10)))
        self.assertFalse(heating._in_season(date(2027, 7, 10)))
