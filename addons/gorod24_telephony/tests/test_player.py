# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged

from .common import TelephonyCommon, sound


@tagged("post_install", "-at_install")
class TestPlayer(TelephonyCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.content = sound(2)
        self.call = self.feed(*self.plain_call())
        self.recording = self.record(self.content)
        self.url = f"/gorod24/telephony/recording/{self.recording.id}"

    def listen(self, user, **headers):
        self.authenticate(user.login, user.login)
        return self.url_open(self.url, headers=headers)

    def logged(self):
        return self.env["gorod24.recording.access"].search(
            [("recording_id", "=", self.recording.id)]
        )

    def test_whole_sound(self):
        answer = self.listen(self.operator)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content, self.content)
        self.assertEqual(answer.headers["Content-Type"], "audio/wav")
        self.assertEqual(answer.headers["Accept-Ranges"], "bytes")
        self.assertIn("private", answer.headers["Cache-Control"])

    def test_part_of_the_sound(self):
        answer = self.listen(self.operator, Range="bytes=100-199")
        self.assertEqual(answer.status_code, 206)
        self.assertEqual(answer.content, self.content[100:200])
        size = len(self.content)
        self.assertEqual(answer.headers["Content-Range"], f"bytes 100-199/{size}")
        answer = self.listen(self.operator, Range=f"bytes={size + 10}-")
        self.assertEqual(answer.status_code, 416)

    def test_every_listening_is_logged_once(self):
        self.listen(self.operator, Range="bytes=0-")
        self.listen(self.operator, Range="bytes=500-")
        self.listen(self.operator, Range="bytes=900-999")
        self.assertEqual(len(self.logged()), 1)
        self.listen(self.operator)
        self.assertEqual(len(self.logged()), 2)
        self.assertEqual(self.logged().user_id, self.operator)
        self.assertTrue(self.logged()[0].ip)

    def test_listening_stands_in_the_log_of_views_as_well(self):
        appeal = self._register(call_id=self.call.id)
        views = self.env["gorod24.appeal.view"]
        before = views.search([])
        for _turn in range(2):
            self.listen(self.operator)
        view = views.search([]) - before
        self.assertEqual(len(view), 2, "every listening has its line")
        self.assertEqual(view.mapped("source"), ["heard", "heard"])
        self.assertEqual(view.user_id, self.operator)
        self.assertEqual(set(view.mapped("about")), {appeal.number})
        found = views.search([("citizen_id", "=", appeal.partner_id.id)])
        self.assertTrue(view <= found, "found by the citizen who is heard")

    def test_seek_without_a_beginning_is_a_listening(self):
        self.listen(self.operator, Range="bytes=500-")
        self.assertEqual(len(self.logged()), 1)

    def test_others_hear_nothing(self):
        portal = new_test_user(self.env, "tele_portal", groups="base.group_portal")
        staff = new_test_user(self.env, "tele_staff", groups="base.group_user")
        for user in (portal, staff, self.manager, self.operator2):
            answer = self.listen(user)
            self.assertEqual(answer.status_code, 403, user.login)
        self.assertFalse(self.logged())
        self.logout()
        answer = self.url_open(self.url, allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))

    def test_appeal_opens_the_recording_to_operators(self):
        self._register(call_id=self.call.id)
        self.assertEqual(self.listen(self.operator2).status_code, 200)

    def test_who_has_the_right_takes_it_away(self):
        self.authenticate(self.operator.login, self.operator.login)
        answer = self.url_open(self.url + "?download=1")
        self.assertEqual(answer.status_code, 403)
        self.authenticate(self.supervisor.login, self.supervisor.login)
        self.assertEqual(self.url_open(self.url + "?download=1").status_code, 403)
        self.supervisor.group_ids += self.env.ref(
            "gorod24_telephony.group_recording_download"
        )
        answer = self.url_open(self.url + "?download=1")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(self.logged().kind, "download")

    def test_sound_has_no_other_door(self):
        self.authenticate(self.operator.login, self.operator.login)
        attachment = self.recording.attachment_id
        answer = self.url_open(f"/web/content/{attachment.id}")
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.logged())

    def test_unknown_recording(self):
        self.authenticate(self.operator.login, self.operator.login)
        answer = self.url_open("/gorod24/telephony/recording/999999999")
        self.assertEqual(answer.status_code, 404)
