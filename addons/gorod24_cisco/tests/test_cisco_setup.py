# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import json
import os
import tomllib
from datetime import timedelta
from unittest.mock import Mock, patch

import requests

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import config

from odoo.addons.gorod24_telephony.tests.common import E164, NUMBER, TelephonyCommon
from odoo.addons.gorod24_telephony.tests.fake_exchange import FakeExchange

from ..setup_file import wanted
from ..wire import ids

REQUEST = (
    "odoo.addons.gorod24_cisco.models.gorod24_telephony_setup_check.requests.request"
)
OPTIONS = {
    "gorod24_connector_url": "http://127.0.0.1:1/",
    "gorod24_connector_token": "secret-key",
}
HOSTS = {
    "cisco_base_url": "https://fin1.example:8445",
    "cisco_xmpp_host": "fin1.example",
    "cisco_odoo_url": "https://city.example",
}


class CiscoSetupCommon(TelephonyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env, "test_admin", groups="gorod24_appeals.group_administrator"
        )
        setup = cls.env.ref("gorod24_telephony.setup")
        # Operators of the demo city have telephones of their own.
        others = cls.env["res.users"].search([("telephony_agent_id", "!=", False)])
        (others - cls.operator - cls.operator2).telephony_agent_id = False
        cls.wizard = setup.with_user(cls.administrator)
        cls.wizard.write({"check_operator_id": cls.operator.id, **HOSTS})

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict("os.environ"))
        for name in OPTIONS:
            os.environ.pop(name.upper(), None)
        self.enterContext(patch.dict(config.options.maps[0], OPTIONS))
        self.asked = []
        self.answers = {}
        self.enterContext(patch(REQUEST, self.answer))

    def answer(self, method, url, json=None, headers=None, timeout=None):
        """Play the connector: what it answers by path, or by the check's name."""
        self.asked.append((method, url, json, headers))
        path = url.partition("/v1/")[2]
        found = self.answers.get((json or {}).get("check") or path)
        if isinstance(found, Exception):
            raise found
        status, body = found if isinstance(found, tuple) else (200, found or {})
        return Mock(status_code=status, json=Mock(return_value=body))


