# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import html2plaintext

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestPapers(AppealsCommon):
    def _paper(self, name, appeal, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.operator)
        html, _kind = report._render_qweb_html(f"gorod24_appeals.{name}", appeal.ids)
        return html2plaintext(html.decode())

    def test_card_tells_all_of_the_appeal(self):
        appeal = self._register(self.heating, self.pipe)
        first, second = appeal.question_ids.sorted("position")
        self._as_duty(first).action_refuse("Не наш стояк")
        first.with_user(self.operator).action_send(self.other_participant.id)
        self._as_duty(first).action_done("Продули стояк", "fixed")
        first.informing_ids.with_user(self.operator).record_attempt(
            "reached", "yes", "Благодарит"
        )
        text = self._paper("report_appeal_card", appeal)
        for words in (
            appeal.number,
            "Иванова Анна Петровна",
            "+7 3852 12-34-56",
            appeal.address_text,
            first.name,
            second.name,
            first.text,
            self.participant.name,
            self.other_participant.name,
            "Не наш стояк",
            "Продули стояк",
            "Благодарит",
            self.operator.name,
            first.clock_ids[0].explanation.split(".")[0],
        ):
            self.assertIn(words, text)

    def test_card_tells_for_whom_and_what_was_agreed(self):
        appeal = self._register()
        appeal.write(
            {
                "people_count": 14,
                "on_behalf": True,
                "represented_name": "Сидорова Мария",
                "represented_relation": "дочь",
                "organisation_name": "ТСЖ «Берёзка»",
            }
        )
        appeal.question_ids.write(
            {
                "price_agreed": 1500,
                "visit_agreed_at": "2026-11-30 03:00:00",
                "complained_id": self.other_participant.id,
            }
        )
        text = self._paper("report_appeal_card", appeal)
        for words in (
            "14",
            "Сидорова Мария, дочь",
            "ТСЖ «Берёзка»",
            self.other_participant.name,
        ):
            self.assertIn(words, text)
        self.assertRegex(text, r"30[./](11[./])?2026 10:00")
        self.assertRegex(text, r"1.?500[.,]00")

    def test_anonymous_appeal_is_printed_too(self):
        appeal = self._register(person_name="", number="")
        text = self._paper("report_appeal_card", appeal)
        self.assertIn(appeal.number, text)
        self.assertNotIn("Иванова", text)

    def test_printing_is_noted_and_closed_to_strangers(self):
        appeal = self._register()
        self._paper("report_appeal_card", appeal)
        views = self.env["gorod24.appeal.view"].search(
            [("appeal_id", "=", appeal.id), ("source", "=", "print")]
        )
        self.assertEqual(views.user_id, self.operator)
        for user in (self.duty, new_test_user(self.env, "test_stranger")):
            with self.assertRaises(AccessError):
                self._paper("report_appeal_card", appeal, user)

    def test_citizen_hears_number_executor_term_and_how_he_is_told(self):
        appeal = self._register()
        text = self.card.acknowledgement(appeal.id)
        due = self.env["gorod24.clock"]._to_local(appeal.question_ids.execution_due)
        for words in (
            appeal.number,
            self.heating.name,
            self.participant.name,
            due.strftime("%d.%m.%Y %H:%M"),
            "34-56",
        ):
            self.assertIn(words, text)
        # No more of the person than he needs: the paper may be left lying.
        self.assertNotIn("Иванова", text)
        self.assertNotIn("+7385212", text)
        self.assertIn(appeal.number, self._paper("report_acknowledgement", appeal))

    def test_answered_question_promises_no_call(self):
        point = {
            "topic_id": self.reference.id,
            "text": "часы приёма",
            "answer_text": "С девяти до пяти",
        }
        text = self.card.acknowledgement(self._register(questions=[point]).id)
        self.assertIn("С девяти до пяти", text)
        self.assertNotIn("34-56", text)

    def test_nobody_is_promised_what_nobody_will_do(self):
        card = self.card.with_context(lang="en_US")
        anonymous = self._register(person_name="")
        self.assertEqual(anonymous.author_type, "anonymous")
        declined = self._register()
        declined.question_ids.with_user(self.operator).action_decline_informing()
        for appeal in (anonymous, declined):
            text = card.acknowledgement(appeal.id)
            self.assertNotIn("34-56", text)
            self.assertIn("by calling the hotline", text)
        half = self._register(self.heating, self.pipe)
        half.question_ids[0].with_user(self.operator).action_decline_informing()
        self.assertIn("34-56", card.acknowledgement(half.id))

    def test_a_written_appeal_is_answered_where_its_author_asked(self):
        appeal = self._register()
        appeal.sudo().write(
            {
                "converted_at": appeal.registered_at,
                "answer_email": "anna@example.org",
            }
        )
        text = self.card.with_context(lang="en_US").acknowledgement(appeal.id)
        self.assertIn("by e-mail", text)
        self.assertNotIn("34-56", text)

    def test_joined_contact_hears_whose_result_he_waits_for(self):
        main = self._register().question_ids
        point = {"topic_id": main.topic_id.id, "text": "и у меня", "join_id": main.id}
        joined = self._register(questions=[point], number="83852999999")
        text = self.card.with_context(lang="en_US").acknowledgement(joined.id)
        due = self.env["gorod24.clock"]._to_local(main.execution_due)
        for words in (main.name, due.strftime("%d.%m.%Y %H:%M"), "99-99"):
            self.assertIn(words, text)
        self.assertNotIn("closed", text)

    def test_several_questions_are_numbered(self):
        text = self.card.acknowledgement(self._register(self.heating, self.pipe).id)
        self.assertIn(f"1. {self.heating.name}", text)
        self.assertIn(f"2. {self.pipe.name}", text)

    def test_acknowledgement_is_closed_to_others(self):
        appeal = self._register()
        for user in (self.manager, self.duty):
            with self.assertRaises(AccessError):
                self.card.with_user(user).acknowledgement(appeal.id)

    def test_letter_goes_to_the_citizen_with_the_text(self):
        appeal = self._register().with_user(self.operator)
        with self.assertRaises(UserError):
            appeal.action_send_acknowledgement()
        appeal.partner_id.email = "anna@example.com"
        action = appeal.action_send_acknowledgement()
        Composer = self.env["mail.compose.message"].with_user(self.operator)
        composer = Form(Composer.with_context(**action["context"])).save()
        composer.action_send_mail()
        letter = appeal.message_ids.sorted("id")[-1]
        self.assertEqual(letter.partner_ids, appeal.partner_id)
        self.assertIn(self.participant.name, letter.body)
        self.assertIn(appeal.number, letter.subject)
