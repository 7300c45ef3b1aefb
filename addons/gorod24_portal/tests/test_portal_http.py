# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, http
from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestPortalHttp(PortalHttpCommon):
    def test_pages_by_role(self):
        """Own request 200; a stranger's is not told from one that does not exist."""
        table = [
            (self.duty, 200),
            (self.colleague, 200),
            (self.head, 200),
            (self.neighbour, 404),
            (self.foreigner, 404),
            (self.foreign_head, 404),
            (self.former, 404),
            (self.nobody, 404),
            (self.citizen, 404),
            (self.operator, 404),
        ]
        for user, status in table:
            with self.subTest(user=user.login):
                self._login(user)
                self.assertEqual(self.url_open(self._url()).status_code, status)
        missing = self.url_open(f"/my/requests/{self.referral.id + 100000}")
        self.assertEqual(missing.status_code, 404)

    def test_works_by_role(self):
        for user in (self.neighbour, self.foreigner, self.former, self.citizen):
            self._login(user)
            for work in ("accept", "refuse", "plan", "done"):
                with self.subTest(user=user.login, work=work):
                    self.assertEqual(self._post(work).status_code, 404)
        self.assertEqual(self.referral.state, "sent")

    def test_public_must_log_in(self):
        self.authenticate(None, None)
        for url in ("/my/requests", self._url()):
            response = self.url_open(url, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_token_is_asked_for(self):
        self._login(self.duty)
        response = self.url_open(
            self._url("accept"), data={"csrf_token": "wrong"}, allow_redirects=False
        )
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.referral.state, "sent")
        self.assertEqual(self.url_open(self._url("accept")).status_code, 405)

    def test_journal_of_other_people_is_sent_away(self):
        for user in (self.citizen, self.operator):
            self._login(user)
            response = self.url_open("/my/requests", allow_redirects=False)
            self.assertTrue(response.headers["Location"].endswith("/my"))

    def test_login_leads_to_the_journal(self):
        for user, place in ((self.duty, "/my/requests"), (self.citizen, "/my")):
            self.authenticate(None, None)
            page = self.url_open("/web/login")
            token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
            response = self.url_open(
                "/web/login",
                data={
                    "login": user.login,
                    "password": user.login,
                    "csrf_token": token,
                },
                allow_redirects=False,
            )
            self.assertEqual(response.status_code, 303)
            self.assertTrue(response.headers["Location"].endswith(place))

    def test_home_has_the_tile_and_nothing_unneeded(self):
        self._login(self.duty)
        page = self.url_open("/my").text
        self.assertIn("/my/requests", page)
        self.assertNotIn('href="/my/tickets"', page)
        self.assertNotIn('href="/my/addresses"', page)
        self.assertNotIn('href="/my/account"', page)
        self.assertNotIn("o_brand_promotion", page)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["referral_count", "ticket_count"]}
        )
        self.assertEqual(counters["referral_count"], 1)
        self._login(self.citizen)
        page = self.url_open("/my").text
        self.assertNotIn("/my/requests", page)
        self.assertIn('href="/my/tickets"', page)
        self.assertIn('href="/my/addresses"', page)

    def test_pages_for_customers_are_closed_for_participants(self):
        self.duty.partner_id.parent_id = self.participant
        self._login(self.duty)
        for url in (
            "/my/tickets",
            "/my/addresses",
            "/my/account",
            "/my/address",
            "/new/ticket",
        ):
            with self.subTest(url=url):
                self.assertTrue(self.url_open(url).url.endswith("/my/requests"))
        for url in ("/my/address/submit", "/submitted/ticket"):
            data = {"csrf_token": http.Request.csrf_token(self), "name": "x"}
            with self.subTest(url=url):
                self.assertEqual(self.url_open(url, data=data).status_code, 404)

    def test_journal_shows_own_requests(self):
        self._login(self.duty)
        number = self.question.name
        self.assertIn(number, self.url_open("/my/requests").text)
        self.assertNotIn(number, self.url_open("/my/requests?tab=done").text)
        page = self.url_open("/my/requests?search=опытная 10").text
        self.assertIn(number, page)
        self._login(self.neighbour)
        for query in ("", "?search=опытная", f"?section={self.section.id}", "?tab=x"):
            page = self.url_open(f"/my/requests{query}")
            self.assertEqual(page.status_code, 200)
            self.assertNotIn(number, page.text)

    def test_head_chooses_the_section(self):
        self._login(self.head)
        number = self.question.name
        base = "/my/requests?tab=new&section="
        self.assertIn(number, self.url_open(f"{base}{self.section.id}").text)
        page = self.url_open(f"{base}{self.other_section.id}").text
        self.assertNotIn(number, page)
        self.assertIn(self.section.name, page)
        self.assertNotIn(self.foreign_section.name, page)
        # A stranger's section, or nonsense, is no section.
        self.assertIn(number, self.url_open(f"{base}{self.foreign_section.id}").text)
        self.assertIn(number, self.url_open(f"{base}x").text)

    def test_pages_of_fifty(self):
        vals = self.referral.copy_data()[0]
        self.env["gorod24.referral"].create([vals] * 55)
        self._login(self.duty)
        first = self.url_open("/my/requests?tab=new").text
        second = self.url_open("/my/requests/page/2?tab=new").text
        self.assertEqual(first.count("<article"), 50)
        self.assertEqual(second.count("<article"), 6)
        self.assertIn("/my/requests/page/2?tab=new", first)
        self.assertEqual(self.url_open("/my/requests/page/999").status_code, 200)

    def test_accept(self):
        self._login(self.duty)
        response = self._post("accept")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.referral.state, "accepted")
        self.assertEqual(self.referral.accepted_by_id, self.duty)
        self.assertEqual(self.question.state, "accepted")
        clock = self.question._clock_find("acceptance", [])
        self.assertEqual(clock.state, "stopped")

    def test_second_tap_and_second_officer_are_told(self):
        self._login(self.duty)
        self._post("accept")
        for user in (self.duty, self.colleague):
            self._login(user)
            page = self._post("accept")
            self.assertEqual(page.status_code, 422)
            self.assertIn("Already accepted: Дежуров Иван", page.text)
        self.assertEqual(self.referral.accepted_by_id, self.duty)
        answer = self._post("accept", fetch=True)
        self.assertIn("Already accepted", answer.json()["error"])

    def test_refuse_needs_a_reason(self):
        self._login(self.duty)
        page = self._post("refuse", {"reason": "  "})
        self.assertEqual(page.status_code, 422)
        self.assertIn("Write why you refuse the request.", page.text)
        self.assertEqual(self.referral.state, "sent")
        self.assertEqual(self._post("refuse", {"reason": "Не наш"}).status_code, 303)
        self.assertEqual(self.referral.refusal_reason, "Не наш")
        self.assertEqual(self.question.state, "registered")
        self.assertIn("Не наш", self.url_open(self._url()).text)

    def test_plan_takes_the_time_of_the_service(self):
        self.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        self._login(self.duty)
        moment = fields.Datetime.now().replace(second=0) + timedelta(days=2)
        local = (moment + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M")
        data = {"planned_at": local, "visit_note": "бригада 3"}
        self.assertEqual(self._post("plan", data).status_code, 303)
        self.assertEqual(self.referral.planned_at, moment.replace(microsecond=0))
        self.assertEqual(self.referral.visit_note, "бригада 3")
        self.assertEqual(self.referral.state, "accepted")

    def test_plan_refuses_senseless_moments_and_keeps_the_form(self):
        self._login(self.duty)
        self.referral.with_user(self.duty).action_accept()
        for text, message in (
            ("", "Choose the date"),
            ("завтра", "Choose the date"),
            ("2020-01-01T10:00", "has passed"),
            ("2099-01-01T10:00", "more than a year"),
        ):
            data = {"planned_at": text, "visit_note": "взять насос"}
            page = self._post("plan", data)
            self.assertEqual(page.status_code, 422)
            self.assertIn(message, page.text)
            self.assertIn("взять насос", page.text)
        self.assertFalse(self.referral.planned_at)

    def test_pulse_counts_the_own_journal(self):
        self._login(self.duty)
        self.assertEqual(self.make_jsonrpc_request("/my/requests/pulse", {})["new"], 1)
        self._login(self.foreigner)
        self.assertEqual(self.make_jsonrpc_request("/my/requests/pulse", {})["new"], 0)

    def test_pages_speak_russian_whatever_the_browser_asks(self):
        self._speak_russian()
        self._login(self.duty)
        self.opener.cookies["frontend_lang"] = "en_US"
        self.assertIn("Просроченные", self.url_open("/my/requests").text)
        self.assertIn("Словами гражданина", self.url_open(self._url()).text)

    def test_letter_with_a_link_leads_to_the_page_after_login(self):
        self.authenticate(None, None)
        response = self.url_open(self._url(), allow_redirects=False)
        self.assertIn(f"requests%2F{self.referral.id}", response.headers["Location"])

    def test_words_of_a_citizen_are_not_code(self):
        self.question.text = "<script>alert('x')</script>"
        self._login(self.duty)
        page = self.url_open(self._url()).text
        self.assertNotIn("<script>alert(", page)
        self.assertIn("&lt;script&gt;alert(", page)