@tagged("post_install", "-at_install")
class TestCiscoSetup(CiscoSetupCommon):
    def running(self, **changes):
        told = wanted(self.wizard._cisco_values(), self.wizard._cisco_agents())
        return {
            "ok": True,
            "settings": told | changes | {"now": "2026-01-01T00:00:00Z"},
        }

    def check(self, kind):
        """Press the button of one link; return its line."""
        self.wizard._sync_checks()
        line = self.wizard.check_ids.filtered(lambda one: one.kind == kind)
        line.action_check()
        return line

    # The file ------------------------------------------------------------------------

    def test_file_for_the_host_is_whole_and_without_secrets(self):
        text = base64.b64decode(self.wizard.cisco_file).decode()
        data = tomllib.loads(text)
        self.assertEqual(data["finesse"]["base_url"], HOSTS["cisco_base_url"])
        self.assertEqual(
            [(one["id"], one["extension"]) for one in data["agent"]],
            [("t6021", "t2830"), ("t6022", "t2831")],
        )
        self.assertNotIn("secret-key", text)
        secrets = base64.b64decode(self.wizard.cisco_secrets).decode()
        for name in (
            "GOROD24_TELEPHONY_TOKEN=\n",
            "GOROD24_CONNECTOR_TOKEN=\n",
            "GOROD24_AGENT_PASSWORD_t6021=\n",
        ):
            self.assertIn(name, secrets)
        self.assertFalse(self.wizard.cisco_problems)

    def test_missing_and_wrong_settings_are_told_before_anything_is_tried(self):
        self.wizard.write(
            {
                "cisco_base_url": "http://fin1.example",
                "cisco_odoo_url": "city.example",
                "cisco_xmpp_host": False,
                "cisco_second_base_url": "https://fin2.example",
                "cisco_xmpp_tls": "none",
                "cisco_cdr_folder": "cdr/new",
                "cisco_mediasense_url": "https://m.example",
                "cisco_recorder_zone": "Mars/Base",
                "cisco_name_pattern": "(",
                "cisco_number_variable": "caller's number",
            }
        )
        told = self.wizard.cisco_problems
        for words in (
            "without https",
            "must begin with http",
            "“XMPP host, first node” is empty",
            "“XMPP host, second node” is empty",
            "full path",
            "MediaSense needs the folder",
            "MediaSense needs its user",
            "time zone",
            "pattern",
            "is no name of a call variable",
        ):
            self.assertIn(words, told)
        self.wizard.write({"cisco_transport": "bosh", "cisco_xmpp_tls": "starttls"})
        self.assertIn("only for XMPP over TCP", self.wizard.cisco_problems)
        self.wizard.cisco_running = {"finesse.name": "fin1"}
        self.assertIn("fill in what is missing", self.table())

    def test_variable_with_the_number_goes_into_the_file_and_back(self):
        self.wizard.cisco_number_variable = " callVariable3 "
        data = tomllib.loads(base64.b64decode(self.wizard.cisco_file).decode())
        self.assertEqual(data["finesse"]["number_variable"], "callVariable3")
        self.assertFalse(self.wizard.cisco_problems)
        self.answers["settings"] = self.running(
            **{"finesse.number_variable": "user.caller"}
        )
        self.wizard.action_ask_connector()
        self.assertIn("callVariable3</td><td>user.caller", self.table())
        self.wizard.action_take_running()
        self.assertEqual(self.wizard.cisco_number_variable, "user.caller")

    def test_the_way_of_the_notifications_is_carried_and_compared(self):
        self.wizard.write({"cisco_transport": "websocket", "cisco_xmpp_port": 7443})
        data = tomllib.loads(base64.b64decode(self.wizard.cisco_file).decode())
        self.assertEqual(data["finesse"]["transport"], "websocket")
        self.answers["settings"] = self.running(**{"finesse.transport": "bosh"})
        self.wizard.action_ask_connector()
        self.assertIn("websocket</td><td>bosh", self.table())
        self.wizard.action_take_running()
        self.assertEqual(self.wizard.cisco_transport, "bosh")

    def table(self):
        self.wizard.invalidate_recordset()
        return str(self.wizard.cisco_differences)

    def test_difference_from_the_running_connector_is_shown(self):
        self.assertIn("not been asked", self.table())
        self.answers["settings"] = self.running()
        self.wizard.action_ask_connector()
        self.assertIn("exactly these settings", self.table())
        self.answers["settings"] = self.running(
            **{"finesse.xmpp_port": 5222, "agents": [["t6021", "t2830"]]}
        )
        line = self.check("connector")
        self.assertEqual(line.state, "warning")
        table = self.table()
        self.assertIn("XMPP port</td><td>5223</td><td>5222", table)
        self.assertIn("agent t6022</td><td>t2831</td><td>–", table)
        self.wizard.action_take_running()
        self.assertEqual(self.wizard.cisco_xmpp_port, 5222)

    # The links -----------------------------------------------------------------------

    def test_every_link_that_works_says_so(self):
        good = {
            "finesse": {"host": "fin1", "xmpp_domain": "d", "clock": 1},
            "xmpp": {"host": "fin1", "port": 5223, "encryption": "TLSv1.3"},
            "operator": {"agent": "t6021", "state": "NOT_READY"},
            "event_door": {"waiting": False, "clock": 0},
            "cdr": {"folder": "/cdr", "newest_seconds": 120, "refused": 0},
            "recordings": {"folder": "/rec", "newest_seconds": 60, "refused": 0},
            "mediasense": {"sessions": 3},
        }
        for name, facts in good.items():
            self.answers[name] = {"ok": True, "code": "ok", "facts": facts}
        self.answers["settings"] = self.running()
        self.env["gorod24.telephony.source"].search([])[
            :1
        ].last_seen = fields.Datetime.now()
        self.wizard.action_check_all()
        self.assertEqual(set(self.wizard.check_ids.mapped("state")), {"good"})
        payloads = [json for _method, _url, json, _headers in self.asked if json]
        self.assertIn({"check": "finesse", "node": "secondary"}, payloads)
        self.assertIn({"check": "operator", "agent_id": "t6021"}, payloads)
        self.assertEqual(
            {headers["Authorization"] for *_rest, headers in self.asked},
            {"Bearer secret-key"},
        )

    def test_each_fault_has_its_own_words_and_advice(self):
        told = set()
        for code in (
            *("no_host", "refused", "timeout", "unreachable", "certificate"),
            *("certificate_name", "certificate_expired", "not_tls", "not_http"),
            *("out_of_service", "other_domain", "http", "not_finesse", "password"),
        ):
            facts = {"host": "fin1.example:8445", "status": 404, "agent": "t6021"}
            self.answers["finesse"] = {"ok": False, "code": code, "facts": facts}
            line = self.check("finesse_primary")
            self.assertEqual(line.state, "bad")
            self.assertTrue(line.advice)
            told.add(line.message)
        self.assertEqual(len(told), 14)
        self.assertNotIn("failed", " ".join(told))

    def test_connector_away_foreign_or_old(self):
        for answer, words in (
            (requests.ConnectionError(), "does not run"),
            (requests.Timeout(), "in time"),
            ((401, {}), "our key"),
            ((404, {}), "older"),
            ((500, {}), "Something else"),
        ):
            self.answers["settings"] = answer
            line = self.check("connector")
            self.assertEqual(line.state, "bad")
            self.assertIn(words, line.message)
        config["gorod24_connector_url"] = ""
        self.assertIn("does not know", self.check("cdr").message)

    def test_what_needs_a_look_is_a_warning(self):
        for kind, facts, words in (
            ("finesse_primary", {"host": "f", "clock": -95}, "-95 s"),
            ("cdr", {"folder": "/cdr", "newest_seconds": None}, "no file"),
            ("cdr", {"folder": "/cdr", "newest_seconds": 200000}, "56 h"),
            ("cdr", {"folder": "/c", "refused": 2, "last_reason": "line 1"}, "line 1"),
            ("event_door", {"waiting": True}, "wait in the queue"),
        ):
            name = kind.partition("_primary")[0]
            self.answers[name] = {"ok": True, "code": "ok", "facts": facts}
            line = self.check(kind)
            self.assertEqual(line.state, "warning", kind)
            self.assertIn(words, line.message)
            self.assertTrue(line.advice)
        self.answers["mediasense"] = {"ok": False, "code": "not_configured"}
        self.assertEqual(self.check("mediasense").state, "off")
        self.wizard.check_operator_id = False
        self.assertEqual(self.check("operator").state, "warning")


