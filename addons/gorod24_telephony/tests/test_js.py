# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged

from odoo.addons.gorod24_classifier.tests.common_js import JsCommon

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestTelephonyJs(JsCommon):
    addon = "gorod24_telephony"

    def test_unit(self):
        self._run_suite()


@tagged("post_install", "-at_install")
class TestTelephonyTour(TelephonyCommon, HttpCase):
    def test_call_bar_card_and_recording(self):
        self.feed(self.event("ringing", 0), self.event("answered", 5))
        done = self.feed(*self.plain_call(dialog="done"))
        self.record(refs={"dialog_id": "done"})
        appeal = self._register(call_id=done.id)
        self.bus_messages(self.operator)  # the card is opened by hand here
        self.start_tour(
            f"/odoo/helpdesk.ticket/{appeal.id}",
            "gorod24_telephony_call_bar",
            login=self.operator.login,
            timeout=90,
        )

    def test_talk_is_settled_and_callback_taken(self):
        call = self.feed(*self.plain_call())
        missed = self.feed(
            self.event("ringing", 70, "d2", agent=2, remote_number="89132345678"),
            self.event("ended", 90, "d2", agent=2, remote_number="89132345678"),
        )
        # Outside the calling hours he would wait for the morning.
        missed.callback_id.next_at = self.t0
        missed.callback_id._tell_count()
        self.start_tour(
            "/odoo/calls",
            "gorod24_telephony_settle",
            login=self.operator.login,
            timeout=90,
        )
        self.assertEqual(call.no_card_reason, "silence")
        self.assertEqual(missed.callback_id.operator_id, self.operator)

    def test_talk_is_heard_and_marked(self):
        call = self.feed(*self.plain_call())
        self.record()
        start = f"{self.t0.isoformat()}Z"
        heard = self.event("quality", 65, started_at=start, quality={"mos": 1.5})
        self.env["gorod24.call.event"]._accept(heard)
        self.start_tour(
            f"/odoo/calls/{call.id}",
            "gorod24_telephony_mark",
            login=self.supervisor.login,
            timeout=90,
        )
        self.assertEqual(call.mark_ids.total, 100)
        self.assertEqual(call.recording_ids.access_ids.user_id, self.supervisor)
