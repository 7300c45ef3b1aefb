# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import os
import time
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import config, mute_logger

from .common import TelephonyCommon, sound

EVENTS = "/gorod24/telephony/v1/events"
RECORDINGS = "/gorod24/telephony/v1/recordings"
TOKEN = "test-token-of-the-door"


@tagged("post_install", "-at_install")
class TestDoor(TelephonyCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(os.environ, {"GOROD24_TELEPHONY_TOKEN": TOKEN}))

    def post(self, data, token=TOKEN, raw=None):
        return self.url_open(
            EVENTS,
            data=raw if raw is not None else json.dumps(data),
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
            },
        )

    def post_recording(self, metadata, content, token=TOKEN):
        return self.url_open(
            RECORDINGS,
            data={"metadata": json.dumps(metadata)},
            files={"file": ("any.exe", content)},
            headers={"Authorization": f"Bearer {token}"},
        )

    def test_door_is_closed_without_the_token(self):
        for token in ("", "wrong", TOKEN[:-1], TOKEN + "x", "токен"):
            answer = self.post(self.event("ringing"), token=token.encode("utf-8"))
            self.assertEqual(answer.status_code, 401)
        self.assertEqual(self.url_open(EVENTS, data="{}").status_code, 401)
        answer = self.post_recording(self.sidecar(), sound(), token="wrong")
        self.assertEqual(answer.status_code, 401)
        self.assertFalse(self.env["gorod24.call.ref"].search([("value", "=", "d1")]))

    def test_file_of_a_stranger_is_not_taken_in(self):
        parse = "odoo.http.Request.get_http_params"
        with patch(parse, side_effect=AssertionError("the body was read")):
            answer = self.post_recording(self.sidecar(), sound(), token="wrong")
        self.assertEqual(answer.status_code, 401)
        self.assertEqual(answer.json(), {"error": "wrong or missing bearer token"})

    def test_door_is_out_of_order_without_a_token_on_the_server(self):
        options = dict(config.options, gorod24_telephony_token="")
        with (
            patch.dict(os.environ, {"GOROD24_TELEPHONY_TOKEN": ""}),
            patch.object(config, "get", options.get),
        ):
            self.assertEqual(self.post({}, token="").status_code, 503)

    def test_sources_have_tokens_of_their_own(self):
        source = self.env["gorod24.telephony.source"].create(
            {"name": "АТС ЖКХ", "code": "pbx-2", "allow_recordings": False}
        )
        token = source._issue_token()
        event = self.event("ringing", event_id="1")
        answer = self.post(event, token=token).json()
        self.assertEqual(answer["results"], [{"event_id": "1", "status": "accepted"}])
        kept = self.env["gorod24.call.event"].search([("source_id", "=", source.id)])
        self.assertEqual(kept.event_id, "pbx-2|1")
        self.assertTrue(source.last_seen)
        # Another exchange counts its events from one, too.
        other = self.post(self.event("ringing", 0, "d2", event_id="1")).json()
        self.assertEqual(other["results"][0]["status"], "accepted")
        answer = self.post_recording(self.sidecar(), sound(), token=token)
        self.assertEqual(answer.status_code, 403)
        source.active = False
        self.assertEqual(self.post(event, token=token).status_code, 401)

    def test_old_token_lives_on_for_a_while_after_a_change(self):
        source = self.env["gorod24.telephony.source"].create(
            {"name": "АТС", "code": "pbx-3"}
        )
        old = source._issue_token()
        new = source._issue_token()
        for token in (old, new):
            self.assertEqual(self.post(self.event("ringing"), token).status_code, 200)
        source.action_revoke_old()
        self.assertEqual(self.post(self.event("ringing"), old).status_code, 401)
        self.assertEqual(self.post(self.event("ringing"), new).status_code, 200)

    def test_token_is_shown_once_and_kept_nowhere(self):
        source = self.env["gorod24.telephony.source"].create(
            {"name": "АТС", "code": "pbx-4"}
        )
        action = source.action_issue_token()
        token = action["context"]["gorod24_token"]
        shown = self.env["gorod24.telephony.source.token"].with_context(
            **action["context"]
        )
        self.assertEqual(shown.create({}).token, token)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(s)::text FROM gorod24_telephony_source s WHERE id = %s",
            [source.id],
        )
        self.assertNotIn(token, self.env.cr.fetchone()[0])
        with self.assertRaises(AccessError):
            source.with_user(self.supervisor).read(["name"])

    def test_server_token_can_be_shut_out(self):
        self.env.ref("gorod24_telephony.source_server").active = False
        self.assertEqual(self.post(self.event("ringing")).status_code, 401)

    def test_doors_describe_themselves(self):
        answer = self.url_open("/gorod24/telephony/v1/openapi.json")
        self.assertIn("/gorod24/telephony/v1/events", answer.json()["paths"])

    def test_event_is_accepted_once(self):
        event = self.event("ringing")
        for status in ("accepted", "duplicate"):
            answer = self.post(event)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(
                answer.json(),
                {"results": [{"event_id": event["event_id"], "status": status}]},
            )
        ref = self.env["gorod24.call.ref"].search([("value", "=", "d1")])
        self.assertEqual(ref.call_id.user_id, self.operator)

    def test_wrong_event_does_not_spoil_the_batch(self):
        good, bad = self.event("ringing"), self.event("ringing", at="yesterday")
        results = self.post({"events": [bad, good, "text", None]}).json()["results"]
        self.assertEqual(
            [one["status"] for one in results],
            ["rejected", "accepted", "rejected", "rejected"],
        )
        self.assertIn("at:", results[0]["error"])

    def test_event_that_breaks_the_server_does_not_stop_the_others(self):
        """The connector would bring the same batch for ever, and no card would open."""
        bad, good = self.event("ringing", 0, "bad"), self.event("ringing", 0, "good")
        Event = type(self.env["gorod24.call.event"])
        prepare = Event._prepare_vals

        def broken(self, event, telephones):
            vals = prepare(self, event, telephones)
            if event.event_id == bad["event_id"]:
                self.env.cr.execute("SELECT 2526520094::int4")
            return vals

        with (
            patch.object(Event, "_prepare_vals", broken),
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.gorod24_telephony.controllers.door") as logs,
        ):
            answer = self.post({"events": [bad, good]})
        self.assertEqual(answer.status_code, 200)
        results = answer.json()["results"]
        self.assertEqual([one["status"] for one in results], ["error", "accepted"])
        self.assertIn("numeric_value_out_of_range", results[0]["error"])
        self.assertNotIn("3852123456", "".join(logs.output))
        # The administrator sees it, and after a mend it is taken in.
        kept = self.env["gorod24.call.event"].search(
            [("event_id", "=", bad["event_id"])]
        )
        self.assertEqual((kept.state, kept.error), ("rejected", results[0]["error"]))
        (again,) = self.post(bad).json()["results"]
        self.assertEqual(again["status"], "accepted")

    def test_server_out_of_breath_gets_the_batch_again(self):
        """An event is put aside for its own fault only, not for a busy database."""
        event = self.event("ringing")
        Event = type(self.env["gorod24.call.event"])
        busy = psycopg2.errors.QueryCanceled()
        with (
            patch.object(Event, "_prepare_vals", side_effect=busy),
            mute_logger("odoo.http"),
        ):
            self.assertEqual(self.post(event).status_code, 500)
        (again,) = self.post(event).json()["results"]
        self.assertEqual(again["status"], "accepted")

    def test_times_no_call_can_have_are_refused(self):
        """A broken row of the exchange's journal: a talk of eighty years."""
        record = self.event("record", 0, at="2106-02-07T06:28:15Z")
        record["started_at"] = "2026-01-26T12:00:00Z"
        long = self.event("record", 0, started_at="2020-01-26T12:00:00Z")
        results = self.post({"events": [record, long]}).json()["results"]
        self.assertEqual([one["status"] for one in results], ["rejected"] * 2)
        self.assertIn("in the future", results[0]["error"])
        self.assertIn("longer than a day", results[1]["error"])

    def test_malformed_body_is_refused(self):
        for raw in (" ", "{", "[1]", "5", '{"events": 5}', b"\xff\xfe", "[" * 100000):
            self.assertEqual(self.post(None, raw=raw).status_code, 400, raw[:20])
        many = {"events": [1] * 501}
        self.assertEqual(self.post(many).status_code, 413)

    def test_call_over_within_the_batch_opens_no_card(self):
        self.post({"events": [self.event("ringing", 0), self.event("ended", 9)]})
        messages = self.bus_messages(self.operator)
        self.assertTrue(messages)
        self.assertFalse(any(one["pop"] for one in messages))

    def test_ring_is_fast(self):
        self.post(self.event("ringing", 0, "warm"))
        spent = []
        for number in range(10):
            event = self.event("ringing", 0, f"speed-{number}")
            start = time.perf_counter()
            self.post(event)
            spent.append(time.perf_counter() - start)
        # The aim is 100 ms, which the bench measures; here a blunder is caught.
        self.assertLess(sorted(spent)[5], 3, spent)

    def test_recording_comes_in(self):
        self.feed(*self.plain_call())
        content = sound()
        answer = self.post_recording(self.sidecar(), content)
        self.assertEqual(answer.status_code, 200, answer.text)
        data = answer.json()
        self.assertEqual((data["state"], data["tier"]), ("matched", 1))
        again = self.post_recording(self.sidecar(), content).json()
        self.assertEqual(again["recording_id"], data["recording_id"])
        self.assertTrue(again["duplicate"])

    def test_anything_but_sound_is_refused(self):
        for content in (b"<html></html>", b"", b"MZ\x90\x00"):
            answer = self.post_recording(self.sidecar(), content)
            self.assertEqual(answer.status_code, 422)
            self.assertIn("file:", answer.json()["error"])
        answer = self.post_recording({"version": 1}, sound())
        self.assertIn("recorder:", answer.json()["error"])
        self.assertFalse(
            self.env["gorod24.recording"].search([("recorder", "=", "test-rec")])
        )
