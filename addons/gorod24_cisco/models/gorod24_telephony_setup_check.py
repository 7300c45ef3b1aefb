# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Checks of every link, done by the running connector, told in words."""

import logging
import re
import uuid
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import requests

from odoo import fields, models

from ..connector.settings import SettingsError, is_loopback, number_variable
from ..wire import recorder_index

_logger = logging.getLogger(__name__)
TIMEOUT = (3, 20)  # seconds to connect, to answer; the checks themselves end sooner
CLOCKS = 5  # seconds by which clocks may differ before somebody should look
STALE = 24 * 3600


class TelephonySetup(models.Model):
    _inherit = "gorod24.telephony.setup"

    def _check_kinds(self):
        kinds = {
            "connector": self.env._("Odoo → connector"),
            "finesse_primary": self.env._("Finesse, first node (REST)"),
            "finesse_secondary": self.env._("Finesse, second node (REST)"),
            "xmpp_primary": self.env._("XMPP, first node"),
            "xmpp_secondary": self.env._("XMPP, second node"),
            "operator": self.env._("Sign-in of the operator"),
            "event_door": self.env._("Connector → Odoo, event door"),
            "cdr": self.env._("Folder of the journals (CDR)"),
            "recordings": self.env._("Folder of the recordings"),
            "mediasense": self.env._("MediaSense"),
        }
        return kinds | super()._check_kinds()

    def action_check_all(self):
        """Check every link; when the connector is away nothing behind it is tried."""
        self.ensure_one()
        self._sync_checks()
        connector = self.check_ids.filtered(lambda line: line.kind == "connector")
        connector.action_check()
        if connector.state != "bad":
            return super().action_check_all()
        own = self.check_ids.filtered(lambda line: line.kind == "sources")
        # Results are written by checks alone; these have the same cause.
        (self.check_ids - connector - own).sudo().write(
            {
                "state": "bad",
                "message": connector.message,
                "advice": connector.advice,
                "checked_at": connector.checked_at,
            }
        )
        return own.action_check()

    # The connector's door ---

    def _connector(self, method, path, payload=None):
        """Ask the running connector; returns its answer, or a code of what failed.

        Codes: no_connector, connector_refused, connector_timeout, connector_token,
        connector_old, connector_answer.
        """
        option = self.env["gorod24.telephony.adapter"]._connector_option
        url, token = option("url"), option("token")
        if not url or not token:
            return "no_connector"
        try:
            response = requests.request(
                method,
                f"{url.rstrip('/')}{path}",
                json=payload,
                headers={"Authorization": f"Bearer {token}"},
                timeout=TIMEOUT,
            )
            answer = response.json() if response.status_code == 200 else {}
        except requests.Timeout:
            return "connector_timeout"
        except requests.ConnectionError:
            return "connector_refused"
        except (requests.RequestException, ValueError):
            return "connector_answer"
        codes = {200: None, 401: "connector_token", 404: "connector_old"}
        code = codes.get(response.status_code, "connector_answer")
        if code or not isinstance(answer, dict):
            _logger.warning("Setup: connector answers %s", response.status_code)
            return code or "connector_answer"
        return answer

    def _connector_settings(self):
        """Ask for the running settings and keep them; a code when it failed."""
        answer = self._connector("GET", "/v1/settings")
        if isinstance(answer, str):
            return answer
        running = answer.get("settings")
        if not isinstance(running, dict):
            return "connector_answer"
        self.write(
            {"cisco_running": running, "cisco_running_at": fields.Datetime.now()}
        )
        return running

    # Each link ---

    def _check_link_connector(self, _line):
        running = self._connector_settings()
        if isinstance(running, str):
            return "bad", *self._cisco_words(running, {})
        if "table" in str(self.cisco_differences):
            return (
                "warning",
                self.env._("The connector answers, but runs with other settings."),
                self.env._("See the comparison at the step “Exchange”."),
            )
        return "good", self.env._("The connector answers."), ""

    def _check_link_finesse_primary(self, _line):
        return self._cisco_check("finesse", node="primary")

    def _check_link_finesse_secondary(self, _line):
        return self._cisco_check("finesse", node="secondary")

    def _check_link_xmpp_primary(self, _line):
        return self._cisco_check("xmpp", node="primary")

    def _check_link_xmpp_secondary(self, _line):
        return self._cisco_check("xmpp", node="secondary")

    def _check_link_operator(self, _line):
        operator = self.check_operator_id
        if not operator:
            return (
                "warning",
                self.env._("No operator is chosen."),
                self.env._("Choose one above the list and check again."),
            )
        # The agent of a user of the hotline, for its administrator.
        agent = operator.sudo().telephony_agent_id
        return self._cisco_check("operator", agent_id=agent or "")

    def _check_link_event_door(self, _line):
        return self._cisco_check("event_door", probe_id=uuid.uuid4().hex)

    def _check_link_cdr(self, _line):
        return self._cisco_check("cdr")

    def _check_link_recordings(self, _line):
        return self._cisco_check("recordings")

    def _check_link_mediasense(self, _line):
        return self._cisco_check("mediasense")

    def _cisco_check(self, check, **values):
        """Return (state, message, advice) of a check done by the connector."""
        answer = self._connector("POST", "/v1/checks", {"check": check, **values})
        if isinstance(answer, str):
            return "bad", *self._cisco_words(answer, {})
        facts = answer.get("facts")
        facts = facts if isinstance(facts, dict) else {}
        if not answer.get("ok"):
            code = str(answer.get("code") or "")
            state = "off" if code == "not_configured" else "bad"
            return state, *self._cisco_words(code, facts, check)
        told = getattr(self, f"_cisco_good_{check}")(facts)
        return told if len(told) == 3 else ("good", told[0], "")

    def _cisco_clock(self, facts):
        """Return a warning when the other clock is off, or None."""
        off = facts.get("clock")
        if not isinstance(off, int) or abs(off) <= CLOCKS:
            return None
        return (
            "warning",
            self.env._("Answers, but its clock is off by %(seconds)s s.", seconds=off),
            self.env._("Set the same time server (NTP) on all computers."),
        )

    def _cisco_good_finesse(self, facts):
        text = self.env._(
            "%(host)s is in service, domain %(domain)s.",
            host=facts.get("host"),
            domain=facts.get("xmpp_domain"),
        )
        return self._cisco_clock(facts) or (text,)

    def _cisco_good_xmpp(self, facts):
        place = f"{facts.get('host')}:{facts.get('port')}"
        if not facts.get("encryption"):
            return (self.env._("%(place)s answers, without encryption.", place=place),)
        return (
            self.env._(
                "%(place)s answers, %(encryption)s, the certificate is trusted.",
                place=place,
                encryption=facts["encryption"],
            ),
        )

    def _cisco_good_operator(self, facts):
        words = {
            "LOGOUT": self.env._("is signed out"),
            "NOT_READY": self.env._("is not ready"),
            "READY": self.env._("is ready"),
            "TALKING": self.env._("is talking"),
        }
        state = words.get(facts.get("state"), facts.get("state") or "?")
        return (
            self.env._(
                "The exchange lets agent %(agent)s in, the link is open; now he"
                " %(state)s.",
                agent=facts.get("agent"),
                state=state,
            ),
        )

    def _cisco_good_event_door(self, facts):
        if facts.get("waiting"):
            return (
                "warning",
                self.env._("The probe came through, but events wait in the queue."),
                self.env._("Check again in a minute; if they stay, see the log."),
            )
        text = self.env._("A probe event came through, its repetition was seen.")
        return self._cisco_clock(facts) or (text,)

    def _cisco_good_cdr(self, facts):
        return self._cisco_folder(facts)

    def _cisco_good_recordings(self, facts):
        return self._cisco_folder(facts)

    def _cisco_folder(self, facts):
        folder, newest = facts.get("folder"), facts.get("newest_seconds")
        if facts.get("refused"):
            return (
                "warning",
                self.env._(
                    "%(folder)s works; %(count)s files were refused, the last:"
                    " %(reason)s",
                    folder=folder,
                    count=facts["refused"],
                    reason=facts.get("last_reason"),
                ),
                self.env._("Look into the folder of refused files."),
            )
        if newest is None:
            return (
                "warning",
                self.env._(
                    "%(folder)s works, but no file has come yet.", folder=folder
                ),
                self.env._("Make a call and check again."),
            )
        text = self.env._(
            "%(folder)s works, the newest file is %(age)s old.",
            folder=folder,
            age=self._cisco_age(newest),
        )
        if newest > STALE:
            return "warning", text, self.env._("Does the exchange still upload?")
        return (text,)

    def _cisco_age(self, seconds):
        minutes = max(0, round(seconds / 60))
        if minutes < 120:
            return self.env._("%(count)s min", count=minutes)
        return self.env._("%(count)s h", count=round(minutes / 60))

    def _cisco_good_mediasense(self, facts):
        return (
            self.env._(
                "Signed in; recordings of the last hour: %(count)s.",
                count=facts.get("sessions"),
            ),
        )

    # What is missing before anything is tried ---

    def _cisco_problems(self):
        """Return sentences about settings that the connector would refuse."""
        self.ensure_one()
        needed = (
            *("cisco_base_url", "cisco_xmpp_host", "cisco_odoo_url"),
            "cisco_spool_folder",
        )
        missing = [name for name in needed if not (self[name] or "").strip()]
        texts = [
            self.env._("“%(field)s” is empty.", field=self._cisco_field_label(name))
            for name in missing
        ]
        if not self._cisco_agents():
            texts.append(self.env._("No operator has an agent and a telephone."))
        return texts + self._cisco_address_problems() + self._cisco_other_problems()

    def _cisco_address_problems(self):
        texts = []
        urls = ("cisco_base_url", "cisco_second_base_url", "cisco_odoo_url")
        for name in (*urls, "cisco_mediasense_url"):
            value = (self[name] or "").strip()
            address = urlsplit(value)
            label = self._cisco_field_label(name)
            if value and address.scheme not in ("http", "https"):
                texts.append(
                    self.env._(
                        "“%(field)s” must begin with http:// or https://.", field=label
                    )
                )
            elif name in urls[:2] and address.scheme == "http":
                if not is_loopback(address.hostname or ""):
                    texts.append(
                        self.env._(
                            "“%(field)s”: without https only on this computer.",
                            field=label,
                        )
                    )
        if self.cisco_second_base_url and not self.cisco_second_xmpp_host:
            label = self._cisco_field_label("cisco_second_xmpp_host")
            texts.append(self.env._("“%(field)s” is empty.", field=label))
        hosts = (self.cisco_xmpp_host, self.cisco_second_xmpp_host)
        if self.cisco_xmpp_tls == "none" and not all(
            is_loopback(host) for host in hosts if host
        ):
            text = self.env._("XMPP without encryption: only on this computer.")
            texts.append(text)
        if self.cisco_transport != "tcp" and self.cisco_xmpp_tls == "starttls":
            text = self.env._("STARTTLS: only for XMPP over TCP.")
            texts.append(text)
        return texts

    def _cisco_other_problems(self):
        texts = []
        for name, field in self._fields.items():
            is_path = name.startswith("cisco_") and name.endswith(
                ("_folder", "_done", "_failed", "_bundle", "_ca")
            )
            value = (self[name] or "").strip() if is_path else ""
            if field.type == "char" and value and not value.startswith("/"):
                label = self._cisco_field_label(name)
                texts.append(
                    self.env._("“%(field)s”: a full path is needed.", field=label)
                )
        if self.cisco_mediasense_url and not self.cisco_recordings_folder:
            texts.append(self.env._("MediaSense needs the folder of recordings."))
        if self.cisco_mediasense_url and not self.cisco_mediasense_user:
            texts.append(self.env._("MediaSense needs its user."))
        try:
            number_variable(self.cisco_number_variable)
        except SettingsError:
            label = self._cisco_field_label("cisco_number_variable")
            texts.append(
                self.env._("“%(field)s” is no name of a call variable.", field=label)
            )
        try:
            ZoneInfo(self.cisco_recorder_zone or "UTC")
        except (ValueError, OSError, KeyError):
            texts.append(self.env._("The recorder's time zone is unknown."))
        try:
            if self.cisco_name_pattern:
                recorder_index.compile_pattern(self.cisco_name_pattern)
        except (recorder_index.PatternError, re.error):
            texts.append(self.env._("The pattern of file names cannot be used."))
        return texts
