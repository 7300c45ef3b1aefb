# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ClassifierCase, hold_today


class SectionCase(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Absence = cls.env["gorod24.section.absence"]
        cls.today = hold_today(cls)
        cls.section = cls._section("Участок 1")
        cls.duty = cls._user("mem_duty", "Дежуров Иван")
        cls.second = cls._user("mem_second", "Вторая Анна")
        cls.third = cls._user("mem_third", "Третьяк Олег")
        cls.head = cls._user("mem_head", "Главный Пётр")
        cls.at_duty = cls._member(cls.duty)
        cls.at_head = cls._member(cls.head, "head")
        cls.curator = new_test_user(
            cls.env, "mem_curator", groups="gorod24_classifier.group_classifier_curator"
        )

    @classmethod
    def _section(cls, name, participant=None):
        return cls.env["gorod24.section"].create(
            {"name": name, "participant_id": (participant or cls.network).id}
        )

    @classmethod
    def _user(cls, login, name, participant=None):
        user = new_test_user(cls.env, login, groups="base.group_portal", name=name)
        user.partner_id.parent_id = participant or cls.network
        return user

    @classmethod
    def _member(cls, user, role="duty", section=None, **values):
        return cls.env["gorod24.section.member"].create(
            {
                "section_id": (section or cls.section).id,
                "user_id": user.id,
                "role": role,
                **values,
            }
        )

    def _away(self, member, substitute=None, first=0, last=0, **values):
        return self.Absence.create(
            {
                "member_id": member.id,
                "substitute_id": substitute.id if substitute else False,
                "date_from": self.today + timedelta(days=first),
                "date_to": self.today + timedelta(days=last),
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestSectionDuty(SectionCase):
    def test_a_substitute_works_on_the_days_of_the_absence_only(self):
        self._away(self.at_duty, self.second, 1, 3)
        for day, expected in ((0, self.duty), (1, self.second), (3, self.second)):
            users = self.section._get_users("duty", self.today + timedelta(days=day))
            self.assertEqual(users, expected, day)
        after = self.today + timedelta(days=4)
        self.assertEqual(self.section._get_users("duty", after), self.duty)
        inside = self.today + timedelta(days=2)
        self.assertEqual(self.section._get_users(date=inside), self.second | self.head)
        self.assertFalse(self.section._get_users("responsible", inside))

    def test_substitute_may_be_away_himself(self):
        at_second = self._member(self.second)
        self._away(self.at_duty, self.second)
        self._away(at_second, self.third)
        self.assertEqual(self.section._get_users("duty"), self.third)

    def test_nobody_without_a_substitute_and_after_he_left(self):
        absence = self._away(self.at_duty)
        self.assertFalse(self.section._get_users("duty"))
        absence.substitute_id = self.second
        self.assertEqual(self.section._get_users("duty"), self.second)
        self.second.active = False
        self.assertFalse(self.section._get_users("duty"))

    def test_duty_list_says_who_stands_in_for_whom(self):
        self._away(self.at_duty, self.second, last=2)
        section = self.section.with_context(lang="ru_RU")
        duty, head = section._get_duty_list()
        until = (self.today + timedelta(days=2)).strftime("%d.%m.%Y")
        self.assertEqual(duty["user_id"], self.second.id)
        self.assertEqual(duty["stands_in_for"], "Дежуров Иван")
        for words in ("Вторая Анна", "Дежуров Иван", until):
            self.assertIn(words, duty["text"])
        self.assertEqual((head["role"], head["text"]), ("head", "Главный Пётр"))
        self.assertIn("Вторая Анна", section.duty_today)
        self.assertNotIn("Главный", section.duty_today)

    def test_overlapping_absence_is_refused_with_the_days(self):
        self._away(self.at_duty, self.second, 0, 5)
        with self._refused("Дежуров Иван is already marked"):
            self._away(self.at_duty, self.third, 5, 9)
        self._away(self.at_duty, self.third, 6, 9)
        self._away(self.at_head, self.third, 0, 5)

    def test_two_writers_at_once_cannot_overlap_either(self):
        """The check in Python sees only what is committed; the index sees all."""
        self._away(self.at_duty, self.second, 0, 5)
        query = (
            "INSERT INTO gorod24_section_absence"
            " (member_id, section_id, participant_id, user_id, date_from, date_to,"
            "  reason) SELECT member_id, section_id, participant_id, user_id,"
            "  date_to, date_to, 'other' FROM gorod24_section_absence LIMIT 1"
        )
        with (
            self.assertRaises(ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.cr.execute(query)
            self.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_senseless_substitutes_are_refused(self):
        stranger = self._user("mem_stranger", "Чужой Лев", self.manager)
        with self._refused("cannot stand in for himself"):
            self._away(self.at_duty, self.duty)
        with self._refused("Чужой Лев does not work for"):
            self._away(self.at_duty, stranger)
        self.third.active = False
        with self._refused("Третьяк Олег does not work for"):
            self._away(self.at_duty, self.third)

    def test_ring_of_substitutes_is_refused_naming_it(self):
        self._away(self.at_duty, self.head, 0, 9)
        with self._refused("Главный Пётр → Дежуров Иван → Главный Пётр"):
            self._away(self.at_head, self.duty, 5, 20)
        self._away(self.at_head, self.duty, 10, 20)

    def test_user_finds_his_own_posts_and_those_he_stands_in_for(self):
        self._away(self.at_duty, self.second, 0, 1)
        (post,) = self.second._get_section_posts()
        self.assertEqual((post.section_id, post.role), (self.section.id, "duty"))
        self.assertFalse(self.duty._get_section_posts())
        after = self.today + timedelta(days=2)
        self.assertFalse(self.second._get_section_posts(after))
        self.assertTrue(self.duty._get_section_posts(after))

    def test_queries_do_not_grow_with_sections(self):
        sections = self.section | self._section("2") | self._section("3")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            sections._get_users("duty")

    def test_rights(self):
        absence = self._away(self.at_duty, self.second)
        clerk = new_test_user(self.env, "mem_clerk", groups="base.group_user")
        self.assertTrue(absence.with_user(clerk).has_access("read"))
        absence.with_user(self.curator).date_to = self.today + timedelta(days=1)
        for user in (clerk, self.duty, self.head):
            with self.assertRaises(AccessError):
                absence.with_user(user).date_to = self.today + timedelta(days=9)
            with self.assertRaises(AccessError):
                self.Absence.with_user(user).create(
                    {"member_id": self.at_head.id, "date_to": self.today}
                )
        for user in (self.duty, self.head):
            for name in ("absence", "contact", "member"):
                model = self.env[f"gorod24.section.{name}"].with_user(user)
                self.assertFalse(model.has_access("read"))

    def test_absence_is_entered_in_the_section(self):
        with Form(self.section.with_user(self.curator)) as form:
            with form.absence_ids.new() as line:
                line.member_id = self.at_duty
                line.date_to = self.today
                line.substitute_id = self.second
        self.assertEqual(self.section._get_users("duty"), self.second)


@tagged("post_install", "-at_install")
class TestSectionHours(SectionCase):
    def setUp(self):
        super().setUp()
        self.office = self.env.ref("gorod24_classifier.calendar_office")
        self.office.tz = "Asia/Barnaul"  # UTC+7
        self.friday = datetime(2026, 3, 6, 9, 30)  # 16:30 there

    def test_around_the_clock_by_default(self):
        self.assertEqual(
            self.section.calendar_id, self.env.ref("gorod24_classifier.calendar_always")
        )
        midnight = datetime(2026, 3, 6, 17, 0)
        for second in (-1, 0, 1):
            self.assertTrue(self.section._is_open(midnight + timedelta(seconds=second)))
        self.assertEqual(self.section._next_opening(midnight), midnight)
        self.section.calendar_id = False
        self.assertTrue(self.section._is_open(midnight))

    def test_office_hours_in_their_zone(self):
        self.section.calendar_id = self.office
        self.assertTrue(self.section._is_open(self.friday))
        evening = self.friday + timedelta(minutes=30)  # 17:00 sharp
        self.assertFalse(self.section._is_open(evening))
        monday = datetime(2026, 3, 9, 1, 0)
        self.assertEqual(self.section._next_opening(evening), monday)
        self.assertTrue(self.section._is_open(monday))
        lunch = datetime(2026, 3, 6, 5, 30)
        self.assertFalse(self.section._is_open(lunch))
        self.assertEqual(self.section._next_opening(lunch), datetime(2026, 3, 6, 6, 0))

    def test_day_off_of_the_calendar_moves_the_opening(self):
        self.section.calendar_id = self.office
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Праздник",
                "calendar_id": self.office.id,
                "company_id": False,
                "date_from": datetime(2026, 3, 8, 17, 0),
                "date_to": datetime(2026, 3, 9, 17, 0),
            }
        )
        opening = self.section._next_opening(self.friday + timedelta(hours=1))
        self.assertEqual(opening, datetime(2026, 3, 10, 1, 0))

    def test_calendar_that_never_opens(self):
        self.section.calendar_id = self.office
        self.office.attendance_ids.unlink()
        self.assertFalse(self.section._is_open(self.friday))
        self.assertFalse(self.section._next_opening(self.friday))

    def test_chain_by_the_hour(self):
        self.section.calendar_id = self.office
        Contact = self.env["gorod24.section.contact"]
        Contact.create(
            [
                {"section_id": self.section.id, "sequence": number, **values}
                for number, values in enumerate(
                    [
                        {"name": "Приёмная", "phone": "12-34-56", "when": "working"},
                        {
                            "name": "Диспетчер",
                            "phone": "8 3852 65-43-21 доб. 5",
                            "when": "out_of_hours",
                            "wait_minutes": 3,
                        },
                        {"name": "Директор", "phone": "8 913 000 11 22"},
                    ]
                )
            ]
        )
        by_day = self.section._get_contact_chain(self.friday)
        self.assertEqual(
            [(c["name"], c["phone"], c["after_minutes"]) for c in by_day],
            [("Приёмная", "+73852123456", 0), ("Директор", "+79130001122", 5)],
        )
        by_night = self.section._get_contact_chain(self.friday + timedelta(hours=6))
        self.assertEqual([c["name"] for c in by_night], ["Диспетчер", "Директор"])
        self.assertEqual(by_night[0]["extension"], "5")
        self.assertEqual(by_night[1]["after_minutes"], 3)
        self.assertIn("+7 3852 65-43-21", by_night[0]["phone_text"])

    def test_number_that_cannot_be_dialled_is_refused(self):
        Contact = self.env["gorod24.section.contact"]
        with self._refused("“позвонить Ване” cannot be"):
            Contact.create(
                {
                    "section_id": self.section.id,
                    "name": "Иван",
                    "phone": "позвонить Ване",
                }
            )

    def test_without_a_chain_the_common_phone(self):
        self.assertFalse(self.section._get_contact_chain())
        self.network.phone = "8 (3852) 11-22-33"
        (only,) = self.section._get_contact_chain()
        self.assertTrue(only["is_fallback"])
        self.assertEqual(only["phone"], "+73852112233")
        self.section.phone = "44-55-66"
        self.assertEqual(self.section._get_contact_chain()[0]["phone"], "+73852445566")

    def test_button_shows_the_people_and_the_chain_of_the_moment(self):
        self._away(self.at_duty, self.second)
        self.env["gorod24.section.contact"].create(
            {"section_id": self.section.id, "name": "Диспетчер", "phone": "123456"}
        )
        clerk = new_test_user(self.env, "mem_asks", groups="base.group_user")
        action = self.section.with_user(clerk).action_open_presence()
        presence = self.env[action["res_model"]].with_user(clerk)
        presence = presence.browse(action["res_id"])
        for words in ("Вторая Анна", "Дежуров Иван", "Диспетчер", "+7 3852 12-34-56"):
            self.assertIn(words, presence.report)
        presence.moment = datetime.now() + timedelta(days=2)
        self.assertNotIn("Вторая Анна", presence.report)

    def test_curator_keeps_working_hours(self):
        calendar = self.env["resource.calendar"].with_user(self.curator)
        own = calendar.create({"name": "Ночная смена", "company_id": False})
        own.attendance_ids = [
            (0, 0, {"name": "Ночь", "dayofweek": "0", "hour_from": 20, "hour_to": 24})
        ]
        self.env["resource.calendar.leaves"].with_user(self.curator).create(
            {
                "name": "Ремонт",
                "calendar_id": own.id,
                "date_from": datetime(2026, 3, 8),
                "date_to": datetime(2026, 3, 9),
            }
        )
        self.assertEqual(date(2026, 3, 8).weekday(), 6)


@tagged("post_install", "-at_install")
class TestServiceDay(ClassifierCase):
    def test_day_is_that_of_the_service(self):
        Member = self.env["gorod24.section.member"]
        parameters = self.env["ir.config_parameter"]
        with freeze_time("2026-11-23 12:00:00"):
            parameters.set_param("gorod24.timezone", "Pacific/Kiritimati")
            self.assertEqual(Member._get_today(), date(2026, 11, 24))
            parameters.set_param("gorod24.timezone", "Pacific/Pago_Pago")
            self.assertEqual(Member._get_today(), date(2026, 11, 23))
