# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import AppealsCommon

EXTRA = [
    {"name": "pole", "string": "Номер опоры", "type": "char"},
    {"name": "lamps", "string": "Сколько не горит", "type": "integer"},
    {"name": "since", "string": "С какого дня", "type": "date"},
    {"name": "wires", "string": "Висят провода", "type": "boolean"},
    {
        "name": "where",
        "string": "Где",
        "type": "selection",
        "selection": [["yard", "Двор"], ["road", "Дорога"]],
    },
]


class DetailsCommon(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        cls.heating.extra_definition = EXTRA
        cls.answer = cls._make_answer()
        cls.service = cls.env["gorod24.navigator"].create(
            {
                "name": "Пробная служба субсидий",
                "organisation": "Пробный центр",
                "phones": "+7 3852 55-55-55",
                "hours_text": "круглосуточно",
                "closed_on_holidays": False,
                "topic_ids": cls.reference.ids,
            }
        )

    @classmethod
    def _make_answer(cls, **values):
        answer = cls.env["gorod24.answer"].create(
            {
                "name": "Когда дадут тепло",
                "text": "Тепло дадут к вечеру.",
                "owner_id": cls.participant.id,
                "topic_ids": cls.heating.ids,
                **values,
            }
        )
        answer.action_submit()
        answer.action_approve()
        return answer

    def _ask(self, topic=None, **values):
        point = {"topic_id": (topic or self.heating).id, "text": "слова гражданина"}
        return self._register(questions=[point | values]).question_ids


@tagged("post_install", "-at_install")
class TestCardTold(DetailsCommon):
    def test_standard_answer_settles_the_question_and_is_counted(self):
        question = self._ask(answer_id=self.answer.id, helped="yes")
        self.assertRecordValues(
            question,
            [
                {
                    "state": "closed",
                    "outcome": "answered_in_call",
                    "answer_id": self.answer.id,
                    "result_text": "Тепло дадут к вечеру.",
                    "helped": "yes",
                }
            ],
        )
        self.assertEqual((self.answer.use_count, self.answer.helped_count), (1, 1))

    def test_text_changed_by_the_operator_is_what_was_told(self):
        question = self._ask(answer_id=self.answer.id, answer_text="К шести часам.")
        self.assertEqual(question.result_text, "К шести часам.")
        self.assertEqual(question.answer_id, self.answer)
        self.assertFalse(question.helped)

    def test_answer_that_did_not_help_goes_on_to_the_participant(self):
        question = self._ask(answer_id=self.answer.id, helped="no")
        self.assertEqual(question.state, "sent")
        self.assertEqual((question.answer_id, question.helped), (self.answer, "no"))
        self.assertEqual(self.answer.not_helped_count, 1)

    def _route_reference(self):
        self.env["gorod24.competence"].create(
            {"topic_id": self.reference.id, "participant_id": self.participant.id}
        )

    def test_reference_topic_sent_to_a_participant_is_sent_as_promised(self):
        self._route_reference()
        promised = self.card.preview(self.reference.id, self.house.id)
        question = self._ask(self.reference, send=True)
        self.assertEqual(question.state, "sent")
        self.assertFalse(question.outcome)
        self.assertEqual(question.referral_id.participant_id, self.participant)
        self.assertEqual(promised["participant"]["id"], self.participant.id)
        self.assertEqual(
            {line["kind"] for line in promised["due"]},
            set(question.clock_ids.mapped("kind")),
        )
        self.assertTrue(question.execution_due)

    def test_reference_topic_nobody_answers_for_waits_for_the_supervisor(self):
        self.env["gorod24.competence"].search([]).active = False
        question = self._ask(self.reference, send=True)
        self.assertEqual((question.state, question.outcome), ("registered", False))
        self.assertTrue(question.execution_due)

    def test_what_did_not_help_is_never_closed_as_answered(self):
        for told in (
            {"answer_id": self.answer.id},
            {"navigator_id": self.service.id},
            {"answer_id": self.answer.id, "answer_text": "К шести часам."},
        ):
            with self.subTest(told=told):
                question = self._ask(self.reference, helped="no", **told)
                self.assertNotEqual(question.state, "closed")
                self.assertFalse(question.outcome)

    def test_answer_not_valid_today_is_refused(self):
        late = self._make_answer(valid_to="2026-12-01")
        draft = self.env["gorod24.answer"].create(
            {"name": "x", "text": "y", "owner_id": self.participant.id}
        )
        with freeze_time("2026-12-01 16:59:00"):
            self._ask(answer_id=late.id)
        with freeze_time("2026-12-01 17:00:00"):
            for answer_id in (late.id, draft.id, 2**30):
                with self.subTest(answer=answer_id), self.assertRaises(UserError):
                    self._ask(answer_id=answer_id)

    def test_service_told_is_recorded_as_navigated(self):
        question = self._ask(self.reference, navigator_id=self.service.id)
        self.assertRecordValues(
            question,
            [
                {
                    "state": "closed",
                    "outcome": "navigated",
                    "navigator_id": self.service.id,
                }
            ],
        )
        self.assertIn("55-55-55", question.result_text)
        self.assertEqual(self.service.use_count, 1)

    def test_advice_comes_by_topic_and_by_words(self):
        advice = self.card.advise("нет тепла", self.heating.id, self.house.id)
        self.assertEqual(
            [item["answer_id"] for item in advice["answers"]], [self.answer.id]
        )
        advice = self.card.advise("субсидия")
        [service] = advice["services"]
        self.assertEqual(service["navigator_id"], self.service.id)
        self.assertTrue(service["open_now"])
        self.assertIn("Пробный центр", service["told"])

    def test_public_holidays_close_services(self):
        self.service.closed_on_holidays = True
        with freeze_time("2026-06-12 05:00:00"):
            self.assertFalse(self.service.open_now)
        self.service.invalidate_recordset()
        with freeze_time("2026-06-11 05:00:00"):
            self.assertTrue(self.service.open_now)


@tagged("post_install", "-at_install")
class TestCardExtra(DetailsCommon):
    def test_extra_answers_are_typed_and_shown(self):
        given = {
            "pole": " 15-Б ",
            "lamps": "3",
            "since": "2026-11-20",
            "wires": "no",
            "where": "yard",
        }
        question = self._ask(extra=given)
        self.assertEqual(question.extra["lamps"], 3)
        self.env.flush_all()
        self.env.invalidate_all()
        lines = question.with_context(lang="en_US")._get_extra_lines()
        self.assertEqual(
            lines,
            [
                ("Номер опоры", "15-Б"),
                ("Сколько не горит", "3"),
                ("С какого дня", format_date(self.env, "2026-11-20", "en_US")),
                ("Висят провода", "no"),
                ("Где", "Двор"),
            ],
        )

    def test_what_was_not_answered_is_not_shown(self):
        question = self._ask(extra={"pole": "  ", "lamps": 0, "wires": None})
        self.assertEqual(question._get_extra_lines(), [("Сколько не горит", "0")])
        self.assertEqual(question.extra_said, "Сколько не горит: 0")
        silent = self._ask()
        self.assertFalse(silent._get_extra_lines())
        self.assertFalse(silent.extra_said)

    def test_wrong_extra_answers_are_named(self):
        for extra, label in (
            ({"lamps": "много"}, "Сколько не горит"),
            ({"since": "20.11.2026"}, "С какого дня"),
            ({"where": "roof"}, "Где"),
            ({"wires": "возможно"}, "Висят провода"),
            ({"pole": 5}, "Номер опоры"),
        ):
            with self.assertRaisesRegex(UserError, label):
                self._ask(extra=extra)
        for extra in ({"gone": 1}, [1], "x"):
            with self.subTest(extra=extra), self.assertRaises(UserError):
                self._ask(extra=extra)

    def test_preview_tells_what_the_topic_asks(self):
        self.heating.write({"required_place": "flat", "required_proof": "фото"})
        preview = self.card.preview(self.heating.id, self.house.id)
        self.assertEqual(preview["required_place"], "flat")
        self.assertEqual(preview["required_proof"], "фото")
        asked = [(item["name"], item["type"]) for item in preview["extra_questions"]]
        self.assertEqual(asked[:2], [("pole", "char"), ("lamps", "integer")])
        self.assertEqual(
            preview["extra_questions"][4]["options"], EXTRA[4]["selection"]
        )


@tagged("post_install", "-at_install")
class TestCardPlace(DetailsCommon):
    def _place(self, kind, topic=None, **values):
        topic = topic or self.heating
        topic.required_place = kind
        point = {"topic_id": topic.id, "text": "x", **values.pop("point", {})}
        vals = {"building_id": False, "flat": ""}
        return self._register(questions=[point], **(vals | values)).question_ids

    def test_a_topic_of_houses_needs_a_house(self):
        street = {"address_id": self.street.id}
        with self.assertRaisesRegex(UserError, "house"):
            self._place("house", **street)
        self._place("house", building_id=self.house.id)
        self._place("house", point={"building_id": self.house.id})
        # A new house stands in no directory yet.
        self._place("house", point=dict(street, place_note="дом 77"))

    def test_a_topic_of_flats_needs_the_flat_too(self):
        house = {"building_id": self.house.id}
        with self.assertRaisesRegex(UserError, "flat"):
            self._place("flat", **house)
        self._place("flat", flat="7", **house)
        elsewhere = {"building_id": self.other_house.id}
        with self.assertRaisesRegex(UserError, "flat"):
            self._place("flat", flat="7", point=elsewhere, **house)
        self._place("flat", point=dict(elsewhere, place_note="кв. 5"), **house)

    def test_posts_stops_and_crossings_are_told_in_words(self):
        for kind in ("pole", "stop", "crossing"):
            with self.subTest(kind=kind), self.assertRaises(UserError):
                self._place(kind, building_id=self.house.id)
            note = {"place_note": "опора 15 / Новый рынок"}
            self._place(kind, building_id=self.house.id, point=note)
        # The topic asks for the post itself: nobody says it twice.
        told = {"extra": {"pole": "15-Б"}}
        self._place("pole", building_id=self.house.id, point=told)

    def test_some_topics_need_no_place(self):
        self.assertEqual(self._place("none").state, "registered")
        for kind in ("any", "street", "point"):
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "place"):
                self._place(kind)

    def test_an_emergency_is_always_saved(self):
        question = self._place("flat", self.pipe)
        self.assertTrue(question.emergency)
        question = self._place("house", point={"emergency": True})
        self.assertTrue(question.emergency)


