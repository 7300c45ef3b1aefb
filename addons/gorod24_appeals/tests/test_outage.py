# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_flow import FlowCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestOutage(FlowCommon):
    """A service is restored within the interruption that the law tolerates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pipe.outage_service = "electricity"
        regime = cls.env.ref("gorod24_regulation.regime_outage")
        cls.one, cls.two = regime.rule_ids.filtered(
            lambda rule: rule.service == "electricity"
        ).sorted("sequence")

    def _clock(self, question):
        clocks = question.clock_ids.filtered(lambda one: one.kind == "restoration")
        return clocks.sorted("id")[-1:]

    def _term(self, question, **values):
        rows = self._as(self.operator, question).get_terms()["terms"]
        return next(row for row in rows if row["kind"] == "restoration")

    def test_the_term_runs_from_the_registration_and_the_result_ends_it(self):
        question = self._question(self.pipe)
        due = question.registered_at + 24 * HOUR
        self.assertEqual(question.restore_due, due)
        self.assertEqual(question.referral_id.restore_due, due)
        term = self._term(question)
        self.assertTrue(term["explanation"])
        self.assertIn("354", term["basis"])
        self._done(question)
        self.assertEqual(self._clock(question).outcome, "met")
        self.assertFalse(question.restore_due)

    def test_only_emergencies_of_services_in_houses_have_it(self):
        street = self._question(self.pipe, building_id=False, address_id=self.street.id)
        self.assertFalse(self._clock(street))
        self.pipe.outage_service = False
        self.assertFalse(self._clock(self._question(self.pipe)))
        self.heating.outage_service = "heating"
        self.assertFalse(self._clock(self._question(self.heating)))
        marked = self._question(self.heating)
        self._as(self.operator, marked).action_correct_emergency(True)
        self.assertEqual(marked.restore_due, marked.registered_at + 16 * HOUR)

    def test_the_date_is_shown_before_saving(self):
        shown = self.card.preview(self.pipe.id, self.house.id)["due"]
        self.assertIn("restoration", [term["kind"] for term in shown])
        street = self.card.preview(self.pipe.id, None, self.street.id)["due"]
        self.assertNotIn("restoration", [term["kind"] for term in street])

    def test_a_house_the_directory_lacks_is_timed_as_it_was_shown(self):
        """What the operator says aloud is what is saved, also for a place in words."""
        self.pipe.required_place = "house"
        self.heating.write({"required_place": "flat", "outage_service": "heating"})
        street = self.street.id
        for topic, address, words, in_house in (
            (self.pipe, False, "Солнечная Поляна 94/7", True),
            (self.pipe, street, "94/7, подъезд 2", True),
            (self.pipe, False, "колонка у рынка", False),
            (self.heating, False, "Солнечная Поляна 94/7", True),
            (self.heating, street, "двор", False),
            (self.reference, street, "25 м от угла", False),
        ):
            with self.subTest(topic=topic.name, words=words):
                marked = topic != self.pipe
                shown = self.card.preview(
                    topic.id, None, address, marked, place_note=words
                )
                point = {
                    "topic_id": topic.id,
                    "text": "Авария",
                    "address_id": address,
                    "place_note": words,
                    "emergency": marked,
                }
                place = {"building_id": False, "address_id": False}
                question = self._register(questions=[point], **place).question_ids
                self.assertEqual(shown["regime"]["id"], question.regime_id.id)
                kinds = [term["kind"] for term in shown["due"]]
                self.assertEqual("restoration" in kinds, in_house)
                self.assertEqual(bool(question.restore_due), in_house)

    def test_a_known_start_and_case_move_the_term(self):
        question = self._question(self.pipe)
        since = fields.Datetime.now() - HOUR
        mine = self._as(self.operator, question)
        mine.action_set_outage(since, self.two.id)
        self.assertEqual(question.restore_due, since + 2 * HOUR)
        self.assertEqual(question.referral_id.restore_due, since + 2 * HOUR)
        self.assertIn("term", self._kinds(question))
        mine.action_set_outage()
        self.assertEqual(question.restore_due, question.registered_at + 24 * HOUR)

    def test_senseless_starts_and_cases_are_refused(self):
        question = self._question(self.pipe)
        mine, now = self._as(self.operator, question), fields.Datetime.now()
        gas = self.one.regime_id.rule_ids.filtered(lambda one: one.service == "gas")
        for since, rule in (
            (now + HOUR, False),
            (now - timedelta(days=90), False),
            ("вчера", False),
            (False, gas.id),
        ):
            with self.assertRaises(UserError):
                mine.action_set_outage(since, rule)
        self.assertEqual(question.restore_due, question.registered_at + 24 * HOUR)
        other = self._question(self.heating)
        with self.assertRaisesRegex(UserError, "no such term"):
            self._as(self.operator, other).action_set_outage(now - HOUR)

    def test_the_operator_notes_that_the_service_is_there_again(self):
        question = self._question(self.pipe)
        self._as(self.operator, question).action_term_met("restoration")
        self.assertEqual(self._clock(question).outcome, "met")
        self.assertEqual(question.state, "sent")
        self.assertFalse(question.referral_id.restore_due)
        # the next participant of the same period is not asked for it again
        self._refuse(question)
        self.assertEqual(self._clock(question).state, "stopped")

    def test_another_topic_ends_or_changes_the_term(self):
        question = self._question(self.pipe)
        mine = self._as(self.operator, question)
        mine.action_set_outage(False, self.two.id)
        self.pipe.copy({"name": "Пробный газ", "code": "T-9", "outage_service": "gas"})
        gas = self.env["helpdesk.ticket.category"].search([("code", "=", "T-9")])
        mine.action_correct_topic(gas.id)
        self.assertEqual(question.restore_due, question.registered_at + 4 * HOUR)
        self.assertFalse(question.outage_rule_id)
        mine.action_correct_topic(self.heating.id)
        self.assertEqual(self._clock(question).outcome, "excused")
        self.assertFalse(question.restore_due)
        mine.action_correct_topic(self.pipe.id)
        self.assertEqual(question.restore_due, question.registered_at + 24 * HOUR)

    def test_a_result_sent_back_has_restored_nothing(self):
        self.pipe.outage_service = "cold_water"
        start = datetime(2026, 11, 23, 1, 0)
        with freeze_time(start):
            question = self._question(self.pipe)
            self._as_duty(question).action_accept()
        with freeze_time(start + timedelta(hours=3, minutes=50)):
            self._done(question)
            self.assertEqual(self._clock(question).outcome, "met")
        with freeze_time(start + 7 * HOUR):
            self._as(self.supervisor, question).action_rework("Воды нет")
            clocks = question.clock_ids.filtered(lambda one: one.kind == "restoration")
            self.assertEqual(len(clocks), 1)
            self.assertEqual((clocks.state, clocks.outcome), ("running", False))
            due = start + 4 * HOUR
            self.assertEqual((clocks.start, question.restore_due), (start, due))
            self.assertEqual(question.referral_id.restore_due, due)
            self.assertTrue(question.is_overdue)
            self._done(question)
        self.assertEqual(self._clock(question).outcome, "missed")

    def test_water_that_was_there_before_the_result_is_not_asked_for_since_then(self):
        question = self._question(self.pipe)
        self._as(self.operator, question).action_term_met("restoration")
        first = self._clock(question)
        with freeze_time(fields.Datetime.now() + HOUR):
            self._done(question)
        with freeze_time(fields.Datetime.now() + 2 * HOUR):
            self._as(self.supervisor, question).action_rework("Свищ не заварен")
        self.assertEqual((first.state, first.outcome), ("stopped", "met"))

    def test_a_service_not_restored_is_overdue_in_every_journal(self):
        question = self._question(self.pipe)
        self._as_duty(question).action_accept()
        since = fields.Datetime.now() - 30 * HOUR
        before = self.env["gorod24.journal"].counts(section_id=self.section.id)
        self._as(self.operator, question).action_set_outage(since)
        self.assertGreater(question.execution_due, fields.Datetime.now())
        self.assertTrue(question.is_overdue)
        self.assertTrue(question.referral_id.is_overdue)
        late = [("is_overdue", "=", True)]
        self.assertIn(question, self.env["gorod24.question"].search(late))
        self.assertIn(question.referral_id, self.env["gorod24.referral"].search(late))
        after = self.env["gorod24.journal"].counts(section_id=self.section.id)
        self.assertEqual(after["overdue"], before["overdue"] + 1)

    def test_upgrade_names_the_services_of_the_shipped_topics(self):
        path = Path(__file__).parent.parent / "migrations/19.0.3.3.0/post-outage.py"
        spec = import_module("importlib.util").spec_from_file_location("up", path)
        script = import_module("importlib.util").module_from_spec(spec)
        spec.loader.exec_module(script)
        water = self.env.ref("gorod24_classifier.topic_l_jkh_01")
        power = self.env.ref("gorod24_classifier.topic_0005_0005_0056_1153")
        water.outage_service, power.outage_service = False, "gas"
        script.migrate(self.env.cr, "19.0.3.2.0")
        self.assertEqual(water.outage_service, "cold_water")
        self.assertEqual(power.outage_service, "gas", "the customer's own word stays")


@tagged("post_install", "-at_install")
class TestTopicLimits(FlowCommon):
    """The feedback platform gives 5 to 30 days, by topic."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regime = cls.env["gorod24.regime"].create(
            {
                "code": "T-POS",
                "name": "Пробная платформа",
                "family": "platform",
                "rule_ids": [
                    Command.create(
                        {"kind": "execution", "base": "calendar_days", "amount": 30}
                    ),
                    Command.create(
                        {
                            "kind": "execution",
                            "base": "calendar_days",
                            "amount": 5,
                            "topic_ids": [Command.set(cls.heating.ids)],
                        }
                    ),
                ],
            }
        )
        (cls.heating | cls.pipe).regime_code = "T-POS"

    def _days(self, question):
        to_local = self.env["gorod24.clock"]._to_local
        due = to_local(question.execution_due).date()
        return (due - to_local(question.registered_at).date()).days

    def test_a_topic_has_its_own_days_and_a_correction_follows(self):
        question = self._question(self.heating)
        self.assertEqual(self._days(question), 5)
        shown = self.card.preview(self.heating.id, self.house.id)["due"]
        term = next(one for one in shown if one["kind"] == "execution")
        self.assertEqual(term["target"][:16], question.execution_due.isoformat()[:16])
        self._as(self.operator, question).action_correct_topic(self.pipe.id)
        self.assertEqual(self._days(question), 30)

    def test_the_whole_group_may_have_a_limit_and_a_topic_a_nearer_one(self):
        self.regime.rule_ids = [
            Command.create(
                {
                    "kind": "execution",
                    "base": "calendar_days",
                    "amount": 12,
                    "topic_ids": [Command.set(self.heating.parent_id.ids)],
                }
            )
        ]
        self.assertEqual(self._days(self._question(self.heating)), 5)
        self.assertEqual(self._days(self._question(self.pipe)), 12)

    def test_two_limits_for_one_topic_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "in force at the same time"):
            self.regime.rule_ids[1].copy({"topic_ids": [(6, 0, self.heating.ids)]})
