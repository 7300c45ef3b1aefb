# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestCardAuthor(AppealsCommon):
    """Who applies, for whom, by what way, and what was agreed on pay."""

    def _refused(self, words, **values):
        before = self.env["helpdesk.ticket"].search_count([])
        with self.assertRaisesRegex(UserError, words):
            self._register(**values)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_collective_appeal_names_the_number_of_people(self):
        for people in (None, 0, 1, -5, 10**9):
            self._refused(
                "how many people", author_type="collective", people_count=people
            )
        appeal = self._register(author_type="collective", people_count=12)
        self.assertEqual((appeal.author_type, appeal.people_count), ("collective", 12))

    def test_organisation_is_named_and_keeps_its_contact_person(self):
        self._refused("organisation's name", author_type="organisation")
        appeal = self._register(
            author_type="organisation", organisation_name="  ТСЖ «Опытное» "
        )
        self.assertEqual(appeal.organisation_name, "ТСЖ «Опытное»")
        self.assertEqual(appeal.partner_id.name, "Иванова Анна Петровна")
        firm = self.env["res.partner"].create({"name": "Школа 1", "is_company": True})
        appeal = self._register(author_type="organisation", organisation_id=firm.id)
        self.assertEqual(appeal.organisation_id, firm)
        self.assertEqual(appeal.organisation_name, "Школа 1")

    def test_on_behalf_of_another_names_whom(self):
        self._refused("speaks for", on_behalf=True)
        appeal = self._register(
            on_behalf=True,
            represented_name="Сидорова Мария",
            represented_relation="дочь",
        )
        self.assertEqual(appeal.represented_name, "Сидорова Мария")
        self.assertNotEqual(appeal.partner_id.name, appeal.represented_name)
        self.assertFalse(appeal.represented_id)

    def test_represented_person_is_picked_among_the_known_ones(self):
        mother = self._register(
            person_name="Ёлкина Варвара Опытовна", number="83852121212", flat="3"
        ).partner_id
        firm = self.env["res.partner"].create(
            {"name": "Ёлкина база", "is_company": True}
        )
        gone = self.env["res.partner"].create({"name": "Ёлкина А", "active": False})
        for text in ("елкина вар", "Варвара Ёлкина", "8 3852 12-12-12", "21212"):
            found = {item["id"]: item for item in self.card.find_persons(text)}
            self.assertIn(mother.id, found, text)
            self.assertFalse(found.keys() & {firm.id, gone.id}, text)
        item = found[mother.id]
        self.assertEqual(item["name"], "Ёлкина Варвара Опытовна")
        self.assertIn("Опытная, 10", item["hint"])
        for nothing in ("", " ", None, "%", "Никтоева"):
            self.assertEqual(self.card.find_persons(nothing), [])
        appeal = self._register(on_behalf=True, represented_id=mother.id)
        self.assertEqual(appeal.represented_id, mother)
        self.assertEqual(appeal.represented_name, mother.name)
        with self.assertRaises(AccessError):
            self.env["gorod24.caller.card"].with_user(self.duty).find_persons("Ёлкина")

    def test_of_two_questions_one_is_paid(self):
        points = [
            {"topic_id": self.heating.id, "text": "Счётчик", "price_agreed": "500"},
            {
                "topic_id": self.pipe.id,
                "text": "Течь",
                "paid": False,
                "price_agreed": "700",
            },
        ]
        appeal = self._register(paid=True, questions=points)
        self.assertTrue(appeal.paid)
        self.assertRecordValues(
            appeal.question_ids.sorted("position"),
            [
                {"paid": True, "price_agreed": 500},
                {"paid": False, "price_agreed": 0},
            ],
        )

    def test_anonymous_appeal_keeps_no_person_and_nobody_is_told(self):
        known = self._register().partner_id
        appeal = self._register(partner_id=known.id, author_type="anonymous")
        self.assertFalse(appeal.partner_id)
        question = appeal.question_ids
        self.assertEqual(question.state, "sent")
        self._as_duty(question).action_done("Починили", "fixed")
        self.assertEqual((question.state, question.outcome), ("closed", "fixed"))
        self.assertFalse(question.informing_ids)

    def test_channels_are_data_and_email_starts_no_written_term(self):
        options = self.card.form_options()
        offered = {channel["id"]: channel for channel in options["channels"]}
        self.assertGreaterEqual(len(offered), 8)
        letter = self.env.ref("gorod24_appeals.channel_letter")
        email = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")
        self.assertFalse(offered[email.id]["starts_written"])
        self.heating.regime_code = "R59"
        by_letter = self._register(channel_id=letter.id)
        by_email = self._register(channel_id=email.id)
        self.assertEqual(by_letter.question_ids.regime_id.code, "R59")
        self.assertEqual(by_email.channel_id, email)
        self.assertEqual(by_email.question_ids.regime_id.code, "HOT")
        self._refused("does not exist", channel_id=2**30)

    def test_renamed_channel_is_offered_by_its_new_name(self):
        self.card.form_options()
        self.env.ref("gorod24_appeals.channel_pos").name = "ПОС «Госуслуги»"
        names = [one["name"] for one in self.card.form_options()["channels"]]
        self.assertIn("ПОС «Госуслуги»", names)

    def test_agreed_price_and_visit_reach_the_referral(self):
        visit = fields.Datetime.now().replace(microsecond=0) + timedelta(days=1)
        point = {"topic_id": self.heating.id, "text": "замена крана"}
        agreed = {"price_agreed": "1 250,50", "visit_agreed_at": str(visit)}
        question = self._register(paid=True, questions=[point | agreed]).question_ids
        self.assertEqual(question.price_agreed, 1250.5)
        self.assertEqual(question.referral_id.visit_agreed_at, visit)
        free = self._register(questions=[point | agreed]).question_ids
        self.assertFalse(free.price_agreed)

    def test_wrong_price_and_past_visit_are_named(self):
        point = {"topic_id": self.heating.id, "text": "замена крана"}
        for wrong in ("дорого", "-5", "nan", "inf", "1e12"):
            self._refused(
                "price in roubles",
                paid=True,
                questions=[point | {"price_agreed": wrong}],
            )
        for wrong in ("2020-01-01 10:00:00", "завтра", "2999-01-01 00:00:00"):
            self._refused(
                "the visit is agreed",
                paid=True,
                questions=[point | {"visit_agreed_at": wrong}],
            )

    def test_refusal_says_where_the_cursor_goes(self):
        point = {"topic_id": self.heating.id, "text": "кран", "price_agreed": "много"}
        with self.assertRaises(UserError) as refusal:
            self._register(paid=True, questions=[point])
        self.assertEqual(
            refusal.exception.context, {"card_field": "price", "card_question": 1}
        )

    def test_nonsense_is_refused(self):
        for nonsense in (
            {"author_type": "robot"},
            {"kind": "joke"},
            {"people_count": "много"},
            {"channel_id": "почта"},
            {"organisation_name": 7},
        ):
            self._refused("not filled in properly", **nonsense)
