# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_flow import FlowCommon

NOW = datetime(2026, 11, 23, 3, 15)


@tagged("post_install", "-at_install")
class TestQuestionCorrect(FlowCommon):
    """What was saved wrongly is put right, and what was there before is kept."""

    def _work(self, question, work, user=None, **values):
        wizard = self.env["gorod24.question.work"].with_user(user or self.operator)
        wizard = wizard.with_context(
            default_question_id=question.id, default_work=work
        ).create(values)
        return wizard, wizard.action_apply()

    def _notes(self, question):
        events = question.sudo().event_ids.filtered(lambda one: one.kind == "note")
        return " ".join(events.mapped("note"))

    def test_place_is_corrected_and_the_right_participant_is_offered(self):
        question = self._question()
        self.assertEqual(question.participant_id, self.participant)
        wizard, action = self._work(
            question, "place", building_id=self.other_house.id, place_note="подъезд 2"
        )
        self.assertEqual(question.building_id, self.other_house)
        self.assertEqual(question.address_id, self.street)
        self.assertEqual(question.place_note, "подъезд 2")
        self.assertIn("10", self._notes(question))
        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual(wizard.proposed_participant_id, self.other_participant)
        wizard.action_send_proposed()
        self.assertEqual(question.participant_id, self.other_participant)

    def test_place_without_a_house(self):
        question = self._question()
        self._work(
            question,
            "place",
            building_id=False,
            address_id=self.street.id,
            place_note="опора 15",
        )
        self.assertFalse(question.building_id)
        self.assertEqual(question.address_id, self.street)
        self.assertEqual(question.district_id, self.district)
        with self.assertRaisesRegex(UserError, "Name the place"):
            question.with_user(self.operator).action_correct_place()

    def test_wrong_house_takes_flat_and_way_in_along(self):
        appeal = self._register(
            self.heating, self.heating, address_note="домофон 7, код 4"
        )
        question, other = appeal.question_ids.sorted("position")
        wizard, action = self._work(
            question, "place", building_id=self.other_house.id, flat="71"
        )
        self.assertTrue(wizard.is_home)
        self.assertEqual(wizard.address_note, "домофон 7, код 4")
        self.assertRecordValues(
            appeal,
            [
                {
                    "building_id": self.other_house.id,
                    "flat": "71",
                    "address_note": "домофон 7, код 4",
                }
            ],
        )
        self.assertIn("12", appeal.address_text)
        self.assertIn("71", appeal.address_text)
        self.assertIn("71", question.referral_id.journal_address)
        # the other question is in the same house: it is not left behind without a flat
        self.assertEqual(other.building_id, self.other_house)
        self.assertIn("71", other.referral_id.journal_address)
        self.assertIn(other.name, action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_id"], wizard.id)
        self.assertRegex(self._notes(question), "Опытная, 10.* 7,.*Опытная, 12.* 71,")
        self.assertRecordValues(
            appeal.partner_id,
            [{"building_id": self.other_house.id, "flat": "71"}],
        )

    def test_wrong_flat_is_corrected_in_the_same_house(self):
        question = self._question()
        appeal = question.appeal_id
        appeal.partner_id.address_confirmed = True
        self._work(question, "place", flat="17")
        self.assertEqual(question.building_id, self.house)
        self.assertEqual(appeal.flat, "17")
        self.assertIn("17", question.referral_id.journal_address)
        self.assertRegex(self._notes(question), " 7 →.* 17")
        self.assertEqual(appeal.partner_id.flat, "17")
        self.assertFalse(appeal.partner_id.address_confirmed)
        self._work(question, "place", flat="17")
        self.assertEqual(self._notes(question).count("17"), 1)

    def test_trouble_elsewhere_leaves_the_applicant_where_he_lives(self):
        appeal = self._register(self.heating, self.heating)
        question, other = appeal.question_ids.sorted("position")
        self._work(question, "place", building_id=self.other_house.id, is_home=False)
        self.assertEqual(question.building_id, self.other_house)
        self.assertNotIn("7", question.referral_id.journal_address)
        self.assertEqual(appeal.building_id, self.house)
        self.assertEqual(appeal.flat, "7")
        self.assertEqual(other.building_id, self.house)
        form = self.env["gorod24.question.work"].with_context(
            default_question_id=question.id, default_work="place"
        )
        self.assertFalse(form.create({}).is_home)

    def test_dialog_names_what_moves_along(self):
        appeal = self._register(self.heating, self.heating)
        question, other = appeal.question_ids.sorted("position")
        wizard = self.env["gorod24.question.work"].with_user(self.operator)
        wizard = wizard.with_context(
            default_question_id=question.id, default_work="place"
        )
        with Form(wizard) as form:
            self.assertEqual(form.flat, "7")
            self.assertTrue(form.is_home)
            self.assertFalse(form.companions)
            form.building_id = self.other_house
            self.assertEqual(form.companions, other.name)
            form.is_home = False
            self.assertFalse(form.companions)

    def test_person_who_moved_since_is_not_moved_back(self):
        question = self._question()
        person = question.appeal_id.partner_id
        person.write({"building_id": self.other_house.id, "flat": "3"})
        self._work(question, "place", flat="17")
        self.assertEqual(question.appeal_id.flat, "17")
        self.assertEqual(person.flat, "3")

    def test_crossing_lamp_post_and_point_are_read_from_the_words(self):
        other = self.env["gorod24.address"].create(
            {
                "name": "Поперечная",
                "type_name": "ул.",
                "level": "street",
                "parent_id": self.city.id,
            }
        )
        self.heating.required_place = "crossing"
        place = {"building_id": False, "address_id": self.street.id}
        point = {
            "topic_id": self.heating.id,
            "text": "Не горит светофор",
            "address_id": self.street.id,
            "place_note": "Поперечная",
        }
        question = self._register(questions=[point], **place).question_ids
        self.assertEqual(question.cross_address_id, other)
        found = self.env["gorod24.question"].search(
            [("search_street", "ilike", "Поперечная")]
        )
        self.assertIn(question, found)
        self.heating.required_place = "pole"
        question.with_user(self.operator).action_correct_place(
            address_id=self.street.id, place_note="опора 15/2, 53.348115, 83.779836"
        )
        self.assertRecordValues(
            question,
            [
                {
                    "cross_address_id": False,
                    "pole_number": "15/2",
                    "latitude": 53.348115,
                    "longitude": 83.779836,
                }
            ],
        )

    def test_emergency_mark_brings_its_terms_and_takes_them_away(self):
        with freeze_time(NOW):
            question = self._question()
            ordinary = question.execution_due
            self._work(question, "emergency", emergency=True)
            self.assertTrue(question.emergency and question.appeal_id.emergency)
            self.assertTrue(question.regime_id.is_emergency)
            self.assertLess(question.execution_due, ordinary)
            self.assertTrue(question.localise_due)
            with self.assertRaisesRegex(UserError, "reason"):
                self._work(question, "emergency", emergency=False)
            self._work(question, "emergency", emergency=False, reason="Ошибка")
        self.assertFalse(question.emergency or question.appeal_id.emergency)
        self.assertEqual(question.execution_due, ordinary)
        self.assertFalse(question.localise_due)
        self.assertIn("Ошибка", self._notes(question))

    def test_an_emergency_in_a_street_lives_by_the_norms_of_the_town(self):
        question = self._in_street(self.heating)
        self._work(question, "emergency", emergency=True)
        self.assertEqual(question.regime_id.family, "emergency_city")
        at_once = self._in_street(self.heating, emergency=True)
        self.assertEqual(question.regime_id, at_once.regime_id)
        self.assertNotIn("planned_time", self._running(question))

    def test_another_place_brings_the_norms_of_a_house_and_of_a_street(self):
        self.pipe.outage_service = self.heating.outage_service = "heating"
        for topic, values, of_street in (
            (self.pipe, {}, "emergency_house"),
            (self.heating, {"emergency": True}, "emergency_city"),
        ):
            question = self._in_street(topic, **values)
            self.assertNotIn("restoration", self._running(question))
            self._work(question, "place", building_id=self.house.id)
            self.assertEqual(question.regime_id.family, "emergency_house")
            self.assertLessEqual(
                {"restoration", "planned_time", "localisation"}, self._running(question)
            )
            self.assertEqual(question.referral_id.restore_due, question.restore_due)
            self.assertTrue(question.restore_due)
            self._work(
                question,
                "place",
                building_id=False,
                address_id=self.street.id,
                place_note="колонка",
            )
            self.assertEqual(question.regime_id.family, of_street)
            self.assertNotIn("restoration", self._running(question))
            self.assertFalse(question.restore_due or question.referral_id.restore_due)

    def test_another_place_leaves_an_ordinary_question_its_regime(self):
        question = self._in_street(self.heating)
        regime, due = question.regime_id, question.execution_due
        self._work(question, "place", building_id=self.house.id)
        self.assertEqual((question.regime_id, question.execution_due), (regime, due))

    def _in_street(self, topic, **values):
        point = {
            "topic_id": topic.id,
            "text": "Нет тепла",
            "address_id": self.street.id,
            **values,
        }
        place = {"building_id": False, "address_id": self.street.id}
        return self._register(questions=[point], **place).question_ids

    def _running(self, question):
        clocks = question.sudo().clock_ids.filtered(lambda one: one.state != "stopped")
        return set(clocks.mapped("kind"))

    def test_a_missed_emergency_is_unmarked_by_a_supervisor_only(self):
        with freeze_time(NOW):
            question = self._question()
            self._work(question, "emergency", emergency=True)
        with freeze_time(NOW + timedelta(days=20)):
            question.invalidate_recordset()
            with self.assertRaises(AccessError):
                self._work(question, "emergency", emergency=False, reason="Нет")
            self.assertTrue(question.emergency)
            self._work(
                question,
                "emergency",
                self.supervisor,
                emergency=False,
                reason="Не авария",
            )
        self.assertFalse(question.emergency)

    def test_topic_that_is_an_emergency_keeps_the_mark(self):
        question = self._question(self.pipe)
        with self.assertRaisesRegex(UserError, "correct the topic"):
            self._work(question, "emergency", emergency=False, reason="Нет")

    def test_price_and_visit_are_corrected(self):
        with freeze_time(NOW):
            question = self._question()
            visit = NOW + timedelta(days=1)
            self._work(
                question, "paid", paid=True, price_agreed=1500, visit_agreed_at=visit
            )
            self.assertRecordValues(
                question,
                [{"paid": True, "price_agreed": 1500, "visit_agreed_at": visit}],
            )
            self.assertTrue(question.appeal_id.paid)
            self.assertIn("1500.00", self._notes(question))
            with self.assertRaisesRegex(UserError, "a day to come"):
                self._work(
                    question, "paid", paid=True, visit_agreed_at=NOW - timedelta(days=2)
                )
            self._work(question, "paid", paid=False)
        self.assertFalse(question.paid or question.price_agreed)
        self.assertFalse(question.appeal_id.paid)

    def test_closed_question_and_a_manager_correct_nothing(self):
        question = self._question(self.reference)
        self.assertEqual(question.state, "closed")
        theirs = question.with_user(self.operator)
        for work in (
            lambda: theirs.action_correct_place(place_note="Двор"),
            lambda: theirs.action_correct_emergency(True),
            lambda: theirs.action_correct_paid(True, 5),
        ):
            with self.assertRaisesRegex(UserError, "not corrected any more"):
                work()
        with self.assertRaises(AccessError):
            self._question().with_user(self.manager).action_correct_paid(True, 5)
