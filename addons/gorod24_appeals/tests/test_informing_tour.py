# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestInformingTour(AppealsCommon, HttpCase):
    """An operator tells results from the keyboard."""

    def setUp(self):
        super().setUp()
        duties = self.env["gorod24.informing"].search([("state", "=", "due")])
        duties.state = "cancelled"
        # The tour runs at any hour of the day.
        always = patch.object(
            type(self.env["gorod24.informing"]),
            "_next_call_moment",
            lambda _self, moment: moment,
        )
        self.startPatcher(always)

    def _done(self, *topics, **values):
        questions = self._register(*topics, **values).question_ids
        for question in questions:
            self._as_duty(question).action_done("Батарею продули", "fixed")
        return questions.sorted("position")

    def test_results_are_told_with_the_keyboard(self):
        first, other = self._done(self.pipe, self.heating)
        late = self._done(number="83852654321", person_name="Петров Пётр")
        (first | other).informing_ids.due = "2020-01-01 00:00:00"
        self.start_tour(
            "/odoo/tell-results",
            "gorod24_appeals_informing_desk",
            login="test_operator",
            timeout=180,
        )
        self.assertEqual((first.state, first.satisfaction), ("closed", "yes"))
        self.assertEqual((other.state, other.satisfaction), ("sent", "no"))
        self.assertIn("Опять течёт", other.referral_id.reason)
        duty = late.informing_ids
        self.assertEqual(duty.phone_e164, "+79132100001")
        self.assertEqual(
            duty.attempt_ids.sorted("id").mapped("disposition"),
            ["wrong_number", "call_back"],
        )
        self.assertTrue(duty.call_back_at)

    def test_organisations_without_a_number_are_opened_one_by_one(self):
        for name in ("ООО «Луч»", "ТСЖ «Заря»"):
            self._done(
                self.heating,
                number="anonymous",
                person_name="",
                author_type="organisation",
                organisation_name=name,
            )
        self._done(number="83852654321", person_name="Петров Пётр")
        self.start_tour(
            "/odoo/tell-results",
            "gorod24_appeals_informing_nameless",
            login="test_operator",
            timeout=180,
        )

    def test_a_planned_time_is_told_from_the_list(self):
        question = self._register(self.pipe).question_ids
        referral = self._as_duty(question)
        referral.action_accept()
        referral.action_plan(datetime.now() + timedelta(hours=1), "Бригада Петрова")
        self.start_tour(
            "/odoo/to-inform",
            "gorod24_appeals_informing_plan",
            login="test_operator",
            timeout=180,
        )
        duty = question.informing_ids
        self.assertEqual((duty.purpose, duty.state), ("plan", "done"))
        self.assertEqual((question.state, question.satisfaction), ("accepted", False))
