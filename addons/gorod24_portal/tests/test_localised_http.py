# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestLocalisedHttp(PortalHttpCommon):
    """The officer tells on his phone that the damage does no more harm."""

    def setUp(self):
        super().setUp()
        self.burst = self._register(self.pipe).question_ids
        self.request = self.burst.referral_id
        self._login(self.duty)

    def _page(self):
        return self.url_open(self._url(referral=self.request)).text

    def _tell(self, note="Перекрыли стояк", moment=None):
        local = self.env["gorod24.clock"]._to_local(moment or fields.Datetime.now())
        data = {
            "localised_note": note,
            "localised_at": local.strftime("%Y-%m-%dT%H:%M"),
        }
        return self._post("localised", data, fetch=True, referral=self.request)

    def test_accepted_then_localised_then_eliminated(self):
        self.assertNotIn("g24_localised", self._page())
        self._post("accept", referral=self.request)
        page = self._page()
        self.assertIn("g24_localised_note", page)
        self.assertIn("Localise before", page)
        answer = self._tell()
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(self.burst.state, "accepted")
        self.assertEqual(self.request.localised_by_id, self.duty)
        page = self._page()
        self.assertNotIn("g24_localised_note", page)
        self.assertIn("Перекрыли стояк", page)
        self.assertIn("Damage localised", page)
        self.assertIn("Damage localised", self.url_open("/my/requests?tab=work").text)
        self._post(
            "done",
            {"result_text": "Заменили трубу", "outcome": "fixed"},
            referral=self.request,
        )
        self.assertEqual(self.burst.state, "informing")

    def test_what_is_wrong_is_said_and_nothing_is_noted(self):
        self._post("accept", referral=self.request)
        now = fields.Datetime.now()
        for note, moment, message in (
            (" ", now, "Write what was done"),
            ("Перекрыли", now + timedelta(hours=2), "not come yet"),
            ("Перекрыли", now - timedelta(days=2), "registered later"),
        ):
            with self.subTest(message):
                answer = self._tell(note, moment)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(message, answer.json()["error"])
        answer = self._post(
            "localised",
            {"localised_note": "Перекрыли", "localised_at": "вчера"},
            referral=self.request,
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Перекрыли", answer.text)
        self.assertFalse(self.request.localised_at)

    def test_an_ordinary_request_offers_no_localisation(self):
        self._post("accept")
        self.assertNotIn("g24_localised", self.url_open(self._url()).text)
        answer = self._post(
            "localised",
            {"localised_note": "Нет", "localised_at": "2026-11-28T10:00"},
            fetch=True,
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("no such term", answer.json()["error"])
