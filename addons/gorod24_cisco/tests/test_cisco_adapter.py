# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
from unittest.mock import Mock, patch

import requests

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import config

POST = "odoo.addons.gorod24_cisco.models.gorod24_telephony_adapter.requests.post"
# Error types of Finesse (§3.6 of the protocol sheet) and of our own connector.
FAULTS = (
    "Bad Request",
    "Parameter Missing",
    "Invalid Input",
    "Invalid Destination",
    "Invalid State",
    "Generic Error",
    "Authorization Failure",
    "Invalid Authorization User Specified",
    "Invalid Supervisor",
    "Invalid Device",
    "Forbidden",
    "Not Found",
    "User Not Found",
    "Dialog Not Found",
    "Internal Server Error",
    "Not Implemented",
    "Service Unavailable",
    "HTTP 503",
    "bad_request",
    "unknown_command",
    "no_call",
    "unreachable",
    "unknown_agent",
    "unauthorised",
)
OPTIONS = {
    "gorod24_connector_url": "http://127.0.0.1:1/",
    "gorod24_connector_token": "secret",
}


@tagged("post_install", "-at_install")
class TestCiscoAdapter(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = new_test_user(
            cls.env, "cisco_operator", groups="gorod24_appeals.group_operator"
        )
        cls.operator.write(
            {"telephony_agent_id": "76021", "telephony_extension": "72830"}
        )
        cls.adapter = cls.env["gorod24.telephony.adapter"].with_user(cls.operator)

    def setUp(self):
        super().setUp()
        names = [name.upper() for name in OPTIONS]
        self.enterContext(patch.dict("os.environ"))
        for name in names:
            os.environ.pop(name, None)
        self.enterContext(patch.dict(config.options.maps[0], OPTIONS))

    def _command(self, answer, name="ready", **params):
        """Give the command to a connector that answers so; returns (result, post)."""
        post = Mock(return_value=Mock(json=Mock(return_value=answer)))
        if isinstance(answer, Exception):
            post = Mock(side_effect=answer)
        with patch(POST, post):
            return self.adapter.command(name, **params), post

    def _refusal(self, answer):
        with self.assertRaises(UserError) as caught:
            self._command(answer)
        return str(caught.exception)

    def test_command_goes_to_the_connector(self):
        result, post = self._command({"ok": True, "agent_state": "READY"})
        self.assertEqual(result["agent_state"], "READY")
        self.assertTrue(result["accepted"])
        (url,), values = post.call_args
        self.assertEqual(url, "http://127.0.0.1:1/v1/commands")
        self.assertEqual(values["timeout"], 3)
        self.assertEqual(values["headers"], {"Authorization": "Bearer secret"})
        payload = values["json"]
        self.assertEqual(payload["command"], "ready")
        self.assertEqual(
            (payload["agent_id"], payload["extension"]), ("76021", "72830")
        )
        self.assertEqual(payload["request_id"], result["request_id"])

    def test_dial_sends_digits(self):
        answer = {"ok": True, "dialog_id": "16804377"}
        result, post = self._command(answer, "dial", number="+73852123456")
        self.assertEqual(result["dialog_id"], "16804377")
        self.assertTrue(post.call_args.kwargs["json"]["number"].isdigit())

    def test_connector_away(self):
        for error in (requests.ConnectionError(), requests.Timeout()):
            self.assertIn("No connection", self._refusal(error))
        self.assertIn("No connection", self._refusal(ValueError("no JSON")))

    def test_refusals_are_told_in_words(self):
        def text(code, error="x"):
            return self._refusal({"ok": False, "code": code, "error": error})

        self.assertIn("already over", text("Dialog Not Found"))
        self.assertIn("CF_STRANGE", text("Call Operation Failure", "CF_STRANGE"))
        self.assertIn("refused", self._refusal(["junk"]))

    def test_every_fault_is_told_in_russian(self):
        """Whatever the exchange says, the operator reads a sentence he understands."""
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["gorod24_cisco"], ["ru_RU"])
        self.operator.lang = "ru_RU"
        self.adapter = self.adapter.with_context(lang="ru_RU")
        for code in FAULTS:
            told = self._refusal({"ok": False, "code": code, "error": code})
            self.assertRegex(told, "^[А-Я]", code)
            self.assertNotRegex(told.replace("Cisco", ""), "[A-Za-z]", code)
        device = {"ok": False, "code": "Invalid Device", "reason": "88001"}
        self.assertIn("Неисправность телефона", self._refusal(device))
        strange = {"ok": False, "code": "Odd", "error": "Odd / CF_STRANGE"}
        self.assertRegex(self._refusal(strange), r"Станция отказала.*\(Odd / CF_STR")

    def test_command_that_may_be_under_way_is_not_refused(self):
        """A refusal would undo here what goes on at the exchange."""
        unconfirmed = {"ok": False, "code": "unconfirmed", "error": "x"}
        for answer in (unconfirmed, requests.ReadTimeout()):
            result, _post = self._command(answer)
            self.assertTrue(result["accepted"] and result["unconfirmed"])
            self.assertIn("not confirmed", result["warning"])

    def test_refusal_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["gorod24_cisco"], ["ru_RU"])
        self.operator.lang = "ru_RU"
        self.adapter = self.adapter.with_context(lang="ru_RU")
        self.assertIn("Нет связи", self._refusal(requests.ConnectionError()))

    def test_without_settings_telephony_says_so(self):
        config["gorod24_connector_url"] = ""
        with self.assertRaisesRegex(UserError, "not connected"):
            self._command({"ok": True})

    def test_environment_comes_first(self):
        with patch.dict("os.environ", {"GOROD24_CONNECTOR_URL": "http://127.0.0.1:2"}):
            _result, post = self._command({"ok": True})
        self.assertEqual(post.call_args.args[0], "http://127.0.0.1:2/v1/commands")