@tagged("post_install", "-at_install")
class TestCalibration(CiscoSetupCommon):
    NODE, CALL = 1, 27161

    def setUp(self):
        super().setUp()
        self.exchange = FakeExchange(self.env).start(self)
        self.answers["calibration"] = {"ok": True}
        self.dialog = str(ids.jtapi_id(self.NODE, self.CALL))
        self.env["gorod24.cisco.calibration"].search([]).state = "stopped"
        # Events of the trial come after it began, to the second, and are taken when
        # they come, however long ago the class began.
        self.t0 = fields.Datetime.now()
        self.patch(type(self.env.cr), "now", lambda cursor: fields.Datetime.now())

    def start(self, number=NUMBER):
        vals = {"trial_operator_id": self.operator.id, "trial_number": number}
        self.wizard.write(vals)
        if number:
            self.wizard.action_trial_dial()
        else:
            self.wizard.action_trial_wait()
        return self.wizard.trial_id

    def talk(self, dialog=None, **more):
        dialog = dialog or self.dialog
        return self.feed(
            self.event("dialing", 0, dialog, remote_number="983852123456", **more),
            self.event("answered", 5, dialog, **more),
            self.event("ended", 30, dialog, end_reason="normal", **more),
        )

    def row(self, gcid, second=2, with_dialog=False):
        data = self.event("record", second + 30, agent=0, direction="out")
        node, call = map(int, gcid.split("/"))
        refs = [{"system": "cucm:c", "kind": "gcid", "value": gcid}]
        if with_dialog:
            value = str(ids.jtapi_id(node, call))
            refs.append({"system": "test", "kind": "dialog", "value": value})
        data.update(
            refs=refs,
            agent={"extension": "t2830"},
            remote_number="983852123456",
            started_at=f"{(self.t0 + timedelta(seconds=second)).isoformat()}Z",
            end_reason="normal",
        )
        return data

    def news(self):
        waits = self.wizard.trial_advance()
        return self.wizard.trial_id.state, waits

    def test_formula_that_holds_is_stored_and_told(self):
        trial = self.start()
        self.assertEqual(self.exchange.last["agent_id"], "t6021")
        self.assertEqual(self.exchange.last["number"], "983852123456")
        self.assertEqual(self.news(), ("call", True))
        self.talk()
        self.assertEqual(self.news(), ("journal", True))
        self.feed(self.row("1/27161", with_dialog=True))
        self.assertEqual(self.news(), ("fits", False))
        self.assertEqual(trial.gcid, "1/27161")
        self.assertEqual(trial.dialog_id, self.dialog)
        self.assertEqual(trial.extension_seen, "t2830")
        self.assertEqual(trial.prefix_seen, "98")
        self.assertEqual(trial.shift_seconds, 2)
        self.assertLess(abs(trial.skew_seconds), 60)
        self.assertTrue(trial.told)
        _method, url, payload, _headers = self.asked[-1]
        self.assertTrue(url.endswith("/v1/calibration"))
        self.assertEqual(payload, {"dialog_ids_are_jtapi": True})
        # The wizard's own file says the same from now on.
        self.assertIs(self.wizard._cisco_values()["cdr.dialog_ids_are_jtapi"], True)

    def test_formula_that_fails_changes_how_journals_are_matched(self):
        trial = self.start()
        call = self.talk()
        self.answers["calibration"] = requests.ConnectionError()
        self.news()
        self.feed(self.row("2/900", second=7))
        self.assertEqual(self.news(), ("differs", False))
        self.assertFalse(trial.told)
        self.assertEqual(trial.shift_seconds, 7)
        # The next talk is completed by time and telephone.
        following = self.talk("555", agent=2)
        row = self.row("2/901", second=7)
        row["agent"] = {"extension": "t2831"}
        self.assertEqual(self.feed(row), following)
        self.assertNotEqual(following, call)
        with self.assertRaisesRegex(UserError, "does not run"):
            self.wizard.action_trial_tell()
        self.answers["calibration"] = {"ok": True}
        self.wizard.action_trial_tell()
        self.assertTrue(trial.told)

    def test_next_call_of_the_line_is_taken(self):
        self.start(number="")
        self.assertFalse(self.exchange.sent)
        self.talk("77", agent=2)
        self.assertEqual(self.news(), ("call", True))
        self.feed(self.event("ringing", 1, self.dialog))
        self.assertEqual(self.news(), ("end", True))
        self.assertEqual(self.wizard.trial_id.call_id.number_e164, E164)

    def test_nothing_came_is_said_plainly_and_may_be_waited_for_again(self):
        trial = self.start()
        self.env["gorod24.cisco.calibration"]._cron_advance()
        self.assertEqual(trial.state, "call")
        trial.sudo().until = fields.Datetime.now() - timedelta(seconds=1)
        self.env["gorod24.cisco.calibration"]._cron_advance()
        self.assertEqual(trial.state, "no_call")
        trial = self.start()
        self.talk()
        self.news()
        trial.sudo().until = fields.Datetime.now() - timedelta(seconds=1)
        self.assertEqual(self.news(), ("no_journal", False))
        self.assertIn("No journal", self.wizard.trial_summary)
        self.feed(self.row("1/27161"))
        self.wizard.action_trial_wait_on()
        self.assertEqual(trial.state, "fits")

    def test_trial_needs_a_telephone_a_city_number_and_its_turn(self):
        with self.assertRaisesRegex(UserError, "city or mobile"):
            self.start("2831")
        self.start()
        with self.assertRaisesRegex(UserError, "under way"):
            self.start()
        self.wizard.action_trial_stop()
        self.assertEqual(self.wizard.trial_id.state, "stopped")
        with self.assertRaisesRegex(UserError, "who has a telephone"):
            self.wizard.trial_operator_id = self.manager
            self.wizard.action_trial_wait()
        with self.assertRaises(AccessError):
            self.wizard.with_user(self.supervisor).trial_advance()
        with self.assertRaises(AccessError):
            self.wizard.trial_id.write({"state": "fits"})


@tagged("post_install", "-at_install")
class TestCiscoSetupTour(CiscoSetupCommon, HttpCase):
    def test_wizard_from_the_first_step_to_the_last(self):
        told = wanted(self.wizard._cisco_values(), self.wizard._cisco_agents())
        self.answers["settings"] = {"ok": True, "settings": told}
        facts = {"host": "fin1.example:8445"}
        self.answers["finesse"] = {"ok": False, "code": "refused", "facts": facts}
        self.answers["calibration"] = {"ok": True}
        self.answers["dial"] = {}
        FakeExchange(self.env).start(self)
        self.wizard.write({"step": "exchange", "trial_operator_id": self.operator.id})
        self.start_tour(
            f"/odoo/telephony-setup/{self.wizard.id}",
            "gorod24_cisco_setup",
            login=self.administrator.login,
            timeout=120,
        )
        self.assertEqual(self.operator.telephony_extension, "2830")
        self.assertEqual(self.wizard.trial_id.state, "stopped")
        json.dumps(self.wizard.cisco_running)
