# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from pathlib import Path
from runpy import run_path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_flow import FlowCommon

# 23.11.2026 10:15 in Barnaul
NOW = datetime(2026, 11, 23, 3, 15)


@tagged("post_install", "-at_install")
class TestLocalised(FlowCommon):
    """Emergency works in two steps: localised, then eliminated."""

    def _pipe(self):
        with freeze_time(NOW):
            return self._as(self.operator, self._question(self.pipe))

    def _clock(self, question, kind="localisation"):
        clocks = question.sudo().clock_ids
        return clocks.filtered(lambda one: one.kind == kind).sorted("id")

    def test_the_participant_tells_and_the_work_goes_on(self):
        question = self._pipe()
        self.assertEqual(question.localise_due, NOW + timedelta(minutes=30))
        referral = question.sudo().referral_id
        with freeze_time(NOW + timedelta(minutes=50)):
            self._as_duty(question).action_localised(
                " Перекрыли стояк ", NOW + timedelta(minutes=20)
            )
        clock = self._clock(question)
        self.assertEqual((clock.state, clock.outcome), ("stopped", "met"))
        self.assertEqual(clock.stop, NOW + timedelta(minutes=20))
        self.assertFalse(question.localise_due)
        self.assertEqual(question.localised_at, NOW + timedelta(minutes=20))
        self.assertEqual(question.state, "accepted")
        self.assertEqual(self._clock(question, "execution").state, "running")
        self.assertEqual(referral.localised_by_id, self.operator)
        self.assertEqual(referral.localised_note, "Перекрыли стояк")
        self.assertIn("Перекрыли стояк", referral.journal_note)
        self.assertIn("23.11 10:35", referral.journal_note)
        event = question.sudo().event_ids.filtered(lambda one: one.kind == "localised")
        self.assertEqual(event.author_id, self.operator)
        self.assertEqual(event.at, NOW + timedelta(minutes=50))
        self.assertIn("10:35 · Перекрыли стояк", event.note)

    def test_late_localisation_is_seen_as_late(self):
        question = self._pipe()
        with freeze_time(NOW + timedelta(hours=2)):
            question.action_localised("Оградили")
        self.assertEqual(self._clock(question).outcome, "missed")

    def test_what_is_not_localised_in_time_is_overdue_everywhere(self):
        question = self._pipe()
        mine = question.sudo()
        with freeze_time(NOW + timedelta(minutes=5)):
            co = question.action_add_co(self.third.id, self.third_section.id).sudo()
            self._as_duty(question).action_accept()
        self.assertEqual(mine.referral_id.localise_due, question.localise_due)
        self.assertFalse(co.localise_due)
        section = mine.section_id
        for minutes, late in ((29, False), (31, True)):
            with freeze_time(NOW + timedelta(minutes=minutes)):
                self._assert_late(mine, late)
                figures = self.env["gorod24.journal"].counts(section_id=section.id)
                theirs = [("section_id", "=", section.id), ("is_overdue", "=", True)]
                self.assertEqual(
                    figures["overdue"],
                    self.env["gorod24.referral"].search_count(theirs),
                )
                self.assertEqual(bool(figures["overdue"]), late)
        with freeze_time(NOW + timedelta(minutes=40)):
            question.action_localised("Перекрыли стояк")
            self._assert_late(mine, False)
            self.assertFalse(mine.referral_id.localise_due)

    def test_one_nobody_accepts_is_late_with_its_localisation_too(self):
        question = self._pipe().sudo()
        question.referral_id.accept_due = question.accept_due = False
        with freeze_time(NOW + timedelta(minutes=31)):
            self._assert_late(question, True)
            figures = self.env["gorod24.journal"].counts(section_id=self.section.id)
            self.assertEqual(figures["overdue"], 1)

    def _assert_late(self, question, late):
        late_ones = [("is_overdue", "=", True)]
        for record in (question, question.referral_id, question.appeal_id):
            record.invalidate_recordset()
            self.assertEqual(record.is_overdue, late, record)
            found = record.search([("id", "=", record.id), *late_ones])
            self.assertEqual(bool(found), late, record)

    def test_the_upgrade_brings_the_term_to_those_who_localise_now(self):
        path = Path(__file__).parent.parent / "migrations/19.0.3.4.0/post-localise.py"
        question = self._pipe().sudo()
        referral = question.referral_id
        referral.localise_due = False
        self.env.flush_all()
        run_path(path)["migrate"](self.env.cr, "19.0.3.3.0")
        referral.invalidate_recordset()
        self.assertEqual(referral.localise_due, question.localise_due)

    def test_the_operator_notes_it_by_the_words_of_the_crew(self):
        question = self._pipe()
        with freeze_time(NOW + timedelta(minutes=10)):
            dialog = self.env["gorod24.term.change"].with_user(self.operator)
            dialog.create(
                {
                    "clock_id": self._clock(question).id,
                    "action": "localised",
                    "reason": "Бригада перекрыла воду",
                    "localised_at": NOW + timedelta(minutes=5),
                }
            ).action_apply()
        referral = question.sudo().referral_id
        self.assertEqual(referral.localised_by_id, self.operator)
        self.assertEqual(question.localised_at, NOW + timedelta(minutes=5))
        timeline = self.env["gorod24.timeline"].with_user(self.supervisor)
        lines = timeline.page("gorod24.question", question.id)["entries"]
        told = [line for line in lines if "Бригада перекрыла воду" in line["text"]]
        self.assertEqual(len(told), 1)

    def test_what_is_refused_says_why(self):
        question = self._pipe()
        act = question.action_localised
        with freeze_time(NOW + timedelta(minutes=10)):
            for words, moment, message in (
                ("  ", False, "Write the reason"),
                ("Перекрыли", NOW - timedelta(minutes=2), "registered later"),
                ("Перекрыли", NOW + timedelta(hours=1), "not come yet"),
                ("Перекрыли", "вчера", "Write when"),
                ("ы" * 251, False, "too long"),
            ):
                with self.subTest(message), self.assertRaisesRegex(UserError, message):
                    act(words, moment)
            act("Перекрыли")
            with self.assertRaisesRegex(UserError, "localised already"):
                act("Ещё раз")
        plain = self._as(self.operator, self._question(self.heating))
        with self.assertRaisesRegex(UserError, "no such term"):
            plain.action_localised("Перекрыли")
        stranger = new_test_user(self.env, "loc_stranger", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self._as(stranger, question.sudo().referral_id).action_localised("Я")

    def test_a_coexecutor_does_not_speak_for_the_responsible_one(self):
        question = self._pipe()
        co = question.action_add_co(self.third.id, self.third_section.id)
        with self.assertRaisesRegex(UserError, "responsible participant"):
            self._as(self.operator, co).action_localised("Перекрыли")

    def test_the_next_participant_is_not_asked_to_localise_again(self):
        question = self._pipe()
        with freeze_time(NOW + timedelta(minutes=10)):
            question.action_localised("Перекрыли")
        with freeze_time(NOW + timedelta(minutes=90)):
            self._as(self.operator, question.referral_id).action_refuse("Не наше")
            question.invalidate_recordset()
            if question.state == "registered":
                question.action_send(self.third.id, self.third_section.id)
        self.assertEqual(len(self._clock(question)), 1)
        self.assertTrue(question.localised_at)
        self.assertFalse(question.sudo().referral_id.localised_at)

    def test_a_new_control_period_is_localised_anew(self):
        question = self._pipe()
        with freeze_time(NOW + timedelta(minutes=10)):
            question.action_localised("Перекрыли")
            self._done(question)
        with freeze_time(NOW + timedelta(hours=3)):
            supervised = self._as(self.supervisor, question)
            supervised.action_rework("Снова течёт")
        self.assertFalse(question.localised_at)
        self.assertEqual(self._clock(question)[-1].start, NOW + timedelta(hours=3))
        self.assertEqual(question.localise_due, NOW + timedelta(hours=3, minutes=30))
