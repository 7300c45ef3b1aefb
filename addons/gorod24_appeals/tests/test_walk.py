# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Faults found by going through the screens as their users do."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models import res_config_settings
from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestJoinedCitizen(AppealsCommon):
    """Who joined somebody's question waits for it as its author does."""

    def setUp(self):
        super().setUp()
        self.main = self._register().question_ids
        point = {"topic_id": self.heating.id, "text": "и у меня"}
        appeal = self._register(
            person_name="Петров Пётр Петрович",
            number="83852654321",
            questions=[point | {"join_id": self.main.id}],
        )
        self.joined = appeal.question_ids
        self.person = appeal.partner_id

    def _load(self):
        return self.card.load(number="+73852654321")

    def test_calling_again_he_hears_that_it_is_at_work(self):
        known = self._load()
        row = known["history"][0]
        self.assertEqual(row["number"], self.joined.name)
        self.assertEqual((row["state"], row["outcome_label"]), ("sent", ""))
        self.assertLess(row["progress"], 100)
        mine = known["open_questions"]
        self.assertEqual([item["name"] for item in mine], [self.joined.name])
        self.assertEqual(mine[0]["appeal_id"], self.joined.appeal_id.id)
        self.assertEqual(len(known["promises"]), 1)

    def test_his_third_call_joins_the_question_at_work(self):
        item = self._load()["open_questions"][0]
        point = {"topic_id": self.heating.id, "text": "и где?", "join_id": item["id"]}
        again = self._register(partner_id=self.person.id, questions=[point])
        self.assertEqual(again.question_ids.joined_to_id, self.main)
        self.assertEqual(len(self._load()["open_questions"]), 1, "told once")

    def test_he_is_read_the_result_not_the_bookkeeping(self):
        self._as_duty(self.main).action_done("Продули стояк", "fixed")
        desk = self.env["gorod24.informing.desk"].with_user(self.operator)
        item = desk._item(self.joined.informing_ids)
        outcomes = self.main._fields["outcome"]._description_selection(self.env)
        self.assertEqual(item["outcome"], dict(outcomes)["fixed"])
        self.assertEqual(item["result"], "Продули стояк")
        told = self._load()["to_inform"]
        self.assertEqual(told[0]["outcome_label"], dict(outcomes)["fixed"])
        duty = self.joined.informing_ids
        spoken = duty.with_context(lang=duty._get_letter_lang()).env
        outcomes = self.main._fields["outcome"]._description_selection(spoken)
        self.assertIn(dict(outcomes)["fixed"], duty._get_sms_text())

    def test_main_question_ticked_with_the_others_is_left_alone(self):
        other = self._register(number="83852111111", person_name="Сидоров").question_ids
        wizard = self.env["gorod24.bulk.start"].with_user(self.operator)
        start = wizard.create(
            {
                "question_ids": (self.main | other).ids,
                "work": "join",
                "leading_id": self.main.id,
                "reason": "Одна авария",
            }
        )
        job = self.env["gorod24.bulk.job"].browse(start.action_start()["res_id"])
        self.assertEqual(job.line_ids.question_id, other)


@tagged("post_install", "-at_install")
class TestWalk(AppealsCommon):
    def test_of_several_questions_the_paid_one_is_marked_itself(self):
        appeal = self._register(self.heating, self.pipe).with_user(self.operator)
        with self.assertRaisesRegex(UserError, appeal.number):
            appeal.paid = True
        self.assertFalse(any(appeal.question_ids.mapped("paid")))
        single = self._register().with_user(self.operator)
        single.paid = True
        self.assertTrue(single.question_ids.paid)

    def test_result_is_judged_with_its_photos(self):
        question = self._register().question_ids
        photo, old = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": b"x",
                    "res_model": "gorod24.referral",
                    "res_id": question.referral_id.id,
                }
                for name in ("после.jpg", "до.jpg")
            ]
        )
        self._as_duty(question).action_done("Да", "fixed", [old.id, photo.id])
        shown = question.with_user(self.operator)
        self.assertEqual(shown.result_file_ids.mapped("name"), ["после.jpg", "до.jpg"])

    def test_letter_needs_an_address(self):
        with self.assertRaisesRegex(UserError, "address"):
            self._register(inform_way="email")
        appeal = self._register(inform_way="email", inform_email="anna@example.org")
        self.assertEqual(appeal.inform_email, "anna@example.org")
        again = self._register(partner_id=appeal.partner_id.id, inform_way="email")
        self.assertEqual(again._get_letter_address(), "anna@example.org")

    def test_settings_say_that_messages_would_not_leave(self):
        def settings():
            return self.env["res.config.settings"].new({"gorod24_informing_sms": True})

        self.assertEqual(settings().gorod24_sms_missing, "sms.sms" not in self.env)
        servers = self.env["ir.mail_server"]
        servers.search([]).active = False
        with patch.object(res_config_settings, "config", {"smtp_server": "localhost"}):
            self.assertTrue(settings().gorod24_mail_missing)
            servers.create({"name": "x", "smtp_host": "mail.example.org"})
            self.assertFalse(settings().gorod24_mail_missing)

    def test_merged_pair_is_no_double_any_more(self):
        people = [self._register(number=f"8385211111{n}").partner_id for n in (1, 2)]
        supervisor = self.operator
        supervisor.group_ids = self.env.ref("gorod24_appeals.group_supervisor")
        doubles = self.env["gorod24.person.double"].with_user(supervisor)
        doubles.action_find()
        pair = doubles.search([("partner_id", "in", [one.id for one in people])])
        self.assertEqual(len(pair), 1)
        merge = self.env["gorod24.person.merge"].with_user(supervisor)
        merge.create(
            {"master_id": people[0].id, "merged_id": people[1].id}
        ).action_merge()
        self.assertFalse(pair.exists())
