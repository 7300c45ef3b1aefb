# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestRecordingKeeping(TelephonyCommon):
    def setUp(self):
        super().setUp()
        self.env["gorod24.recording.term"].search([]).active = False

    def term(self, profile, days):
        Term = self.env["gorod24.recording.term"].with_context(active_test=False)
        found = Term.search([("profile", "=", profile)])
        if found:
            found.write({"days": days, "active": True})
            return found
        return Term.create({"profile": profile, "days": days})

    def aged(self, days, profile=None, **more):
        recording = self.record(**more)
        if profile:
            call = self.feed(*self.plain_call(dialog=recording.recording_ref))
            call.profile = profile
            recording.call_id = call
        recording.started_at = fields.Datetime.now() - timedelta(days=days)
        return recording

    def test_sound_goes_by_the_term_of_its_kind_and_the_row_stays(self):
        emergency = self.aged(100, "emergency", recording_id="E")
        appeal = self.aged(100, "appeal", recording_id="A")
        orphan = self.aged(100, recording_id="O")
        fresh = self.aged(10, "appeal", recording_id="F")
        self.term("any", 90)
        self.term("emergency", 365)
        files = appeal.attachment_id | orphan.attachment_id
        self.env["gorod24.recording"]._expired()._delete_sound()
        self.assertFalse(files.exists())
        self.assertTrue(appeal.deleted_at and orphan.deleted_at)
        self.assertTrue(appeal.sha256)
        self.assertFalse(emergency.deleted_at or fresh.deleted_at)
        self.assertTrue(emergency.attachment_id.raw)

    def test_without_a_term_nothing_is_deleted(self):
        recording = self.aged(5000)
        self.env["gorod24.recording"]._expired()._delete_sound()
        self.assertFalse(recording.deleted_at)

    def test_held_sound_outlives_its_term(self):
        recording = self.aged(100)
        self.term("any", 90)
        held = recording.with_user(self.supervisor)
        with self.assertRaisesRegex(UserError, "Write why"):
            held.action_hold("  ")
        held.action_hold("Жалоба 12-44")
        self.env["gorod24.recording"]._expired()._delete_sound()
        self.assertFalse(recording.deleted_at)
        self.assertEqual(recording.hold_user_id, self.supervisor)
        held.action_lift_hold()
        self.env["gorod24.recording"]._expired()._delete_sound()
        self.assertTrue(recording.deleted_at)
        with self.assertRaisesRegex(UserError, "deleted already"):
            held.action_hold("поздно")

    def test_operator_holds_nothing_and_nobody_writes_the_hold(self):
        self.feed(*self.plain_call())
        recording = self.record()
        with self.assertRaises(AccessError):
            recording.with_user(self.operator).action_hold("хочу")
        with self.assertRaises(AccessError):
            recording.with_user(self.supervisor).legal_hold = True

    def test_changed_file_is_found_out(self):
        recording = self.record()
        recording._verify()
        self.assertFalse(recording.is_damaged)
        recording.attachment_id.raw = b"RIFFxxxxWAVEother"
        self.env["gorod24.recording"]._cron_verify()
        self.assertTrue(recording.is_damaged)

    def test_supervisor_links_the_call_that_fits_best(self):
        call = self.feed(*self.plain_call())
        recording = self.record(
            refs=None, remote_number="89130000000", second=5, duration=50
        )
        self.assertEqual(recording.state, "unmatched")
        mine = recording.with_user(self.supervisor)
        self.assertEqual(mine.likely_call_id, call)
        mine.action_link_likely()
        self.assertEqual((recording.state, recording.reason), ("matched", "manual"))


@tagged("post_install", "-at_install")
class TestListeningReason(TelephonyCommon, HttpCase):
    def test_reason_is_wanted_and_kept(self):
        self.feed(*self.plain_call())
        recording = self.record()
        url = f"/gorod24/telephony/recording/{recording.id}"
        set_param = self.env["ir.config_parameter"].set_param
        set_param("gorod24_telephony.listening_reason", "1")
        self.authenticate(self.supervisor.login, self.supervisor.login)
        self.assertEqual(self.url_open(url).status_code, 403)
        answer = self.url_open(f"{url}?reason=Жалоба")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(recording.access_ids.reason, "Жалоба")
        # An own talk is heard without being asked.
        self.authenticate(self.operator.login, self.operator.login)
        self.assertEqual(self.url_open(url).status_code, 200)

    def test_deleted_sound_is_said_to_be_gone(self):
        self.feed(*self.plain_call())
        recording = self.record()
        recording._delete_sound()
        self.authenticate(self.operator.login, self.operator.login)
        url = f"/gorod24/telephony/recording/{recording.id}"
        self.assertEqual(self.url_open(url).status_code, 410)
