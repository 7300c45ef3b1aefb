# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.gorod24_notice.tests.common import NoticeCommon

GROUP = "gorod24_portal.group_participant"


@tagged("post_install", "-at_install")
class TestOwnNotices(NoticeCommon, HttpCase):
    """What a participant does with the notices it gave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.duty.group_ids = [Command.link(cls.env.ref(GROUP).id)]
        cls.stranger = new_test_user(cls.env, "test_stranger", groups=GROUP)
        cls.env["gorod24.section"].create(
            {
                "name": "Чужой участок",
                "participant_id": cls.other_participant.id,
                "member_ids": [
                    Command.create({"user_id": cls.stranger.id, "role": "duty"})
                ],
            }
        )
        cls.env["ir.config_parameter"].set_param("gorod24_portal.lang", "en_US")

    def _mine(self, notice, user=None):
        return notice.with_user(user or self.duty).with_context(lang="en_US")

    def _local(self, hours):
        local = self.env["gorod24.clock"]._to_local(self._hours(hours))
        return local.strftime("%Y-%m-%dT%H:%M")

    def _form(self, **values):
        return {
            "type": "emergency",
            "service_id": str(self.service.id),
            "name": "Нет отопления",
            "text": "Теплотрасса повреждена, батареи остывают.",
            "places": "Опытная 10",
            "begins": self._local(-1),
            "ends": self._local(4),
            **values,
        }

    def _enter(self, user=None, **values):
        Notice = self.env["gorod24.notice"].with_user(user or self.duty)
        return Notice.with_context(lang="en_US")._enter_own(self._form(**values))

    def test_own_notices_are_seen_and_no_others(self):
        own = self._notice()
        other = self._notice()
        other.sudo().participant_id = self.other_participant
        self.assertEqual(self._mine(own).search([]), own)
        self.assertEqual(self._mine(own).place_ids.building_id, self.house)
        with self.assertRaises(AccessError):
            self._mine(other).read(["name"])
        with self.assertRaises(AccessError):
            self._mine(other).action_prolong(self._hours(9), "Чужое")

    def test_another_service_does_not_hand_it_over(self):
        """The hotline corrects what it is about; it stays his who gave it."""
        cold = self.service.copy(
            {"code": "test_cold", "participant_id": self.other_participant.id}
        )
        notice = self._enter()
        for_hotline = notice.with_user(self.operator)
        for_hotline.service_id = cold
        for_hotline.action_publish()
        for_hotline.service_id = self.service
        for_hotline.service_id = cold
        self.assertEqual(self._mine(notice).search([]), notice)

    def test_it_is_entered_as_a_draft_and_published_by_the_hotline(self):
        notice = self._enter()
        self.assertEqual(notice.state, "draft")
        self.assertEqual(notice.author_id, self.duty)
        self.assertEqual(notice.sudo().participant_id, self.participant)
        self.assertEqual(notice.sudo().place_ids.building_id, self.house)
        with self.assertRaisesRegex(AccessError, "hotline publishes"):
            self._mine(notice).action_publish()
        with self.assertRaises(AccessError):
            self._mine(notice).name = "Другое"
        notice.with_user(self.operator).action_publish()
        self.assertEqual(self._numbers_at(building_id=self.house.id), [notice.number])

    def test_operators_at_work_hear_that_a_draft_waits(self):
        waiting = self.env["gorod24.notice"].search_count([("state", "=", "draft")])
        self.env["bus.bus"].search([]).unlink()
        self._enter()
        self.env.cr.precommit.run()
        rung = self.env["bus.bus"].search([("message", "like", "simple_notification")])
        message = json.loads(rung.message)
        self.assertIn("Нет отопления", message["payload"]["message"])
        self.assertEqual(message["type"], "simple_notification")
        self.assertIn(self.participant.name, message["payload"]["message"])
        self.assertIn(f": {waiting + 1}.", message["payload"]["message"])
        operators = self.env.ref("gorod24_appeals.group_operator")
        channel = [self.env.cr.dbname, "res.groups", operators.id]
        self.assertEqual(json.loads(rung.channel), channel)

    def test_refusal_says_why(self):
        notice = self._enter()
        notice.with_user(self.operator).action_cancel("Дом 10 не ваш")
        self.authenticate(self.duty.login, self.duty.login)
        self.assertIn("Дом 10 не ваш", self.url_open("/my/notices").text)

    def test_words_of_the_end_are_no_refusal(self):
        notice = self._notice()
        notice.action_finish(closing_text="Вода подана")
        self.assertEqual(self._mine(notice)._get_portal_values()["why"], "")

    def test_source_is_always_ones_own(self):
        self.service.participant_id = self.other_participant
        notice = self._enter(participant_id=str(self.other_participant.id))
        self.assertEqual(notice.sudo().participant_id, self.participant)

    def test_bad_forms_are_refused_in_words_and_leave_nothing(self):
        before = self.env["gorod24.notice"].search_count([])
        for values, words in (
            ({"name": "  "}, "what happens"),
            ({"places": ""}, "streets and houses"),
            ({"ends": self._local(-2)}, "moment to come"),
            ({"ends": "завтра"}, "no date"),
            ({"begins": self._local(6)}, "after the beginning"),
            ({"type": "planned", "begins": ""}, "beginning of the works"),
            ({"type": "x"}, "what it is"),
            ({"service_id": "0"}, "about"),
            ({"name": "а" * 121}, "within 120"),
            ({"places": "Небывалая 5"}, "not understood"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                with self.env.cr.savepoint():
                    self._enter(**values)
        self.assertEqual(self.env["gorod24.notice"].search_count([]), before)

    def test_term_and_end_are_kept_by_the_participant(self):
        notice = self._notice()
        self._join(notice)
        self._mine(notice).action_prolong(self._hours(9), "Вторая течь")
        self.assertEqual(notice.prolongation_ids.author_id, self.duty)
        with self.assertRaisesRegex(UserError, "what they are told"):
            self._mine(notice).action_finish()
        self._mine(notice).action_finish(None, "Тепло подано")
        self.assertEqual(notice.state, "finished")
        self.assertEqual(notice.sudo().question_ids.informing_ids.state, "due")
        with self.assertRaises(AccessError):
            self._mine(self._notice()).action_cancel("Ошибка")

    def test_nothing_about_citizens_is_told(self):
        notice = self._notice()
        question = self._join(notice)
        page = str(self._mine(notice)._get_portal_page())
        self.assertIn(notice.number, page)
        self.assertNotIn(question.partner_id.name, page)
        with self.assertRaises(AccessError):
            self._mine(notice).read(["question_ids"])

    # The page -----------------------------------------------------------------------

    def _post(self, path, **form):
        form["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(f"/my/notices/{path}", data=form, allow_redirects=False)

    def test_page_shows_enters_and_ends(self):
        late = self._notice()
        late.sudo().expected_at = self.now - timedelta(hours=1)
        self.authenticate("test_duty", "test_duty")
        page = self.url_open("/my/notices")
        self.assertEqual(page.status_code, 200)
        self.assertIn(late.number, page.text)
        answer = self._post("new", **self._form(places="Небывалая 5"))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Небывалая 5", answer.text)
        self.assertEqual(self._post("new", **self._form()).status_code, 303)
        self.assertTrue(
            self.env["gorod24.notice"].search([("name", "=", "Нет отопления")])
        )
        answer = self._post(
            f"{late.id}/prolong", new_at=self._local(3), reason="Ждут муфту"
        )
        self.assertEqual(answer.status_code, 303)
        self.assertFalse(late.is_overdue)
        self.assertEqual(self._post(f"{late.id}/finish").status_code, 303)
        self.assertEqual(late.state, "finished")

    def test_page_is_not_there_for_others(self):
        notice = self._notice()
        self.authenticate("test_stranger", "test_stranger")
        self.assertNotIn(notice.number, self.url_open("/my/notices").text)
        self.assertEqual(self._post(f"{notice.id}/finish").status_code, 404)
        self.authenticate("test_operator", "test_operator")
        self.assertEqual(self.url_open("/my/notices").status_code, 404)
