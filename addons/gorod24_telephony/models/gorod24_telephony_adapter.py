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
)
# On the talk with the colleague: the citizen's call may be over already.
ON_CONSULT = ("end_consult", "retrieve_consult")
TO_NUMBER = ("transfer", "consult")
TONES = re.compile(r"[0-9*#]{1,32}")
# What the exchange has lists of reasons for.
CATEGORIES = ("not_ready", "wrap_up")


class TelephonyAdapter(models.AbstractModel):
    """The neutral side of every command to the telephone exchange.

    An addon of a real exchange overrides ``_send_command`` and nothing else.
    """

    _name = "gorod24.telephony.adapter"
    _description = "Commands to the telephone exchange"

    @api.model
    def command(self, name, **params):
        """Ask the exchange to do something with the telephone of the current user.

        :param name: dial (number, informing_id=None, callback_id=None); answer, hold,
            retrieve, drop, complete_transfer, conference (call_id); end_consult,
            retrieve_consult (call_id=None); transfer, consult (call_id, number);
            send_dtmf (call_id, digits, consult=False: True presses the keys in the
            talk with the colleague); wrap_up (call_id, reason); ready; not_ready
            (reason=None).
        :return: dict(accepted, request_id, …): accepted by the exchange, not yet done;
            what happens comes as events. With "unconfirmed" the exchange has not said
            yes in time, and "warning" says so in the operator's language.
        :raises UserError: in the operator's language, when it cannot be done.
        """
        self._check_user()
        prepare = {"dial": self._prepare_dial}
        prepare.update(dict.fromkeys(ON_CALL, self._prepare_on_call))
        prepare.update(dict.fromkeys(TO_NUMBER, self._prepare_to_number))
        prepare.update(dict.fromkeys(ON_CONSULT, self._prepare_on_consult))
        prepare["send_dtmf"] = self._prepare_tones
        prepare["wrap_up"] = self._prepare_wrap_up
        prepare["ready"] = self._prepare_ready
        prepare["not_ready"] = self._prepare_not_ready
        if name not in prepare:
            raise UserError(self.env._("The command “%(name)s” is unknown.", name=name))
        payload = self._payload(name)
        payload.update(prepare[name](payload["request_id"], **params))
        self.env.flush_all()
        answer = self._send_command(payload) or {}
        return {"accepted": True, "request_id": payload["request_id"], **answer}

    @api.model
    def _told(self, answer):
        """Return the notice of what became of a dialling that ``command`` accepted."""
        warning = answer.get("warning")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if warning else "info",
                "message": warning or self.env._("Dialling. Lift the receiver."),
            },
        }

    @api.model
    def reason_codes(self, category="not_ready"):
        """Return the exchange's reasons for not being ready, or of the wrap-up.

        :param category: not_ready or wrap_up.
        :return: list of dict(id, label); empty when the exchange has no such list or
            cannot be asked now: the operator goes on without a reason.
        """
        self._check_user()
        if category not in CATEGORIES:
            raise UserError(self.env._("There is no such list of reasons."))
        try:
            answer = self._send_command(
                dict(self._payload("reason_codes"), category=category)
            )
        except UserError:
            return []
        found = (answer or {}).get("reasons") or []
        return [
            {"id": str(reason["id"]), "label": str(reason["label"])}
            for reason in found
            if isinstance(reason, dict) and {"id", "label"} <= set(reason)
        ]

    @api.model
    def line_state(self):
        """Return what the exchange alone knows of the user's telephone now.

        :return: dict(known=False) when it cannot be asked; else dict(known=True,
            pending_state: state that waits for the end of the call or "", consult:
            dict(number, state: ringing, talking or held) of the talk with a colleague
            about a call, or False).
        """
        self._check_user()
        try:
            answer = self._send_command(self._payload("line_state")) or {}
        except UserError:
            answer = {}
        line = answer.get("line")
        if not isinstance(line, dict):
            return {"known": False}
        consult = line.get("consult")
        return {
            "known": True,
            "pending_state": str(line.get("pending_state") or ""),
            "consult": isinstance(consult, dict)
            and {
                "number": str(consult.get("number") or ""),
                "state": str(consult.get("state") or "talking"),
            },
        }

    @api.model
    def _has_conference(self):
        """Can the exchange join the citizen and a colleague in one talk? Hook."""
        return False

    @api.model
    def colleagues(self):
        """Return whom a call may be handed over to: list of dict(name, extension)."""
        self._check_user()
        # Names and extensions of the hotline's own staff, which its operators know.
        users = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("telephony_extension", "!=", False),
                    ("telephony_agent_id", "!=", False),
                    ("id", "!=", self.env.uid),
                ],
                order="name",
                limit=50,
            )
        )
        return [
            {"name": user.name, "extension": user.telephony_extension} for user in users
        ]

    def _payload(self, name):
        user = self.env.user
        return {
            "command": name,
            "agent_id": user.telephony_agent_id,
            "extension": user.telephony_extension or "",
            "request_id": str(uuid.uuid4()),
        }

    @api.model
    def _send_command(self, payload):
        """Hand the command to the exchange. Hook of the adapters.

        :param payload: dict(command, agent_id, extension, request_id; number: digits
            to dial; dialog_id: the exchange's name of the call; dialog_ids: all such
            names, one of which is at this telephone; digits: tones to send; consult:
            the talk with the colleague is meant;
            reason: id of a reason of the exchange; category: of ``reason_codes``).
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

    def _prepare_dial(
        self, request_id, number=None, informing_id=None, callback_id=None
    ):
        informing = self.env["gorod24.informing"].browse(informing_id or ())
        callback = self.env["gorod24.callback"].browse(callback_id or ())
        (informing or callback).check_access("read")
        if callback:
            callback._check_hours()
            callback._check_holder()
        number = number or informing.phone_e164 or callback.number_e164
        e164, inner, digits = self._understand(number)
        if informing or callback:
            # Two operators never ring the same citizen.
            self.env["gorod24.informing.lease"]._check_mine([e164])
        self._check_may_call(e164, informing.partner_id or callback.partner_id)
        # Users do not write the list of dialled numbers; this is their own entry.
        self.env["gorod24.call.dial"].sudo().create(
            {
                "user_id": self.env.uid,
                "number": e164 or inner,
                "informing_id": informing.id,
                "callback_id": callback.id,
                "request_id": request_id,
            }
        )
        return {"number": digits}

    def _understand(self, number):
        """Return (E.164 or None, internal number or "", digits to dial)."""
        raw = (number or "").strip()
        e164 = self.env["gorod24.phone"]._normalise(raw)
        # An internal number is dialled as it is; anything else must be understood.
        is_inner = not e164 and raw.isdigit() and len(raw) <= self._inner_digits()
        inner = raw if is_inner else ""
        digits = self._digits(e164 or inner)
        if not digits:
            raise UserError(
                self.env._("“%(number)s” is not a number to dial.", number=raw)
            )
        return e164, inner, digits

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
            outside_prefix=setting("gorod24_telephony.outside_prefix", "9").strip(),
            trunk=setting("gorod24_telephony.trunk_prefix", "8").strip(),
            inner=self._inner_digits(),
        )

    def _inner_digits(self):
        """Return how many digits an internal number has at most."""
        # Reading settings: no personal data behind this sudo.
        setting = self.env["ir.config_parameter"].sudo().get_param
        value = setting("gorod24_telephony.inner_digits", "5")
        return int(value) if value.isdigit() else 5

    def _call(self, call_id):
        """Return the call the screen means, merged into another perhaps."""
        return self.env["gorod24.call"]._now_known_as(call_id)

    def _prepare_on_call(self, request_id, call_id=None):
        # Only a call that is now at the user's own telephone is looked for.
        leg = (
            self.env["gorod24.call.leg"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("state", "!=", "ended"),
                    ("call_id", "=", self._call(call_id).id),
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
        _e164, _inner, digits = self._understand(number)
        return dict(self._prepare_on_call(request_id, call_id), number=digits)

    def _prepare_on_consult(self, request_id, call_id=None):
        """The exchange knows the talk with the colleague: there is at most one."""
        return {"consult": True}

    def _prepare_tones(self, request_id, call_id=None, digits=None, consult=False):
        if not TONES.fullmatch(digits or ""):
            raise UserError(self.env._("Tones are digits, “*” and “#” only."))
        if consult:
            return dict(self._prepare_on_consult(request_id), digits=digits)
        return dict(self._prepare_on_call(request_id, call_id), digits=digits)

    def _prepare_wrap_up(self, request_id, call_id=None, reason=None):
        """The reason is told of a call that may be over already."""
        call = self._call(call_id)
        # Names of the call at the exchange; whose call it is, is checked.
        dialogs = call.sudo().ref_ids.filtered(lambda ref: ref.kind == "dialog")
        if not (dialogs and call._is_taken_by(self.env.user) and reason):
            raise UserError(self.env._("Choose the call and the reason."))
        return {
            "dialog_id": dialogs[-1].value,
            "dialog_ids": dialogs.mapped("value"),
            "reason": str(reason)[:64],
        }

    def _prepare_ready(self, request_id):
        return {}

    def _prepare_not_ready(self, request_id, reason=None):
        return {"reason": str(reason)[:64]} if reason else {}
