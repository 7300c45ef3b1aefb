# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
from unittest.mock import patch

import psycopg2

from odoo.tests import HttpCase, tagged

from .common import NUMBER, TelephonyCommon

IVR = "/gorod24/telephony/v1/ivr"
TOKEN = "test-token-of-the-door"
NOTHING = {
    "open": True,
    "opens_at": None,
    "hours": "",
    "known": False,
    "priority": "normal",
    "notice": "",
    "open_appeals": 0,
    "appeal": None,
}


@tagged("post_install", "-at_install")
class TestIvr(TelephonyCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(os.environ, {"GOROD24_TELEPHONY_TOKEN": TOKEN}))
        self.source = self.env.ref("gorod24_telephony.source_server")
        self.source.write({"allow_ivr": True, "ivr_by_address": True})

    def ask(self, token=TOKEN, **params):
        headers = {"Authorization": f"Bearer {token}"}
        query = "&".join(f"{name}={value}" for name, value in params.items())
        return self.url_open(f"{IVR}?{query}", headers=headers)

    def post(self, **body):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return self.url_open(IVR, json=body, headers=headers)

    def test_stranger_gets_nothing(self):
        self.assertEqual(self.ask(token="wrong", number=NUMBER).status_code, 401)
        self.assertEqual(self.ask(number=NUMBER).json(), NOTHING)
        self.assertEqual(self.ask(number="anonymous").json(), NOTHING)
        self.assertEqual(self.ask().json(), NOTHING)

    def test_numbers_stay_out_of_the_address_line_unless_allowed(self):
        """What stands in it is kept by the logs of every server on the way."""
        self.source.ivr_by_address = False
        self.assertEqual(self.ask(number=NUMBER).status_code, 405)
        self.assertEqual(self.post(number=NUMBER).json(), NOTHING)

    def test_known_caller_and_his_open_appeal(self):
        appeal = self._register(number=NUMBER)
        for answer in (self.ask(number=NUMBER), self.post(number=NUMBER)):
            data = answer.json()
            self.assertTrue(data["known"])
            self.assertEqual(data["open_appeals"], 1)
            self.assertEqual(data["appeal"]["number"], appeal.number)
            self.assertTrue(data["appeal"]["sentence"])
            # Nobody who holds the telephone hears a name or an address.
            self.assertNotIn(appeal.partner_id.name, answer.text)
            self.assertNotIn(self.street.name, answer.text)

    def test_appeal_of_another_citizen_is_not_told(self):
        self._register(number=NUMBER)
        other = self._register(number="89132345678")
        data = self.post(number=NUMBER, appeal=other.number).json()
        self.assertTrue(data["known"])
        self.assertIsNone(data["appeal"])
        mine = self.post(number="89132345678", appeal=other.number).json()
        self.assertEqual(mine["appeal"]["number"], other.number)

    def test_frequent_caller_asks_for_an_appeal_of_long_ago(self):
        first = self._register(number=NUMBER)
        self.env["helpdesk.ticket"].create(
            [
                {"name": str(n), "description": "-", "partner_id": first.partner_id.id}
                for n in range(25)
            ]
        )
        data = self.post(number=NUMBER, appeal=first.number).json()
        self.assertEqual(data["appeal"]["number"], first.number)
        # typed without the dash, or of nobody
        digits = first.number.replace("-", "")
        data = self.post(number=NUMBER, appeal=digits).json()
        self.assertEqual(data["appeal"]["number"], first.number)
        self.assertIsNone(self.post(number=NUMBER, appeal="777").json()["appeal"])

    def test_who_joined_a_question_is_not_told_that_his_appeal_is_closed(self):
        main = self._register(number="89132345678").question_ids
        appeal = self._register(
            number=NUMBER,
            questions=[{"topic_id": self.heating.id, "join_id": main.id}],
        )
        self.assertEqual(appeal.question_ids.state, "closed")

        def said():
            ivr = self.env["gorod24.ivr"].with_context(lang="en_US")
            return ivr._look_up(NUMBER, appeal.number)["appeal"]["sentence"]

        self.assertIn("passed to those responsible", said())
        referral = self._as_duty(main)
        referral.action_accept()
        self.assertIn("is being worked on", said())
        referral.action_done("Исправлено", "fixed")
        self.assertIn("we shall call you", said())
        duty = appeal.question_ids.informing_ids
        duty.with_user(self.operator).record_attempt("reached", "yes")
        self.assertIn("is closed", said())
        self.assertEqual(main.state, "informing", "its own citizen is not told yet")

    def test_the_numbers_of_all_his_appeals_are_not_read(self):
        first = self._register(number=NUMBER)
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = self.env["gorod24.ivr"]._find_appeal(
                first.partner_id, first.number.replace("-", "")
            )
        self.assertEqual(found, first)

    def test_notice_of_the_house_is_read_aloud(self):
        appeal = self._register(number=NUMBER)
        appeal.partner_id.building_id = self.house
        Ivr = type(self.env["gorod24.ivr"])
        with patch.object(Ivr, "_notice", lambda _self, house: f"{house.house}: свет"):
            self.assertEqual(self.ask(number=NUMBER).json()["notice"], "10: свет")

    def test_script_never_fails(self):
        Ivr = type(self.env["gorod24.ivr"])
        cancelled = psycopg2.errors.QueryCanceled()
        with patch.object(Ivr, "_look_up", side_effect=cancelled):
            with self.assertLogs("odoo.addons.gorod24_telephony.controllers.ivr"):
                answer = self.ask(number=NUMBER)
        self.assertEqual((answer.status_code, answer.json()), (200, NOTHING))

    def test_rate_is_limited_by_source(self):
        source = self.env["gorod24.telephony.source"].create(
            {
                "name": "IVR",
                "code": "ivr-1",
                "allow_events": False,
                "allow_ivr": True,
                "ivr_by_address": True,
                "ivr_per_minute": 2,
            }
        )
        token = source._issue_token()
        statuses = [self.ask(token, number=NUMBER).status_code for _ in range(3)]
        self.assertEqual(statuses, [200, 200, 429])
        self.assertEqual(self.ask(number=NUMBER).status_code, 200)

    def test_look_up_is_a_handful_of_queries(self):
        self._register(number=NUMBER)
        ivr = self.env["gorod24.ivr"]
        ivr._look_up(NUMBER)
        self.env.invalidate_all()
        with self.assertQueryCount(15):
            ivr._look_up(NUMBER)
