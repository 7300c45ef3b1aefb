# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

TOKEN = "workflow-token"
DESKTOP = "https://fin1.example:8445"
URL = "/gorod24/cisco/v1/workflow"


@tagged("post_install", "-at_install")
class TestCiscoWorkflow(HttpCase):
    def setUp(self):
        super().setUp()
        env = patch.dict("os.environ", {"GOROD24_TELEPHONY_TOKEN": TOKEN})
        self.enterContext(env)
        self.operator = new_test_user(
            self.env, "workflow_operator", groups="gorod24_appeals.group_operator"
        )
        self.operator.write(
            {"telephony_agent_id": "w6021", "telephony_extension": "w2830"}
        )

    def desktop_source(self):
        """A source of desktops and its token."""
        source = self.env["gorod24.telephony.source"].create(
            {
                "name": "Desktops",
                "code": "desktops",
                "allow_events": False,
                "allow_recordings": False,
                "allow_workflow": True,
                "workflow_origins": f"{DESKTOP} https://fin2.example:8445",
            }
        )
        return source, source._issue_token()

    def ask(self, token, origin=DESKTOP):
        """The question of a browser before it sends; it can show no bearer."""
        headers = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
            "Access-Control-Request-Private-Network": "true",
        }
        return self.url_open(f"{URL}/{token}", headers=headers, method="OPTIONS")

    def test_browser_of_the_desktop_is_let_in(self):
        _source, token = self.desktop_source()
        answer = self.ask(token)
        self.assertEqual(answer.status_code, 204)
        allowed = answer.headers
        self.assertEqual(allowed["Access-Control-Allow-Origin"], DESKTOP)
        self.assertIn("POST", allowed["Access-Control-Allow-Methods"])
        self.assertIn("Content-Type", allowed["Access-Control-Allow-Headers"])
        self.assertEqual(allowed["Access-Control-Allow-Private-Network"], "true")
        values = {"dialog": "987654322", "agent": "w6021", "trigger": "arrives"}
        told = self.url_open(f"{URL}/{token}", json=values, headers={"Origin": DESKTOP})
        self.assertEqual(told.status_code, 200, told.text)
        self.assertEqual(told.json()["status"], "accepted")
        self.assertEqual(told.headers["Access-Control-Allow-Origin"], DESKTOP)

    def test_token_in_the_address_stays_out_of_the_log(self):
        line = f'"POST {URL}/very-secret?x=1 HTTP/1.1" 200 -'
        for name in ("werkzeug", "odoo.http"):
            args = ("::1", "now", line)
            record = logging.LogRecord(
                name, logging.INFO, "", 0, "%s - - [%s] %s", args, None
            )
            logging.getLogger(name).filter(record)
            self.assertIn(f"{URL}/*** ", record.getMessage())
            self.assertNotIn("very-secret", record.getMessage())

    def test_other_pages_and_other_tokens_are_not(self):
        source, token = self.desktop_source()
        stranger = self.ask(token, "https://evil.example")
        self.assertEqual(stranger.status_code, 403)
        self.assertNotIn("Access-Control-Allow-Origin", stranger.headers)
        values = {"dialog": "987654322", "agent": "w6021", "trigger": "arrives"}
        self.assertEqual(self.url_open(f"{URL}/x", json=values).status_code, 401)
        # The token of the exchange is no token for browsers.
        self.assertEqual(self.url_open(f"{URL}/{TOKEN}", json=values).status_code, 403)
        # Nor can a browser's token tell anything else.
        headers = {"Authorization": f"Bearer {token}"}
        events = self.url_open(
            "/gorod24/telephony/v1/events", json={"events": []}, headers=headers
        )
        self.assertEqual(events.status_code, 403)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            source.workflow_origins = "https://fin1.example/desktop"

    def test_second_offer_of_the_same_call_rings_again(self):
        for trigger in ("arrives", "arrives", "ends", "ends", "arrives", "arrives"):
            self.tell(trigger=trigger)
        call = (
            self.env["gorod24.call.ref"].search([("value", "=", "987654321")]).call_id
        )
        self.assertEqual(call.leg_ids.mapped("state"), ["ended", "ringing"])
        self.assertEqual(len(call.event_ids), 3)
        self.tell(trigger="answered")
        self.tell(trigger="ends")
        self.assertEqual(call.leg_ids.mapped("end_reason"), [False, "normal"])
        self.assertEqual(call.result, "answered")

    def tell(self, token=TOKEN, **values):
        values = {"dialog": "987654321", "agent": "w6021", **values}
        headers = {"Authorization": f"Bearer {token}"}
        return self.url_open(URL, json=values, headers=headers, method="POST")

    def test_desktop_tells_of_a_call_and_repeats_itself(self):
        answer = self.tell(trigger="arrives", number="83852123456")
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["status"], "accepted")
        again = self.tell(trigger="arrives", number="83852123456")
        self.assertEqual(again.json()["status"], "duplicate")
        self.tell(trigger="answered")
        self.tell(trigger="ends")
        ref = self.env["gorod24.call.ref"].search([("value", "=", "987654321")])
        self.assertEqual(len(ref), 1)
        call = ref.call_id
        self.assertEqual(call.user_id, self.operator)
        self.assertEqual(call.number_e164, "+73852123456")
        self.assertEqual((call.state, call.result), ("ended", "answered"))

    def test_strangers_and_nonsense_are_refused(self):
        self.assertEqual(self.tell(token="x", trigger="arrives").status_code, 401)
        refused = self.tell(trigger="explodes")
        self.assertEqual(refused.status_code, 400)
        self.assertIn("trigger", refused.json()["error"])
