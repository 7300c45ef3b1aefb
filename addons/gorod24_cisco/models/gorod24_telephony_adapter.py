# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import os
import re

import requests

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import config

_logger = logging.getLogger(__name__)
TIMEOUT = 3  # seconds; the connector itself waits 2.5 for the exchange


class TelephonyAdapter(models.AbstractModel):
    """Commands go to the connector process, which speaks with Cisco Finesse."""

    _inherit = "gorod24.telephony.adapter"

    def _send_command(self, payload):
        """Post ``payload`` to the connector and return what it found out.

        :return: dict(dialog_id=…) or dict(agent_state=…); dict(unconfirmed=True,
            warning=…) when the exchange may well be doing it: a refusal would undo
            here what goes on there.
        :raises UserError: when the connector is away or the exchange refuses.
        """
        url, token = self._connector_option("url"), self._connector_option("token")
        if not url or not token:
            return super()._send_command(payload)
        try:
            response = requests.post(
                f"{url.rstrip('/')}/v1/commands",
                json=payload,
                headers={"Authorization": f"Bearer {token}"},
                timeout=TIMEOUT,
            )
            answer = response.json()
        except requests.ReadTimeout:
            # The connector has the command; what became of it comes as events.
            _logger.warning("Command %s: no answer in time", payload.get("command"))
            return self._unconfirmed()
        except (requests.RequestException, ValueError) as error:
            _logger.warning("Cisco connector not reached: %s", type(error).__name__)
            raise UserError(self._command_error("connector")) from error
        if not isinstance(answer, dict) or not answer.get("ok"):
            answer = answer if isinstance(answer, dict) else {}
            code = str(answer.get("code") or "")
            if code == "unconfirmed":
                return self._unconfirmed()
            _logger.warning("Command %s failed: %s", payload.get("command"), code)
            raise UserError(
                self._command_error(code, answer.get("error"), answer.get("reason"))
            )
        return {key: answer[key] for key in answer if key != "ok"}

    def _has_conference(self):
        url, token = self._connector_option("url"), self._connector_option("token")
        return bool(url and token) or super()._has_conference()

    def _unconfirmed(self):
        return {"unconfirmed": True, "warning": self._command_error("unconfirmed")}

    def _connector_option(self, name):
        """Setting of the connector: environment first, then the server's file."""
        name = f"gorod24_connector_{name}"
        return os.environ.get(name.upper()) or config.get(name) or ""

    def _command_error(self, code, detail=None, reason=None):
        """Sentence for the operator about the failure ``code``.

        :param code: our own code or an error type of Finesse.
        :param detail: text of the exchange, shown when the code is unknown.
        :param reason: the exchange's finer code (CF_…, 88004), told first when known.
        """
        known = self._exchange_reasons()
        if reason in known:
            return known[reason]
        if re.fullmatch(r"88\d{3}", reason or ""):
            return self.env._(
                "A fault of the operator's telephone (%(code)s). Check the set and tell"
                " the administrator.",
                code=reason,
            )
        code = code or ""
        if code == "HTTP 503":
            code = "Service Unavailable"
        known = self._own_errors() | self._finesse_errors()
        if code in known:
            return known[code]
        # The exchange's own words are for the administrator, to whom they are told.
        return self.env._(
            "The telephone exchange refused, for a reason that this program does not"
            " know. Use the telephone by hand and tell the administrator (%(error)s).",
            error=detail or code or "?",
        )

    def _own_errors(self):
        """Sentences for the codes of our own connector."""
        return {
            "connector": self.env._(
                "No connection with the telephone exchange. Use the telephone by hand"
                " and tell the administrator."
            ),
            "unauthorised": self.env._(
                "The connector does not accept our key. Tell the administrator."
            ),
            "unknown_agent": self.env._(
                "Your agent number is not set up in the connector. Tell the"
                " administrator."
            ),
            "bad_request": self.env._(
                "The exchange cannot carry out such a command: check the number."
            ),
            "unknown_command": self.env._(
                "The connector is older than this program and does not know the"
                " command. Tell the administrator."
            ),
            "no_call": self.env._("There is no such call at your telephone now."),
            "unreachable": self.env._(
                "The telephone exchange does not answer. Use the telephone by hand."
            ),
            "unconfirmed": self.env._(
                "The exchange accepted the command but has not confirmed it. Look at"
                " the telephone."
            ),
        }

    def _finesse_errors(self):
        """Sentences for the error types of Finesse."""
        return self._errors_of_call() | self._errors_of_exchange()

    def _errors_of_call(self):
        """What is the matter with the call, the number or the telephone."""
        over = self.env._("This call is already over.")
        return {
            "Dialog Not Found": over,
            "Not Found": over,
            "Invalid Destination": self.env._("This number cannot be dialled."),
            "Invalid State": self.env._(
                "The telephone is in a state in which this is not possible."
            ),
            "Invalid Device": self.env._(
                "The exchange does not know the operator's extension. Tell the"
                " administrator."
            ),
            "Invalid Input": self.env._(
                "The exchange does not accept this: check the number or the reason."
            ),
        }

    def _errors_of_exchange(self):
        """What is the matter with the exchange or the operator's rights there."""
        password = self.env._(
            "The exchange does not accept the operator's password. Tell the"
            " administrator."
        )
        misunderstood = self.env._(
            "The exchange did not understand the command. Use the telephone by hand and"
            " tell the administrator."
        )
        forbidden = self.env._(
            "The exchange does not let the operator do this. Tell the administrator."
        )
        broken = self.env._(
            "A fault at the telephone exchange. Use the telephone by hand; try again in"
            " a minute."
        )
        return {
            "User Not Found": self.env._(
                "The exchange does not know your agent number. Tell the administrator."
            ),
            "Authorization Failure": password,
            "Invalid Authorization User Specified": password,
            "Invalid Supervisor": forbidden,
            "Forbidden": forbidden,
            "Bad Request": misunderstood,
            "Parameter Missing": misunderstood,
            "Generic Error": broken,
            "Internal Server Error": broken,
            "Not Implemented": self.env._("The exchange cannot do this."),
            "Service Unavailable": self.env._(
                "The telephone exchange is out of service. Use the telephone by hand;"
                " it will be back by itself."
            ),
        }

    def _exchange_reasons(self):
        """Sentences for the finer codes of the exchange."""
        away = self.env._("The operator's telephone is out of service. Check the set.")
        state = self.env._("The telephone is in a state in which this is not possible.")
        number = self.env._("This number cannot be dialled.")
        return {
            "CF_RESOURCE_OUT_OF_SERVICE": away,
            "88004": away,
            "88005": self.env._("The operator's telephone is busy with another call."),
            "CF_INVALID_CALL_STATE": state,
            "CF_INVALID_OBJECT_STATE": state,
            "CF_INVALID_AGENT_WORKMODE": state,
            "CF_INVALID_CALLED_DEVICE": number,
            "CF_INVALID_DESTINATION": number,
            "CF_CALLED_PARTY_BUSY": self.env._("The colleague's telephone is busy."),
            "CF_NO_ACTIVE_CALL": self.env._("This call is already over."),
            "CF_INVALID_LOGON_DEVICE_SPECIFIED": self.env._(
                "The exchange does not know the operator's extension. Tell the"
                " administrator."
            ),
        }
