# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ClassifierCase

OPERATIONS = ("read", "write", "create", "unlink")
CURATED = {"employee": "read", "curator": "read write create unlink"}
LOGS = {"employee": "read", "curator": "read", "approver": "read"}
RIGHTS = {
    "gorod24.answer": CURATED | {"approver": "read"},
    "gorod24.answer.version": LOGS,
    "gorod24.answer.use": LOGS,
    "gorod24.navigator": CURATED,
    "gorod24.navigator.hours": CURATED,
    "gorod24.navigator.special": CURATED,
    "gorod24.navigator.use": LOGS,
}


class AnswerCase(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        cls.curator = new_test_user(
            cls.env,
            "test_curator",
            groups="gorod24_classifier.group_classifier_curator",
        )
        cls.approver = new_test_user(
            cls.env, "test_approver", groups="gorod24_classifier.group_answer_approver"
        )
        cls.employee = new_test_user(cls.env, "test_employee")
        cls.Answer = cls.env["gorod24.answer"].with_user(cls.curator)

    @classmethod
    def _answer(cls, name="Когда включат отопление?", approved=True, **values):
        vals = {
            "name": name,
            "text": "Отопление включают, когда пять дней ниже восьми градусов.",
            "owner_id": cls.network.id,
            "topic_ids": cls.heating.ids,
        }
        answer = cls.Answer.create(vals | values)
        if approved:
            answer.action_submit()
            answer.with_user(cls.approver).action_approve()
        return answer

    def _offered(self, **request):
        request.setdefault("topic_id", self.cold.id)
        found = self.env["gorod24.answer"].with_user(self.employee).suggest(**request)
        return [item["name"] for item in found]


@tagged("post_install", "-at_install")
class TestAnswer(AnswerCase):
    def test_only_approved_texts_are_offered(self):
        answer = self._answer(approved=False)
        self.assertFalse(self._offered())
        answer.action_submit()
        self.assertFalse(self._offered())
        answer.with_user(self.approver).action_approve()
        self.assertEqual(self._offered(), [answer.name])
        self.assertEqual(answer.approved_by_id, self.approver)
        self.assertTrue(answer.approved_at)
        self.assertEqual(answer.version_ids.mapped("number"), [1])

    def test_approved_text_stays_until_the_new_one_is_approved(self):
        answer = self._answer()
        old = answer.text
        answer.text = "Отопление уже включают: по графику с 5 октября."
        self.assertEqual((answer.state, answer.version), ("draft", 2))
        [offered] = self.Answer.suggest(topic_id=self.cold.id)
        self.assertEqual(offered["text"], old)
        answer.action_submit()
        answer.text = "Отопление включают с 5 октября."
        self.assertEqual((answer.state, answer.version), ("draft", 2))
        answer.action_submit()
        answer.with_user(self.approver).action_approve()
        [offered] = self.Answer.suggest(topic_id=self.cold.id)
        self.assertEqual(offered["text"], "Отопление включают с 5 октября.")
        answer.invalidate_recordset()
        self.assertEqual(answer.version_ids.mapped("number"), [2, 1])
        self.assertEqual(answer.version_ids[-1].text, old)

    def test_versions_show_what_changed(self):
        answer = self._answer(text="Тепло дадут в пятницу.")
        answer.text = "Тепло дадут в <субботу>."
        answer.action_submit()
        answer.with_user(self.approver).action_approve()
        answer.invalidate_recordset()
        newest = answer.version_ids[0].difference
        self.assertIn("<del", newest)
        self.assertIn("пятницу.</del>", newest)
        self.assertIn("&lt;субботу&gt;.</ins>", newest)
        self.assertIn("Тепло дадут в ", newest)

    def test_a_dropped_draft_gives_the_approved_text_back(self):
        answer = self._answer(valid_to="2030-01-01")
        old = answer.text
        answer.write({"text": "Черновик", "valid_to": False})
        answer.action_discard()
        self.assertEqual(
            (answer.text, answer.state, answer.version), (old, "approved", 1)
        )
        self.assertEqual(answer.valid_to, date(2030, 1, 1))
        with self.assertRaises(UserError):
            answer.action_discard()

    def test_topics_and_words_change_without_a_new_approval(self):
        answer = self._answer()
        answer.write({"topic_ids": [(5,)], "keywords": "котельная"})
        self.assertEqual(answer.state, "approved")
        self.assertFalse(self._offered())
        self.assertEqual(self._offered(topic_id=False, text="котельной"), [answer.name])

    def test_only_approvers_approve_and_only_what_is_handed_over(self):
        answer = self._answer(approved=False)
        with self.assertRaisesRegex(UserError, "Draft"):
            answer.with_user(self.approver).action_approve()
        answer.action_submit()
        with self.assertRaises(AccessError):
            answer.action_approve()
        with self.assertRaises(AccessError):
            answer.with_user(self.employee).action_approve()
        answer.with_user(self.approver).action_return()
        self.assertEqual(answer.state, "draft")

    def test_approval_is_not_typed_in(self):
        answer = self._answer(approved=False)
        with self.assertRaises(AccessError):
            answer.write({"state": "approved"})
        with self.assertRaises(AccessError):
            self._answer("Другой", approved=False, approved_by_id=self.curator.id)

    def test_what_is_offered_is_not_typed_past_the_approval(self):
        answer = self._answer(valid_to="2030-01-01")
        for vals in (
            {"offered_text": "Другое"},
            {"offered_name": "Другой"},
            {"offered_to": False},
            {"offered_version_id": False},
        ):
            with self.assertRaises(AccessError):
                answer.write(vals)
        for name, value in (("state", "approved"), ("offered_text", "Другое")):
            with self.assertRaises(AccessError):
                self.Answer.with_context(**{f"default_{name}": value}).create(
                    {"name": "Иной", "text": "Иное", "owner_id": self.network.id}
                )
        # a word of the program sent by a browser
        answer.with_context(gorod24_discard=True).write({"text": "Черновик"})
        self.assertEqual((answer.state, answer.version), ("draft", 2))

    def test_validity_turns_at_midnight_of_the_service(self):
        # Barnaul is UTC+7: its 1 December lasts from 17:00 UTC of 30 November.
        self._answer(valid_from="2026-12-01", valid_to="2026-12-01")
        for moment, offered in (
            ("2026-11-30 16:59:59", 0),
            ("2026-11-30 17:00:00", 1),
            ("2026-12-01 16:59:59", 1),
            ("2026-12-01 17:00:00", 0),
        ):
            with freeze_time(moment), self.subTest(moment=moment):
                self.assertEqual(len(self._offered()), offered)
                answers = self.Answer.search([("is_offered", "=", True)])
                self.assertEqual(len(answers), offered)
        with freeze_time("2026-12-01 17:00:00"):
            expired = self.Answer.search([("is_expired", "=", True)])
            self.assertEqual(expired.mapped("is_expired"), [True])

    def test_dates_in_wrong_order_are_refused(self):
        dates = {"valid_from": "2026-12-02", "valid_to": "2026-12-01"}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._answer(approved=False, **dates)

    def test_archived_answer_is_offered_after_a_new_approval_only(self):
        answer = self._answer()
        answer.action_archive()
        self.assertFalse(self._offered())
        answer.action_unarchive()
        self.assertEqual((answer.state, answer.version), ("draft", 2))
        self.assertFalse(self._offered())
        answer.action_submit()
        answer.with_user(self.approver).action_approve()
        self.assertTrue(self._offered())

    def test_a_text_once_approved_is_not_deleted(self):
        with self.assertRaises(UserError):
            self._answer().unlink()
        self._answer(approved=False).unlink()

    def test_uses_are_counted_and_know_no_citizen(self):
        answer = self._answer()
        question = self.env["helpdesk.ticket"].new({"name": "x"})
        Log = self.env["gorod24.answer.use"]
        asked = type("Question", (), {"topic_id": self.cold, "partner": question})()
        for helped in ("yes", "yes", "no", None):
            answer.with_user(self.employee).record_use(answer.id, asked, helped)
        answer.invalidate_recordset()
        counts = answer.use_count, answer.helped_count, answer.not_helped_count
        self.assertEqual(counts, (4, 2, 1))
        stored = {name for name, field in Log._fields.items() if field.store}
        self.assertEqual(
            stored, {"id", "answer_id", "version_id", "topic_id", "helped", "used_at"}
        )

    def test_uses_are_not_counted_from_outside(self):
        answer = self._answer().with_user(self.employee)
        entry = self.env["gorod24.navigator"].create({"name": "Паспорт"})
        for record in (answer, entry.with_user(self.employee)):
            with self.assertRaises(AccessError):
                call_kw(record.browse(), "record_use", [record.id], {})
        self.assertFalse(answer.use_count)

    def test_rights_by_role(self):
        answer = self._answer()
        entry = self.env["gorod24.navigator"].create({"name": "Паспорт"})
        entry.hours_text = "пн 9-18"
        day = {"name": "x", "date_from": "2026-01-01", "date_to": "2026-01-01"}
        records = {
            "gorod24.answer": answer,
            "gorod24.answer.version": answer.version_ids,
            "gorod24.answer.use": answer.record_use(answer.id),
            "gorod24.navigator": entry,
            "gorod24.navigator.hours": entry.hours_ids,
            "gorod24.navigator.special": self.env["gorod24.navigator.special"].create(
                day
            ),
            "gorod24.navigator.use": entry.record_use(entry.id),
        }
        users = {
            "employee": self.employee,
            "curator": self.curator,
            "approver": self.approver,
            "portal": new_test_user(self.env, "test_p", groups="base.group_portal"),
            "public": self.env.ref("base.public_user"),
        }
        for model, allowed in RIGHTS.items():
            for role, user in users.items():
                record = records[model].with_env(self.env).with_user(user)
                rights = allowed.get(role, "")
                if role == "approver":
                    rights = allowed.get(role, allowed["employee"])
                for operation in OPERATIONS:
                    with self.subTest(model=model, role=role, operation=operation):
                        expected = operation in rights.split()
                        self.assertEqual(record.has_access(operation), expected)


@tagged("post_install", "-at_install")
class TestAnswerSearch(AnswerCase):
    def test_answers_of_the_topic_come_before_those_of_its_groups(self):
        self._answer("Общее об отоплении")
        self._answer("Почему холодно", topic_ids=self.cold.ids)
        self._answer("О дорогах", topic_ids=self.roads.ids)
        self.assertEqual(self._offered(), ["Почему холодно", "Общее об отоплении"])

    def test_words_choose_among_the_answers_of_a_topic(self):
        self._answer("А. Когда дадут тепло")
        self._answer("Б. Как сделать перерасчёт за холод")
        offered = self._offered(text="хочу перерасчет")
        self.assertEqual(offered[0], "Б. Как сделать перерасчёт за холод")
        self.assertEqual(len(offered), 2)

    def test_words_alone_are_enough_in_any_form_and_with_a_mistake(self):
        self._answer(
            "Куда вывозят снег",
            topic_ids=[],
            text="Снег вывозят на отвал.",
            keywords="снегосвалка",
        )
        for words in (
            "куда вывезти снег?",
            "снегосвалки",
            "снегосвалко",
            "вывоз снега",
        ):
            with self.subTest(words=words):
                self.assertTrue(self._offered(topic_id=False, text=words))
        self.assertFalse(self._offered(topic_id=False, text="паспорт"))
        self.assertFalse(self._offered(topic_id=False, text=""))

    def test_unrelated_answers_stay_away_from_a_topic(self):
        self._answer("О трубах", topic_ids=[], text="Трубы меняют летом.")
        self.assertFalse(self._offered(text="дует из окна, холодно, трубы тёплые еле"))

    def test_answers_for_a_district_are_offered_there_only(self):
        answer = self._answer(address_ids=self.district.ids)
        self.assertEqual(self._offered(building_id=self.house.id), [answer.name])
        other = self._address("Центральный", "р-н", "district", self.town)
        elsewhere = self.env["gorod24.building"].create(
            {"street_id": self.street.id, "house": "1", "district_id": other.id}
        )
        self.assertFalse(self._offered(building_id=elsewhere.id))
        self.assertEqual(self._offered(), [answer.name])

    def test_portal_users_get_nothing(self):
        self._answer()
        user = new_test_user(self.env, "test_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.Answer.with_user(user).suggest(topic_id=self.cold.id)


@tagged("post_install", "-at_install")
class TestAnswerReminder(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.network.email = "teplo@example.com"
        cls.env["ir.config_parameter"].set_param("gorod24.answer_remind_days", "10")

    def _run(self):
        cron = self.env.ref("gorod24_classifier.ir_cron_remind_answer_owners")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def _letters(self):
        return self.env["mail.message"].search(
            [
                ("model", "=", "gorod24.answer"),
                ("message_type", "=", "user_notification"),
                ("notified_partner_ids", "in", self.network.ids),
            ]
        )

    def test_owner_is_reminded_before_and_after_the_end_once_each(self):
        answer = self._answer(valid_to="2026-12-20")
        for moment, letters in (
            ("2026-12-09 12:00:00", 0),
            ("2026-12-10 12:00:00", 1),
            ("2026-12-11 12:00:00", 1),
            ("2026-12-20 12:00:00", 1),
            ("2026-12-20 17:30:00", 2),
            ("2026-12-25 12:00:00", 2),
        ):
            with freeze_time(moment), self.subTest(moment=moment):
                self._run()
                self.assertEqual(len(self._letters()), letters)
        [activity] = answer.activity_ids
        self.assertEqual(activity.user_id, self.curator)

    def test_a_prolonged_answer_is_reminded_of_anew(self):
        answer = self._answer(valid_to="2026-12-20")
        with freeze_time("2026-12-12 12:00:00"):
            self._run()
            answer.valid_to = "2026-12-30"
            answer.action_submit()
            answer.with_user(self.approver).action_approve()
            self._run()
            self.assertEqual(len(self._letters()), 1)
        with freeze_time("2026-12-21 12:00:00"):
            self._run()
            self.assertEqual(len(self._letters()), 2)

    def test_archived_and_endless_answers_are_left_alone(self):
        self._answer("Без срока")
        self._answer("Убран", valid_to="2026-12-20").action_archive()
        with freeze_time("2026-12-25 12:00:00"):
            self._run()
        self.assertFalse(self._letters())
