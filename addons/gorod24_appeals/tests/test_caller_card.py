# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestCallerCard(AppealsCommon):
    def test_unknown_number_opens_an_empty_card_with_the_number(self):
        card = self.card.load("83852999999")
        self.assertEqual(card["number"], "+73852999999")
        self.assertEqual(card["persons"], [])
        self.assertEqual(card["open_questions"], [])

    def test_known_number_brings_person_address_history_and_open_questions(self):
        appeal = self._register()
        for spelling in ("+73852123456", "123456", "983852123456"):
            card = self.card.load(spelling)
            self.assertEqual(card["persons"][0]["id"], appeal.partner_id.id)
            self.assertIn("Опытная", card["persons"][0]["address"])
            self.assertEqual(card["history"][0]["id"], appeal.id)
            self.assertEqual(
                card["open_questions"][0]["participant"], self.participant.name
            )

    def _call_again(self, person, **values):
        """A known person calls about an accident, which is saved without a place."""
        card = {
            "partner_id": person.id,
            "person_name": False,
            "address_note": "",
            "address_confirmed": False,
        }
        self._register(self.pipe, **card | values)

    def test_who_moved_keeps_nothing_of_the_former_house(self):
        person = self._register(
            address_note="домофон 7", address_confirmed=True
        ).partner_id
        person.write({"street": "ул. Опытная, 10, кв. 7", "zip": "656000"})
        self._call_again(person, building_id=self.other_house.id, flat="")
        self.assertRecordValues(
            person,
            [
                {
                    "building_id": self.other_house.id,
                    "flat": False,
                    "address_note": False,
                    "address_confirmed": False,
                }
            ],
        )
        self.assertIn("12", person.street)
        self.assertNotIn("кв", person.street)

    def test_who_moved_to_a_street_without_houses_or_into_words(self):
        for place in (
            {"address_id": self.street.id, "flat": ""},
            {"flat": "", "address_note": "вагончик у въезда"},
        ):
            person = self._register(number="83852123457").partner_id
            self._call_again(person, building_id=False, **place)
            self.assertFalse(person.building_id)
            self.assertFalse(person.flat)
            self.assertEqual(person.address_note or "", place.get("address_note", ""))

    def test_a_card_without_a_place_teaches_nothing_of_the_address(self):
        person = self._register(
            address_note="домофон 7", address_confirmed=True
        ).partner_id
        for note in ("", "домофон 7"):
            self._call_again(person, building_id=False, flat="", address_note=note)
            self.assertEqual((person.building_id, person.flat), (self.house, "7"))
            self.assertEqual(person.address_note, "домофон 7")
            self.assertTrue(person.address_confirmed)

    def test_what_was_erased_on_the_card_is_erased_of_the_person(self):
        person = self._register(
            address_note="домофон 7", address_confirmed=True
        ).partner_id
        self._call_again(person, flat="")
        self.assertEqual(person.building_id, self.house)
        self.assertFalse(person.flat or person.address_note or person.address_confirmed)

    def test_family_on_one_number_is_a_choice(self):
        self._register()
        self._register(person_name="Иванов Пётр Ильич")
        self.assertEqual(len(self.card.load("123456")["persons"]), 2)

    def test_result_waiting_for_the_citizen_is_on_the_card(self):
        question = self._register().question_ids
        self._as_duty(question).action_done("Продули стояк", "fixed")
        card = self.card.load("123456")
        self.assertEqual(card["to_inform"][0]["result"], "Продули стояк")

    def test_preview_names_participant_reason_and_terms(self):
        preview = self.card.preview(self.heating.id, building_id=self.house.id)
        self.assertEqual(preview["participant"]["id"], self.participant.id)
        self.assertTrue(preview["reason"])
        self.assertEqual(
            [term["kind"] for term in preview["due"]], ["acceptance", "execution"]
        )
        self.assertTrue(all(term["explanation"] for term in preview["due"]))

    def test_preview_is_what_is_saved(self):
        preview = self.card.preview(self.heating.id, building_id=self.house.id)
        question = self._register().question_ids
        self.assertEqual(
            preview["due"][1]["target"][:10], str(question.execution_due)[:10]
        )

    def test_missing_parts_are_named_and_nothing_is_saved(self):
        before = self.env["helpdesk.ticket"].search_count([])
        bad_cards = (
            {"questions": []},
            {"questions": [{"text": "без темы"}]},
            {
                "building_id": False,
                "questions": [{"topic_id": self.heating.id, "text": "где?"}],
            },
            {"questions": [{"topic_id": 2**30, "text": "нет такой темы"}]},
            {"questions": [{"topic_id": self.heating.id, "text": "я" * 10001}]},
        )
        for values in bad_cards:
            with self.assertRaises(UserError):
                self._register(**values)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_what_was_deleted_meanwhile_is_to_be_chosen_again(self):
        house = self.house.copy({"house": "99"})
        gone = house.id
        house.unlink()
        with self.assertRaisesRegex(UserError, f"{gone} does not exist any more"):
            self._register(building_id=gone)

    def test_saving_a_card_twice_makes_one_appeal(self):
        first = self._register(uid="card-1")
        self.assertEqual(self._register(uid="card-1"), first)
        self.assertNotEqual(self._register(uid="card-2"), first)

    def test_receiver_must_be_a_participant_and_own_the_section(self):
        citizen = self._register().partner_id
        for receiver in (
            {"participant_id": citizen.id},
            {
                "participant_id": self.other_participant.id,
                "section_id": self.section.id,
            },
            {"participant_id": 2**30},
        ):
            point = {"topic_id": self.heating.id, "text": "нет тепла", **receiver}
            with self.assertRaises(UserError):
                self._register(questions=[point])

    def test_nonsense_is_refused_in_words(self):
        for questions in ([1], [{"topic_id": "а"}], [{"topic_id": 1, "text": 5}], {}):
            with self.assertRaises(UserError):
                self._register(questions=questions)

    def test_operator_may_choose_another_participant(self):
        appeal = self._register(
            questions=[
                {
                    "topic_id": self.heating.id,
                    "text": "нет тепла",
                    "participant_id": self.other_participant.id,
                }
            ]
        )
        self.assertEqual(appeal.question_ids.participant_id, self.other_participant)

    def test_card_is_closed_to_others(self):
        for user in (self.manager, self.duty):
            card = self.env["gorod24.caller.card"].with_user(user)
            with self.assertRaises(AccessError):
                card.load("123456")

    def test_look_up_is_a_handful_of_queries(self):
        for _turn in range(3):
            self._register()
        self.env.invalidate_all()
        self.card.load("123456")
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            self.card.load("123456")
