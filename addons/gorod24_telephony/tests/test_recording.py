# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..matching import SidecarError
from .common import TelephonyCommon, sound


@tagged("post_install", "-at_install")
class TestRecording(TelephonyCommon):
    def test_reference_is_the_first_tier(self):
        call = self.feed(*self.plain_call())
        recording = self.record()
        self.assertRecordValues(
            recording,
            [
                {
                    "call_id": call.id,
                    "state": "matched",
                    "tier": 1,
                    "reason": "ref",
                    "user_id": self.operator.id,
                    "mimetype": "audio/wav",
                }
            ],
        )

    def test_extension_and_number_are_the_second_tier(self):
        call = self.feed(*self.plain_call())
        recording = self.record(refs=None)
        self.assertEqual((recording.call_id, recording.tier), (call, 2))

    def test_extension_alone_is_the_third_tier(self):
        call = self.feed(*self.plain_call())
        recording = self.record(refs=None, remote_number="")
        self.assertEqual((recording.call_id, recording.tier), (call, 3))

    def test_unknown_clock_stays_unknown_when_it_is_tried_again(self):
        self.feed(*self.plain_call())
        recording = self.record(refs=None, remote_number="", clock_known=False)
        self.assertEqual(recording.state, "unmatched")
        self.env["gorod24.recording"]._cron_match()
        self.assertEqual(recording.state, "unmatched")

    def test_telephone_that_rang_hundreds_of_times_keeps_its_recordings(self):
        """A whole shift at the peak: most offers were taken by others."""
        call = self.feed(*self.plain_call())
        other = self.env["gorod24.call"].create(
            {"started_at": self.t0 - timedelta(hours=11), "state": "ended"}
        )
        self.env["gorod24.call.leg"].create(
            [
                {
                    "call_id": other.id,
                    "key": f"busy#{number}",
                    "extension": "t2830",
                    "started_at": self.t0 - timedelta(hours=11) + step,
                    "ended_at": self.t0 - timedelta(hours=11) + step,
                    "state": "ended",
                }
                for number in range(205)
                for step in [timedelta(minutes=3) * number]
            ]
        )
        recording = self.record(refs=None)
        self.assertEqual((recording.call_id, recording.tier), (call, 2))

    def test_two_fitting_calls_are_left_to_a_person(self):
        self.feed(*self.plain_call(dialog="a"))
        self.feed(*self.plain_call(dialog="b"))
        recording = self.record(refs=None)
        self.assertEqual(recording.state, "unmatched")
        self.assertEqual(recording.reason, "ambiguous")

    def test_sound_that_comes_before_its_call_is_matched_later(self):
        recording = self.record()
        self.assertEqual(
            (recording.state, recording.reason), ("unmatched", "no_candidate")
        )
        call = self.feed(*self.plain_call())
        self.env["gorod24.recording"]._cron_match()
        self.assertEqual(recording.call_id, call)

    def test_call_that_ended_unseen_is_found_in_a_minute(self):
        """Sound and end come at once: neither transaction sees the other."""
        recording = self.record()
        self.assertEqual(recording.state, "unmatched")
        with patch.object(type(recording), "_match_soon"):
            call = self.feed(*self.plain_call())
        asked = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("gorod24_telephony.ir_cron_match").id)]
        )
        soon = max(asked.mapped("call_at"))
        self.assertLessEqual(soon, fields.Datetime.now() + timedelta(minutes=1))
        with freeze_time(soon):
            recording._cron_match()
        self.assertEqual(recording.call_id, call)

    def test_end_of_a_call_wakes_the_search_at_once(self):
        self.record()
        cron = self.env.ref("gorod24_telephony.ir_cron_match")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.feed(*self.plain_call())
        after = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertGreater(after, before)

    def test_end_of_a_call_wakes_no_recording_of_elsewhere(self):
        """Recordings that never match would be tried at every end of a call."""
        elsewhere = self.record(agent_extension="t9999", refs=None)
        earlier = self.record(recording_id="R-2", second=-9000, refs=None)
        cron = self.env.ref("gorod24_telephony.ir_cron_match")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.feed(*self.plain_call())
        after = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before)
        self.assertTrue(elsewhere.tried_at and earlier.tried_at)

    def test_recording_named_by_reference_is_woken_without_its_telephone(self):
        recording = self.record(agent_extension="")
        self.assertTrue(recording.tried_at)
        self.feed(*self.plain_call())
        self.assertFalse(recording.tried_at)

    def test_no_recording_waits_for_others_for_ever(self):
        recordings = self.env["gorod24.recording"]
        hour = timedelta(hours=1)
        for number in range(3):
            one = self.record(recording_id=f"R-{number}", agent_extension="t9999")
            one.tried_at = self.t0 - hour * (3 - number)
            recordings |= one
        for _turn in recordings:
            recordings._cron_match(limit=1)
        self.assertGreaterEqual(min(recordings.mapped("tried_at")), self.t0)

    def test_guessed_end_gives_no_recording_of_an_unknown_call(self):
        """The connection was down: another citizen may have talked there meanwhile."""
        call = self.feed(
            self.event("ringing", -4000),
            self.event("answered", -3995),
            self.event("ended", -400, recovered=True),
        )
        recording = self.record(second=-2000, refs=None, remote_number="")
        self.assertEqual(recording.state, "unmatched")
        # By its own name the call is found all the same.
        named = self.record(recording_id="R-2", second=-3990)
        self.assertEqual(named.call_id, call)

    def test_recording_is_looked_at_again_when_the_times_change(self):
        call = self.feed(
            self.event("ringing", 0),
            self.event("answered", 5),
            self.event("ended", 65),
        )
        by_time = self.record(refs=None, remote_number="")
        by_name = self.record(recording_id="R-2")
        self.assertEqual((by_time | by_name).call_id, call)
        # The true end comes late: the sound was of somebody else.
        self.feed(self.event("ended", 10))
        self.assertEqual((by_time.state, by_time.call_id.id), ("unmatched", False))
        self.assertEqual(by_name.call_id, call)

    def test_segments_of_a_call_keep_their_order(self):
        call = self.feed(*self.plain_call())
        second = self.record(recording_id="R-2", segment=2, second=30, duration=20)
        first = self.record(recording_id="R-1", segment=1, second=5, duration=20)
        appeal = self._register(call_id=call.id)
        shown = appeal.with_user(self.operator).recording_ids
        self.assertEqual(shown.ids, [first.id, second.id])

    def test_transfer_gives_each_part_to_who_spoke(self):
        self.feed(
            self.event("ringing", 0),
            self.event("answered", 5),
            self.event("answered", 30, agent=2),
            self.event("ended", 31, end_reason="transferred"),
            self.event("ended", 80, agent=2),
        )
        one = self.record(recording_id="R-1", second=5, duration=25)
        two = self.record(
            recording_id="R-2", second=31, duration=45, agent_extension="t2831"
        )
        self.assertEqual(one.call_id, two.call_id)
        self.assertEqual(one.user_id, self.operator)
        self.assertEqual(two.user_id, self.operator2)

    def test_same_file_is_kept_once(self):
        content = sound()
        one = self.record(content)
        self.assertEqual(self.record(content, recording_id="R-9"), one)
        self.assertEqual(self.record(content), one)

    def test_same_name_with_other_content_is_refused(self):
        self.record()
        with self.assertRaisesRegex(SidecarError, "recording_id"):
            self.record()

    def test_checksum_of_the_recorder_is_checked(self):
        content = sound()
        with self.assertRaisesRegex(SidecarError, "sha256"):
            self.record(content, sha256="0" * 64)
        digest = hashlib.sha256(content).hexdigest()
        self.assertTrue(self.record(content, sha256=digest))

    def test_supervisor_attaches_by_hand(self):
        recording = self.record()
        call = self.feed(*self.plain_call(dialog="other", agent=2))
        mine = recording.with_user(self.supervisor)
        mine.write({"call_id": call.id})
        self.assertRecordValues(
            recording, [{"state": "matched", "reason": "manual", "tier": 0}]
        )
        mine.write({"call_id": False})
        self.assertEqual(recording.state, "unmatched")
        with self.assertRaises(AccessError):
            mine.write({"sha256": "x"})

    def test_supervisor_sets_aside_what_is_not_ours(self):
        recording = self.record()
        recording.with_user(self.supervisor).action_reject()
        self.feed(*self.plain_call())
        self.env["gorod24.recording"]._cron_match()
        self.assertEqual(recording.state, "rejected")

    def test_supervisor_sees_calls_of_that_time(self):
        call = self.feed(*self.plain_call())
        self.feed(*self.plain_call(dialog="other", agent=2))
        recording = self.record(refs=None, remote_number="89130000000")
        self.assertEqual(recording.state, "unmatched")
        action = recording.with_user(self.supervisor).action_candidates()
        self.assertEqual(action["domain"], [("id", "in", call.ids)])

    def test_sound_goes_with_its_record(self):
        recording = self.record()
        attachment = recording.attachment_id
        recording.unlink()
        self.assertFalse(attachment.exists())

    def test_merged_calls_keep_recordings(self):
        self.feed(*self.plain_call(dialog="a", agent=2))
        call = self.feed(*self.plain_call())
        recording = self.record()
        self.assertEqual(recording.call_id, call)
        both = self.event("answered", 6)
        both["refs"] += self.event("ringing", dialog="a")["refs"]
        merged = self.feed(both)
        self.assertEqual(recording.call_id, merged)
