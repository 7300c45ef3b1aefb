# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ClassifierCase


@tagged("post_install", "-at_install")
class TestNavigator(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        cls.env = cls.env(context=dict(cls.env.context, lang="ru_RU"))
        cls.employee = new_test_user(cls.env, "test_employee")
        cls.Navigator = cls.env["gorod24.navigator"]
        cls.entry = cls.Navigator.create(
            {
                "name": "Замена паспорта",
                "organisation": "Паспортный стол",
                "keywords": "прописка, регистрация",
                "hours_text": "пн-пт 9-18, перерыв 13-14; сб 9:00-12:30",
                "topic_ids": cls.heating.ids,
            }
        )

    def _offered(self, **request):
        found = self.Navigator.with_user(self.employee).suggest(**request)
        return [item["name"] for item in found]

    def test_hours_are_typed_as_people_write_and_shown_so(self):
        self.assertEqual(len(self.entry.hours_ids), 6)
        saturday = self.entry.hours_ids[-1]
        self.assertEqual((saturday.weekday, saturday.time_to), ("5", 12.5))
        self.assertEqual(
            self.entry.hours_text,
            "пн–пт 9:00–18:00, перерыв 13:00–14:00; сб 9:00–12:30",
        )
        self.entry.hours_text = "круглосуточно"
        self.assertEqual(len(self.entry.hours_ids), 7)
        self.assertTrue(self.entry.open_now)

    def test_hours_not_understood_are_named(self):
        with self.assertRaisesRegex(UserError, "по записи"):
            self.entry.hours_text = "пн 9-18; вт по записи"

    def test_open_now_by_the_clock_of_the_service(self):
        # 2026-11-23 is a Monday; Barnaul is seven hours ahead of UTC.
        for moment, is_open, text in (
            ("2026-11-23 01:59:00", False, "opens today at 9:00"),
            ("2026-11-23 02:00:00", True, "open until 13:00"),
            ("2026-11-23 06:00:00", False, "break until 14:00"),
            ("2026-11-23 10:59:59", True, "open until 18:00"),
            ("2026-11-23 11:00:00", False, "opens tomorrow at 9:00"),
            ("2026-11-28 05:30:00", False, "opens on Monday at 9:00"),
        ):
            with freeze_time(moment), self.subTest(moment=moment):
                entry = self.entry.with_context(lang="en_US")
                entry.invalidate_recordset()
                self.assertEqual(entry.open_now, is_open)
                self.assertIn(text, entry.open_text)

    def test_special_days_close_one_service_or_all(self):
        Special = self.env["gorod24.navigator.special"]
        Special.create(
            {"name": "Праздник", "date_from": "2026-11-23", "date_to": "2026-11-24"}
        )
        with freeze_time("2026-11-23 05:00:00"):
            self.assertFalse(self.entry.open_now)
            Special.create(
                {
                    "name": "Дежурный день",
                    "navigator_id": self.entry.id,
                    "date_from": "2026-11-23",
                    "date_to": "2026-11-23",
                    "is_closed": False,
                    "time_from": 10,
                    "time_to": 15,
                }
            )
            self.entry.invalidate_recordset()
            self.assertTrue(self.entry.open_now)
            self.assertIn("15:00", self.entry.open_text)

    def test_found_by_topic_and_by_words(self):
        self.assertEqual(self._offered(topic_id=self.cold.id), ["Замена паспорта"])
        self.assertEqual(self._offered(topic_id=self.roads.id), [])
        for words in ("поменять паспорт", "прописку", "паспартный стол"):
            with self.subTest(words=words):
                self.assertEqual(self._offered(text=words), ["Замена паспорта"])
        self.assertEqual(self._offered(text="яма на дороге"), [])

    def test_outdated_entries_are_not_offered(self):
        self.entry.valid_to = "2026-11-23"
        with freeze_time("2026-11-23 16:59:00"):
            self.assertTrue(self._offered(topic_id=self.cold.id))
        with freeze_time("2026-11-23 17:00:00"):
            self.assertFalse(self._offered(topic_id=self.cold.id))

    def test_uses_are_counted(self):
        self.Navigator.with_user(self.employee).record_use(self.entry.id)
        self.entry.invalidate_recordset()
        self.assertEqual(self.entry.use_count, 1)

    def test_wrong_hours_of_a_weekday_are_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.entry.hours_ids[0].time_to = 3
            self.env.flush_all()

    def test_a_handful_of_queries_for_a_full_list(self):
        for number in range(8):
            self.entry.copy({"name": f"Паспорт {number}"}).hours_text = "пн-пт 9-18"
        request = {"text": "паспорт", "topic_id": self.cold.id, "limit": 5}
        self.Navigator.suggest(**request)
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            self.Navigator.suggest(**request)

    def test_topics_told_elsewhere_need_a_service(self):
        self._settle(navigation="НАВ")
        Health = self.env["gorod24.reference.health"]
        checks = {check["code"]: check for check in Health._get_checks()}
        domain = checks["topic_nav_without_service"]["domain"]
        (self.cold | self.roads).write({"regime_code": "НАВ", "is_topic": True})
        found = self.Category.search(domain)
        self.assertIn(self.roads, found)
        self.assertNotIn(self.cold, found)
        for code in ("navigator_no_hours", "navigator_not_checked"):
            found = self.Navigator.search(checks[code]["domain"])
            self.assertEqual(self.entry in found, code == "navigator_not_checked")
        self.entry.action_confirm_today()
        found = self.Navigator.search(checks["navigator_not_checked"]["domain"])
        self.assertNotIn(self.entry, found)
