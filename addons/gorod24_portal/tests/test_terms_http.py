# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestTermsHttp(PortalHttpCommon):
    """What the officer sees and says of the terms of an emergency."""

    def setUp(self):
        super().setUp()
        self.pipe.outage_service = "cold_water"
        self.burst = self._register(self.pipe).question_ids
        self.request = self.burst.referral_id
        self._login(self.duty)

    def _page(self):
        return self.url_open(self._url(referral=self.request)).text

    def _local(self, moment):
        return self.env["gorod24.clock"]._to_local(moment).strftime("%Y-%m-%dT%H:%M")

    def _plan(self, **more):
        self._post("accept", referral=self.request)
        moment = fields.Datetime.now() + timedelta(hours=2)
        data = {"planned_at": self._local(moment), **more}
        return self._post("plan", data, fetch=True, referral=self.request)

    def test_the_service_to_be_restored_stands_among_the_terms(self):
        page = self._page()
        self.assertIn("Restore the service before", page)
        self.assertIn("How it is counted", page)
        self._post("accept", referral=self.request)
        # localised, the tolerated interruption is what comes first
        self._post(
            "localised",
            {
                "localised_note": "Перекрыли",
                "localised_at": self._local(fields.Datetime.now()),
            },
            referral=self.request,
        )
        late = "/my/requests?tab=overdue"
        self.assertNotIn(self.burst.name, self.url_open(late).text)
        since = fields.Datetime.now() - timedelta(hours=30)
        self.burst.with_user(self.operator).action_set_outage(since)
        self.assertIn(self.burst.name, self.url_open(late).text)
        self.request.invalidate_recordset()
        label = self.request.with_context(lang="en_US")._portal_due()["label"]
        self.assertEqual(label, "Restore")

    def test_we_told_the_citizen_ourselves(self):
        self.assertNotIn("g24-plan-told", self._page())
        self.assertEqual(self._plan().status_code, 200)
        self.assertIn("g24-plan-told", self._page())
        duty = self.burst.informing_ids
        self.assertEqual((duty.purpose, duty.state), ("plan", "due"))
        answer = self._post("told", fetch=True, referral=self.request)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(duty.state, "done")
        self.assertNotIn("g24-plan-told", self._page())
        # pressed twice it says so
        answer = self._post("told", fetch=True, referral=self.request)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("told already", answer.json()["error"])

    def test_told_with_the_plan_itself(self):
        self._plan(told="1")
        self.assertEqual(self.burst.informing_ids.state, "done")
        clock = self.burst.clock_ids.filtered(lambda one: one.kind == "planned_time")
        self.assertEqual(clock.outcome, "met")

    def test_a_stranger_says_nothing(self):
        self._plan()
        self._login(self.foreigner)
        answer = self._post("told", fetch=True, referral=self.request)
        self.assertIn(answer.status_code, (403, 404))
        self.assertEqual(self.burst.informing_ids.state, "due")

    def test_a_co_executor_sees_how_its_term_is_counted(self):
        co = self.burst.with_user(self.operator).action_add_co(
            self.other_participant.id, self.foreign_section.id
        )
        self._login(self.foreigner)
        page = self.url_open(self._url(referral=co)).text
        self.assertIn("Accept before", page)
        self.assertIn("How it is counted", page)
