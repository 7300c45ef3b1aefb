# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import TEXT, NoticeCommon


@tagged("post_install", "-at_install")
class TestCardNotice(NoticeCommon, HttpCase):
    """The operator reads the notice before the citizen has finished speaking."""

    def _card(self):
        return self.card.with_context(lang="en_US")

    def test_card_comes_with_the_notices_of_the_callers_house(self):
        partner = self._register().partner_id
        partner.building_id = self.house
        notice = self._notice()
        card = self._card().load(number="83852123456")
        self.assertEqual(card["notices_of"], self.house.id)
        (told,) = card["notices"]
        self.assertEqual((told["id"], told["text"]), (notice.id, TEXT))
        self.assertEqual(
            (told["phase"], told["source"]), ("now", self.participant.name)
        )
        self.assertIn("expected to be put right by", told["end_words"])

    def test_family_in_two_houses_is_not_told_of_either(self):
        partner = self._register().partner_id
        partner.building_id = self.house
        other = partner.copy({"name": "Другой", "building_id": self.other_house.id})
        self.env["gorod24.phone"].create(
            {"e164": "+73852123456", "partner_id": other.id}
        )
        self._notice()
        card = self._card().load(number="83852123456")
        self.assertEqual((card["notices"], card["notices_of"]), ([], False))

    def test_overdue_notice_says_that_a_term_is_being_found_out(self):
        notice = self._notice()
        notice.sudo().expected_at = self._hours(-1)
        (told,) = self._card().notices_at(self.house.id)
        self.assertEqual(told["phase"], "overdue")
        self.assertIn("has passed", told["end_words"])

    def test_term_is_said_by_its_day(self):
        Notice = self.env["gorod24.notice"].with_context(lang="en_US")
        noon = self.now.replace(hour=5, minute=0, second=0)
        day = self.now - noon
        for hours, words in ((3, "by 15:00."), (27, "15:00 tomorrow")):
            due = noon.replace(hour=8) if hours == 3 else None
            due = due or self._hours(24) - day + (noon.replace(hour=8) - noon)
            end = Notice._get_end_words("emergency", noon, due, noon)
            self.assertIn(words, end)

    def test_information_whose_day_has_passed_is_not_overdue(self):
        notice = self._notice(type="information", text="Прививки бесплатно.")
        notice.sudo().expected_at = self._hours(-1)
        (told,) = self._card().notices_at(self.house.id)
        self.assertEqual((told["phase"], told["end_words"]), ("now", ""))
        self.assertEqual(
            self._join(notice, waits=False).result_text, "Прививки бесплатно."
        )

    def test_only_operators_ask(self):
        with self.assertRaises(AccessError):
            self._card().with_user(self.manager).notices_at(self.house.id)

    def test_notice_is_told_by_two_keys(self):
        partner = self._register().partner_id
        partner.building_id = self.house
        notice = self._notice()
        self.start_tour(
            "/odoo/card", "gorod24_notice_told", login="test_operator", timeout=180
        )
        question = notice.sudo().question_ids
        self.assertEqual(
            (question.state, question.outcome), ("closed", "joined_notice")
        )
        self.assertFalse(question.notice_waits)

    def test_notice_of_the_named_place_is_joined(self):
        notice = self._notice(self._house_line(self.other_house))
        self.start_tour(
            "/odoo/card", "gorod24_notice_wait", login="test_operator", timeout=180
        )
        question = notice.sudo().question_ids
        self.assertTrue(question.notice_waits)
        self.assertEqual(question.building_id, self.other_house)
        self.assertEqual(question.text, "Вода холодная")

    def test_place_changed_after_the_notice_was_read_takes_the_question_off_it(self):
        partner = self._register().partner_id
        partner.building_id = self.house
        notice = self._notice()
        self.start_tour("/odoo/card", "gorod24_notice_elsewhere", login="test_operator")
        self.assertFalse(notice.sudo().question_ids)
        question = self.env["gorod24.question"].search([], order="id desc", limit=1)
        self.assertEqual(question.building_id, self.other_house)
        self.assertEqual(question.state, "sent")
