# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import itertools
import json
import wave
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.gorod24_appeals.tests.common import AppealsCommon

NUMBER = "83852123456"
E164 = "+73852123456"


def sound(seconds=1, tone=0):
    """Return the bytes of a small WAV file; another tone makes another file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes(bytes([128 + tone % 100]) * 8000 * seconds)
    return buffer.getvalue()


class TelephonyCommon(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator2 = new_test_user(
            cls.env, "test_operator2", groups="gorod24_appeals.group_operator"
        )
        cls.supervisor = new_test_user(
            cls.env, "test_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.operator.write(
            {"telephony_agent_id": "t6021", "telephony_extension": "t2830"}
        )
        cls.operator2.write(
            {"telephony_agent_id": "t6022", "telephony_extension": "t2831"}
        )
        cls.counter = itertools.count()
        # Whole seconds, a little in the past, so that cards still open.
        cls.t0 = fields.Datetime.now() - timedelta(seconds=120)

    def event(self, kind, second=0, dialog="d1", agent=1, **more):
        """Return the JSON of a neutral event of the operator 1 or 2 (0: of nobody)."""
        at = (self.t0 + timedelta(seconds=second)).isoformat()
        data = {
            "event_id": f"test-{dialog}-{kind}-{second}-{agent}-{next(self.counter)}",
            "source": "test",
            "type": f"call.{kind}",
            "at": f"{at}Z",
            "refs": [{"system": "test", "kind": "dialog", "value": dialog}],
            "direction": "out" if kind == "dialing" else "in",
            "remote_number": NUMBER,
            "queue": "Hotline",
        }
        if agent:
            data["agent"] = {"id": f"t602{agent}", "extension": f"t28{29 + agent}"}
        data.update(more)
        return data

    def plain_call(self, **more):
        return [
            self.event("ringing", 0, **more),
            self.event("answered", 5, **more),
            self.event("held", 20, **more),
            self.event("retrieved", 30, **more),
            self.event("ended", 65, **dict(more, end_reason="normal")),
        ]

    def feed(self, *events):
        """Take events in as the door does; return the call of the last one."""
        Event = self.env["gorod24.call.event"]
        for event in events:
            status, error = Event._accept(event)
            self.assertEqual(status, "accepted", error)
        return Event.search([("event_id", "=", events[-1]["event_id"])]).call_id

    def bus_messages(self, user, kind="gorod24_telephony.call"):
        """Return the payloads sent to ``user`` since the last look, and forget them."""
        self.env.cr.precommit.run()
        channel = json.dumps(
            [self.env.cr.dbname, "res.partner", user.partner_id.id],
            separators=(",", ":"),
        )
        found = self.env["bus.bus"].sudo().search([("channel", "=", channel)])
        messages = [json.loads(one.message) for one in found]
        found.unlink()
        return [one["payload"] for one in messages if one["type"] == kind]

    def sidecar(self, recording_id="R-1", second=5, duration=60, **more):
        at = (self.t0 + timedelta(seconds=second)).isoformat()
        data = {
            "version": 1,
            "recorder": "test-rec",
            "recording_id": recording_id,
            "started_at": f"{at}Z",
            "duration_s": duration,
            "direction": "in",
            "agent_extension": "t2830",
            "remote_number": NUMBER,
            "refs": {"dialog_id": "d1"},
            "segment": 1,
        }
        data.update(more)
        return data

    def record(self, content=None, **more):
        """Import a recording and return it."""
        content = content or sound(tone=next(self.counter))
        return self.env["gorod24.recording"]._import(self.sidecar(**more), content)[0]