@tagged("post_install", "-at_install")
class TestComplaint(DetailsCommon):
    def test_the_one_complained_about_is_kept_and_never_chosen_by_hand(self):
        question = self._ask(complained_id=self.other_participant.id)
        self.assertEqual(question.complained_id, self.other_participant)
        both = {"complained_id": self.participant.id}
        with self.assertRaisesRegex(UserError, self.participant.name):
            self._ask(participant_id=self.participant.id, **both)
        branch = self.env["res.partner"].create(
            {
                "name": "Пробный филиал",
                "is_company": True,
                "is_participant": True,
                "parent_id": self.participant.id,
            }
        )
        with self.assertRaisesRegex(UserError, branch.name):
            self._ask(participant_id=branch.id, **both)

    def test_another_is_found_for_a_complaint_about_the_responsible_one(self):
        self.env["gorod24.competence"].create(
            {
                "address_id": self.city.id,
                "topic_id": self.heating.id,
                "participant_id": self.other_participant.id,
            }
        )
        about = {"complained_id": self.other_participant.id}
        preview = self.card.preview(self.heating.id, self.house.id, **about)
        self.assertEqual(preview["participant"]["id"], self.participant.id)
        self.assertTrue(preview["conflict"])
        self.assertEqual(self._ask(**about).participant_id, self.participant)
        self.assertEqual(self._ask().participant_id, self.other_participant)

    def test_a_returned_complaint_is_not_sent_there_later(self):
        question = self._ask(complained_id=self.other_participant.id)
        self._as_duty(question).action_refuse("Не наше")
        with self.assertRaisesRegex(UserError, self.other_participant.name):
            question.with_user(self.operator).action_send(self.other_participant.id)

    def test_only_a_participant_is_complained_about(self):
        citizen = self._register().partner_id
        for partner_id in (citizen.id, 2**30, "1"):
            with self.subTest(partner=partner_id), self.assertRaises(UserError):
                self._ask(complained_id=partner_id)

    def test_participants_are_found_by_a_part_of_the_name(self):
        found = self.card.find_participants("водокан")
        self.assertIn(self.other_participant.id, [item["id"] for item in found])
        self.assertNotIn("phone", found[0])


@tagged("post_install", "-at_install")
class TestTopicUses(DetailsCommon):
    def test_choices_of_operators_are_handed_to_the_search(self):
        question = self._ask(text="дует из всех щелей")
        since = question.registered_at
        Habit = self.env["gorod24.topic.habit"]
        choices = Habit._get_recent_choices(since)
        self.assertIn(("дует из всех щелей", self.heating.id), choices)
        with freeze_time("2099-01-01"):
            later = question.registered_at.replace(year=2099)
            self.assertFalse(Habit._get_recent_choices(later))

    def test_saving_stays_quick(self):
        point = {"topic_id": self.heating.id, "text": "x"}
        card = {"number": "83852123456", "building_id": self.house.id, "flat": "7"}
        partner = self._register().partner_id
        values = dict(card, partner_id=partner.id, questions=[point])
        self.card.register(values)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.card.register(values)
        self.env.flush_all()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 60)
