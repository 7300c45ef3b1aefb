# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
import uuid

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..conversation import dial_digits

ON_CALL = (
    "answer",
    "hold",
    "retrieve",
    "drop",
    "complete_transfer",
    "conference",
    "end_consult",
)
TO_NUMBER = ("transfer", "consult")
OF_AGENT = ("ready", "reason_codes", "wrap_up_reasons")
DTMF_LIMIT = 32


class TelephonyAdapter(models.AbstractModel):
    """The neutral side of every command to the telephone exchange.

    An addon of a real exchange overrides ``_send_command`` and nothing else.
    """

    _name = "gorod24.telephony.adapter"
    _description = "Commands to the telephone exchange"

    @api.model
    def command(self, name, **params):
        """Ask the exchange to do something with the telephone of the current user.

        :param name: dial (number, informing_id=None); answer, hold, retrieve, drop,
            complete_transfer, conference, end_consult (call_id); transfer, consult
            (call_id, number): blind, or after asking a colleague; send_dtmf (call_id,
            digits); wrap_up (call_id, reason); ready, not_ready (reason=None: id of
            reason_codes); reason_codes, wrap_up_reasons: lists of the exchange.
        :return: dict(accepted, request_id, …): accepted by the exchange, not yet done;
            what happens comes as events. reason_codes adds ``reasons``: list of
            dict(id, label); wrap_up_reasons adds ``labels``: list of texts; consult
            adds ``dialog_id`` of the talk with the colleague.
        :raises UserError: in the operator's language, when it cannot be done.
        """
        self._check_user()
        prepare = {"dial": self._prepare_dial}
        prepare.update(dict.fromkeys(ON_CALL, self._prepare_on_call))
        prepare.update(dict.fromkeys(TO_NUMBER, self._prepare_to_number))
        prepare.update(dict.fromkeys(OF_AGENT, self._prepare_of_agent))
        prepare.update(
            send_dtmf=self._prepare_dtmf,
            wrap_up=self._prepare_wrap_up,
            not_ready=self._prepare_not_ready,
        )
        if name not in prepare:
            raise UserError(self.env._("The command “%(name)s” is unknown.", name=name))
        user = self.env.user
        payload = {
            "command": name,
            "agent_id": user.telephony_agent_id,
            "extension": user.telephony_extension or "",
            "request_id": str(uuid.uuid4()),
        }
        payload.update(prepare[name](payload["request_id"], **params))
        self.env.flush_all()
        answer = self._send_command(payload) or {}
        return {"accepted": True, "request_id": payload["request_id"], **answer}

    @api.model
    def _send_command(self, payload):
        """Hand the command to the exchange. Hook of the adapters.

        :param payload: dict(command, agent_id, extension, request_id; number: digits
            to dial; dialog_id: the exchange's name of the call; dialog_ids: all such
            names, of which one is at this telephone; digits; reason).
        :return: dict added to the answer, or None.
        :raises UserError: when the exchange cannot be reached or refuses.
        """
        raise UserError(
            self.env._(
                "The telephone exchange is not connected. Use the telephone by hand."
            )
        )

    def _check_user(self):
        user = self.env.user
        if not user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("Only operators may use the telephone."))
        if not user.telephony_agent_id:
            raise UserError(
                self.env._(
                    "No telephone is assigned to you. Ask the administrator to fill in"
                    " “Agent of the call centre” in your user."
                )
            )

    def _prepare_dial(self, request_id, number=None, informing_id=None):
        informing = self.env["gorod24.informing"].browse(informing_id or ())
        informing.check_access("read")
        digits, e164, inner = self._to_dial(number or informing.phone_e164)
        self._check_may_call(e164, informing.partner_id)
        # Users do not write the list of dialled numbers; this is their own entry.
        self.env["gorod24.call.dial"].sudo().create(
            {
                "user_id": self.env.uid,
                "number": e164 or inner,
                "informing_id": informing.id,
                "request_id": request_id,
            }
        )
        return {"number": digits}

    def _to_dial(self, number):
        """Return (digits to dial, E.164, internal number) of what a person wrote.

        :raises UserError: when it is no number.
        """
        raw = (number or "").strip()
        e164 = self.env["gorod24.phone"]._normalise(raw)
        # An internal number is dialled as it is; anything else must be understood.
        inner = raw if raw.isdigit() and len(raw) <= 5 else ""
        digits = self._digits(e164 or inner)
        if not digits:
            raise UserError(
                self.env._("“%(number)s” is not a number to dial.", number=raw)
            )
        return digits, e164, inner

    def _check_may_call(self, e164, partner):
        """Refuse a number at which the person asked not to be called.

        :param partner: who is to be told something; without him the number is
            refused when nobody who has it wants to be called
        """
        phones = self.env["gorod24.phone"].search([("e164", "=", e164)])
        phones = phones.filtered(lambda phone: phone.partner_id == partner) or phones
        if phones and all(phones.mapped("do_not_call")):
            raise UserError(
                self.env._(
                    "%(number)s: the person asked not to be called at this number.",
                    number=phones[0].display_name,
                )
            )

    def _digits(self, number):
        # Reading settings: no personal data behind this sudo.
        setting = self.env["ir.config_parameter"].sudo().get_param
        return dial_digits(
            number,
            outside_prefix=setting("gorod24_telephony.outside_prefix", "9"),
            trunk=setting("gorod24_telephony.trunk_prefix", "8"),
        )

    def _prepare_on_call(self, request_id, call_id=None):
        # Only a call that is now at the user's own telephone is looked for.
        leg = (
            self.env["gorod24.call.leg"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("state", "!=", "ended"),
                    ("call_id", "=", call_id),
                ],
                limit=1,
            )
        )
        if not leg:
            raise UserError(self.env._("This call is no longer at your telephone."))
        dialogs = leg.call_id.ref_ids.filtered(lambda ref: ref.kind == "dialog")
        if not dialogs:
            raise UserError(
                self.env._("The exchange did not name this call. Use the telephone.")
            )
        vals = {"dialog_id": dialogs[-1].value, "dialog_ids": dialogs.mapped("value")}
        if leg.extension:
            vals["extension"] = leg.extension
        return vals

    def _prepare_to_number(self, request_id, call_id=None, number=None):
        vals = self._prepare_on_call(request_id, call_id)
        digits, _e164, _inner = self._to_dial(number)
        return dict(vals, number=digits)

    def _prepare_dtmf(self, request_id, call_id=None, digits=None):
        digits = str(digits or "")
        if not re.fullmatch(f"[0-9*#]{{1,{DTMF_LIMIT}}}", digits):
            raise UserError(self.env._("Only digits, * and # can be sent as tones."))
        return dict(self._prepare_on_call(request_id, call_id), digits=digits)

    def _prepare_wrap_up(self, request_id, call_id=None, reason=None):
        vals = self._prepare_on_call(request_id, call_id)
        return dict(vals, reason=str(reason or ""))

    def _prepare_not_ready(self, request_id, reason=None):
        return {"reason": str(reason)} if reason else {}

    def _prepare_of_agent(self, request_id):
        return {}
