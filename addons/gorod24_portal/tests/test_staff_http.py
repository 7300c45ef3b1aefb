# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestStaffHttp(PortalHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["gorod24.section.member"]._get_today()
        cls.Absence = cls.env["gorod24.section.absence"]
        cls.member = cls.section.member_ids.filtered(lambda m: m.user_id == cls.duty)
        cls.foreign_member = cls.foreign_section.member_ids[:1]

    def _day(self, days):
        return (self.today + timedelta(days=days)).isoformat()

    def _do(self, work, participant=None, token=True, fetch=False, **data):
        participant = participant or self.participant
        if token:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(
            f"/my/section/{participant.id}/{work}",
            data=data,
            headers={"X-Requested-With": "fetch"} if fetch else {},
            allow_redirects=False,
        )

    def _absence(self, **data):
        values = {
            "user_id": self.duty.id,
            "substitute_id": self.neighbour.id,
            "date_from": self._day(0),
            "date_to": self._day(5),
            "reason": "vacation",
        }
        return self._do("absence/add", **{**values, **data})

    def test_head_sees_his_people_only(self):
        self._login(self.head)
        page = self.url_open("/my/section")
        self.assertEqual(page.status_code, 200)
        for user in (self.duty, self.colleague, self.neighbour):
            self.assertIn(user.name, page.text)
        for user in (self.foreigner, self.foreign_head):
            self.assertNotIn(user.name, page.text)
        self.assertIn("/my/section", self.url_open("/my/requests").text)

    def test_nobody_else_has_the_page(self):
        for user in (self.duty, self.former, self.nobody, self.citizen):
            self._login(user)
            with self.subTest(user=user.login):
                self.assertEqual(self.url_open("/my/section").status_code, 404)
                self.assertEqual(self._absence().status_code, 404)
                response = self._do("member/end", member_id=self.member.id)
                self.assertEqual(response.status_code, 404)
        self._login(self.duty)
        self.assertNotIn("/my/section", self.url_open("/my/requests").text)
        self.assertFalse(self.Absence.search([("user_id", "=", self.duty.id)]))

    def test_absence_with_a_substitute(self):
        self._login(self.head)
        self.assertEqual(self._absence().status_code, 303)
        absence = self.Absence.search([("member_id", "=", self.member.id)])
        self.assertEqual(absence.substitute_id, self.neighbour)
        self.assertEqual(absence.date_to, self.today + timedelta(days=5))
        self.assertTrue(self.referral.with_user(self.neighbour).has_access("read"))
        page = self.url_open("/my/section").text
        self.assertIn("stands in for", page)

    def test_absence_covers_every_post_of_the_person(self):
        self.env["gorod24.section.member"].create(
            {"section_id": self.other_section.id, "user_id": self.duty.id}
        )
        self._login(self.head)
        self._absence(substitute_id=self.colleague.id)
        absences = self.Absence.search([("user_id", "=", self.duty.id)])
        self.assertEqual(absences.section_id, self.section | self.other_section)

    def test_senseless_absences_are_refused_and_the_form_kept(self):
        self._login(self.head)
        for data, message in (
            ({"date_to": self._day(-1)}, "before the first"),
            ({"date_from": self._day(-2)}, "from today on"),
            ({"date_to": self._day(500)}, "more than a year"),
            ({"date_from": "завтра"}, "Choose the first"),
            ({"substitute_id": self.duty.id}, "cannot stand in for himself"),
            ({"substitute_id": self.foreigner.id}, "your own people"),
            ({"substitute_id": self.operator.id}, "your own people"),
            ({"user_id": self.foreigner.id}, "your own people"),
            ({"user_id": "1 OR 1=1"}, "your own people"),
        ):
            page = self._absence(**data)
            with self.subTest(message=message, data=data):
                self.assertEqual(page.status_code, 422)
                self.assertIn(message, page.text)
                answer = self._absence(fetch=True, **data)
                self.assertIn(message, answer.json()["error"])
        self.assertFalse(self.Absence.search([("user_id", "=", self.duty.id)]))

    def test_overlap_is_told_in_a_sentence(self):
        self._login(self.head)
        self._absence()
        page = self._absence(date_from=self._day(5), date_to=self._day(9))
        self.assertEqual(page.status_code, 422)
        self.assertIn("is already marked absent", page.text)

    def test_only_duty_officer_needs_a_substitute(self):
        self._login(self.head)
        self.assertEqual(self._absence(substitute_id="").status_code, 303)
        page = self._absence(user_id=self.colleague.id, substitute_id="")
        self.assertEqual(page.status_code, 422)
        self.assertIn("is the only duty officer", page.text)

    def _away(self, user, first, last, substitute_id=""):
        return self._absence(
            user_id=user.id,
            substitute_id=substitute_id,
            date_from=self._day(first),
            date_to=self._day(last),
        )

    def _without_newcomer(self):
        """The section has two duty officers; its head is at work."""
        self.section.member_ids.filtered(lambda m: m.user_id == self.future).unlink()
        self._login(self.head)

    def test_substitute_who_is_away_himself_stands_in_for_nobody(self):
        self._without_newcomer()
        self.assertEqual(self._away(self.colleague, 1, 14).status_code, 303)
        page = self._away(self.duty, 5, 7, self.colleague.id)
        self.assertEqual(page.status_code, 422)
        self.assertIn("is away, too", page.text)
        self.assertFalse(self.Absence.search([("user_id", "=", self.duty.id)]))
        # away on some of the days only: these are not worked either
        page = self._away(self.duty, 12, 20, self.colleague.id)
        self.assertIn("is away, too", page.text)
        response = self._away(self.duty, 15, 20, self.colleague.id)
        self.assertEqual(response.status_code, 303)

    def test_who_stands_in_is_missed_where_he_stands_in(self):
        """His own section has others; the one he was lent to has nobody."""
        self._without_newcomer()
        self._away(self.colleague, 0, 9)
        self._away(self.duty, 5, 7, self.head.id)
        page = self._away(self.head, 6, 6)
        self.assertEqual(page.status_code, 422)
        self.assertIn(self.section.name, page.text)
        response = self._away(self.head, 6, 6, self.neighbour.id)
        self.assertEqual(response.status_code, 303)

    def test_substitute_is_no_other_duty_officer(self):
        """He goes together with the post he stands in."""
        other = self.other_section.member_ids.filtered(lambda m: m.role == "duty")
        self._login(self.head)
        self._away(self.neighbour, 0, 5, self.colleague.id)
        self.assertEqual(self.other_section._get_users("duty"), self.colleague)
        page = self._do("member/end", member_id=other.id)
        self.assertEqual(page.status_code, 422)
        self.assertIn("is the only duty officer", page.text)

    def test_back_earlier_and_cancelled(self):
        self._login(self.head)
        running, coming = self.Absence.create(
            [
                {
                    "member_id": self.member.id,
                    "substitute_id": self.neighbour.id,
                    "date_from": self.today + timedelta(days=first),
                    "date_to": self.today + timedelta(days=last),
                }
                for first, last in ((-2, 2), (5, 8))
            ]
        )
        self._do("absence/end", absence_id=running.id)
        self.assertEqual(running.date_to, self.today - timedelta(days=1))
        self.assertTrue(self.referral.with_user(self.duty).has_access("read"))
        self._do("absence/end", absence_id=coming.id)
        self.assertFalse(coming.exists())
        page = self._do("absence/end", absence_id=running.id)
        self.assertEqual(page.status_code, 422)

    def test_duty_officers_are_changed(self):
        self._login(self.head)
        data = {"section_id": self.section.id, "role": "duty"}
        response = self._do("member/add", user_id=self.neighbour.id, **data)
        self.assertEqual(response.status_code, 303)
        self.assertIn(self.neighbour, self.section._get_users("duty"))
        page = self._do("member/add", user_id=self.neighbour.id, **data)
        self.assertIn("already has this role", page.text)
        response = self._do("member/end", member_id=self.member.id)
        self.assertEqual(response.status_code, 303)
        self.assertNotIn(self.duty, self.section._get_users("duty"))
        self.assertTrue(self.member.exists())
        self.assertFalse(self.referral.with_user(self.duty).has_access("read"))

    def test_section_is_not_left_without_a_duty_officer(self):
        self._login(self.head)
        other = self.other_section.member_ids.filtered(lambda m: m.role == "duty")
        page = self._do("member/end", member_id=other.id)
        self.assertEqual(page.status_code, 422)
        self.assertIn("is the only duty officer", page.text)
        self.assertIn(self.neighbour, self.other_section._get_users("duty"))

    def test_heads_are_not_made_or_removed_here(self):
        self._login(self.head)
        page = self._do(
            "member/add",
            section_id=self.section.id,
            user_id=self.duty.id,
            role="head",
        )
        self.assertEqual(page.status_code, 422)
        member = self.other_section.member_ids.filtered(lambda m: m.role == "head")
        page = self._do("member/end", member_id=member.id)
        self.assertIn("changed by the hotline", page.text)
        self.assertFalse(member.date_to)

    def test_intruder_head_reaches_nothing_of_others(self):
        """His own participant in the address, another's records in the form."""
        foreign_absence = self.Absence.create(
            {
                "member_id": self.foreign_member.id,
                "date_from": self.today,
                "date_to": self.today,
            }
        )
        self._login(self.head)
        other = self.other_participant
        self.assertEqual(self._absence(participant=other).status_code, 404)
        for work, data in (
            ("absence/end", {"absence_id": foreign_absence.id}),
            ("member/end", {"member_id": self.foreign_member.id}),
            (
                "member/add",
                {
                    "section_id": self.foreign_section.id,
                    "user_id": self.duty.id,
                    "role": "duty",
                },
            ),
        ):
            with self.subTest(work=work):
                stranger = self._do(work, participant=other, **data)
                self.assertEqual(stranger.status_code, 404)
                page = self._do(work, **data)
                self.assertEqual(page.status_code, 422)
                self.assertIn("no longer in your list", page.text)
        page = self._do(
            "member/add",
            section_id=self.section.id,
            user_id=self.foreigner.id,
            role="duty",
        )
        self.assertEqual(page.status_code, 422)
        self.assertTrue(foreign_absence.exists())
        self.assertFalse(self.foreign_member.date_to)
        self.assertNotIn(self.duty, self.foreign_section._get_users())

    def test_internal_users_are_nobodys_people(self):
        """An operator who once was a member must not be handed a journal."""
        self._login(self.head)
        page = self._do(
            "member/add",
            section_id=self.section.id,
            user_id=self.operator.id,
            role="duty",
        )
        self.assertEqual(page.status_code, 422)

    @mute_logger("odoo.http")
    def test_forms_need_the_token(self):
        self._login(self.head)
        for work in ("absence/add", "absence/end", "member/add", "member/end"):
            response = self._do(work, token=False, member_id=self.member.id)
            self.assertEqual(response.status_code, 400, work)
        get = self.url_open(
            f"/my/section/{self.participant.id}/member/end?member_id={self.member.id}"
        )
        self.assertIn(get.status_code, (404, 405))
        self.assertFalse(self.member.date_to)

    def test_absent_head_keeps_the_page_and_his_substitute_gets_it(self):
        member = self.other_section.member_ids.filtered(lambda m: m.role == "head")
        self.Absence.create(
            {
                "member_id": member.id,
                "substitute_id": self.colleague.id,
                "date_from": self.today,
                "date_to": self.today,
            }
        )
        for user in (self.head, self.colleague):
            self._login(user)
            self.assertEqual(self.url_open("/my/section").status_code, 200)

    @mute_logger("odoo.http")
    def test_nothing_over_rpc(self):
        """The methods of the page are no methods of the API."""
        self._login(self.head)
        for model, method, args in (
            (
                "res.partner",
                "_staff_add_member",
                [self.participant.ids, self.section.id, self.duty.id, "duty"],
            ),
            (
                "gorod24.section.member",
                "write",
                [self.member.ids, {"role": "responsible"}],
            ),
            ("gorod24.section", "read", [self.section.ids]),
            ("gorod24.section", "action_open_presence", [self.section.ids]),
            ("gorod24.section.absence", "search_read", [[]]),
            ("gorod24.agreement", "search_read", [[]]),
            ("res.partner", "read", [self.participant.ids, ["agreement_ids"]]),
            ("res.partner", "read", [self.participant.ids, ["exchange_method"]]),
            ("gorod24.reference.health", "get_report", []),
        ):
            params = {"model": model, "method": method, "args": args, "kwargs": {}}
            response = self.url_open(
                "/web/dataset/call_kw",
                json={"jsonrpc": "2.0", "method": "call", "params": params},
            ).json()
            with self.subTest(model=model, method=method):
                self.assertIn("error", response)
                self.assertIn("AccessError", str(response["error"]["data"]["name"]))
        self.assertEqual(self.member.role, "duty")
