# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged

TOKEN = "workflow-token"
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
