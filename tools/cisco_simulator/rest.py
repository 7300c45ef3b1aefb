# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Subset of the Finesse REST interface: Basic auth, XML, asynchronous outcome."""

import base64
import binascii
import hmac
import secrets
from xml.etree import ElementTree

from aiohttp import web

from . import documents
from .exchange import Refusal

BASE = "/finesse/api"
ACTS = {"ANSWER": "answer", "HOLD": "hold", "RETRIEVE": "retrieve"}
REASONS = {"12": "Обед", "13": "Технический перерыв"}
WRAP_UPS = ("Консультация", "Принято обращение", "Ошиблись номером")
STATES = ("READY", "NOT_READY", "LOGIN", "LOGOUT")


def _xml(body, status=200, **headers):
    return web.Response(
        text=body, status=status, content_type="application/xml", headers=headers
    )


def _refused(refusal):
    return _xml(documents.error_body(refusal.kind, str(refusal)), refusal.status)


class Rest:
    """Handlers of one exchange."""

    def __init__(self, exchange, node=1):
        self.exchange = exchange
        self.node = node

    def routes(self):
        """Routes below /finesse/api."""
        user = BASE + "/User/{id}"
        return [
            web.get(BASE + "/SystemInfo", self.system),
            web.get(user, self._guard(self.get_user)),
            web.put(user, self._guard(self.put_user)),
            web.get(user + "/ReasonCodes", self._guard(self.get_reasons)),
            web.get(user + "/WrapUpReasons", self._guard(self.get_wrap_ups)),
            web.get(user + "/Dialogs", self._guard(self.get_dialogs)),
            web.post(user + "/Dialogs", self._guard(self.post_dialog)),
            web.get(BASE + "/Dialog/{id}", self._guard(self.get_dialog)),
            web.put(BASE + "/Dialog/{id}", self._guard(self.put_dialog)),
        ]

    def _guard(self, handler):
        async def guarded(request):
            if self.exchange.nodes[self.node] != "IN_SERVICE":
                return _refused(Refusal(503, "Service Unavailable", "out of service"))
            agent = self._who(request)
            if agent is None:
                answer = _refused(
                    Refusal(401, "Authorization Failure", "unknown login or password")
                )
                answer.headers["WWW-Authenticate"] = 'Basic realm="Cisco Finesse"'
                return answer
            try:
                if "/User/" in request.path and request.match_info["id"] != agent.id:
                    raise Refusal(
                        401, "Invalid Authorization User Specified", "not your user"
                    )
                return await handler(request, agent)
            except Refusal as refusal:
                return _refused(refusal)

        return guarded

    def _who(self, request):
        scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
        try:
            text = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
        login, _colon, password = text.partition(":")
        agent = self.exchange.agents.get(login)
        if scheme.lower() != "basic" or agent is None:
            return None
        good = hmac.compare_digest(password.encode(), agent.password.encode())
        return agent if good else None

    async def system(self, request):
        if "Authorization" in request.headers and self._who(request) is None:
            return _refused(
                Refusal(401, "Authorization Failure", "unknown login or password")
            )
        domain = self.exchange.settings.domain
        node = documents.element("host", domain)
        body = documents.element(
            "SystemInfo",
            documents.shuffled(
                documents.element("status", self.exchange.nodes[self.node]),
                documents.element("deploymentType", "UCCX"),
                documents.element("xmppDomain", domain),
                documents.element("xmppPubSubDomain", f"pubsub.{domain}"),
                documents.element("primaryNode", node, raw=True),
                documents.element("secondaryNode", node, raw=True),
                documents.element("uri", f"{BASE}/SystemInfo"),
            ),
            raw=True,
        )
        return _xml(body)

    async def get_user(self, _request, agent):
        return _xml(documents.user(agent))

    async def get_dialogs(self, _request, agent):
        calls = self.exchange.open_calls(agent)
        if agent.id in self.exchange.forgetful:
            self.exchange.forgetful.discard(agent.id)
            calls = []
        told = [call for call in calls if call.party(agent).state]
        body = "".join(documents.dialog(call) for call in told)
        return _xml(documents.element("Dialogs", body, raw=True))

    async def get_dialog(self, request, _agent):
        return _xml(documents.dialog(self.exchange.call(request.match_info["id"])))

    async def put_user(self, request, agent):
        fields = await _fields(request)
        state = fields.get("state", "")
        if state not in STATES:
            raise Refusal(400, "Invalid Input", "state")
        request_id = secrets.token_hex(8)
        try:
            reason = fields.get("reasonCodeId", "")
            self.exchange.change_state(agent, state, request_id, reason)
        except Refusal as refusal:
            self.exchange.tell_error(agent, refusal.kind, str(refusal), 22, request_id)
        return _accepted(request_id)

    async def post_dialog(self, request, agent):
        fields = await _fields(request)
        if fields.get("requestedAction") != "MAKE_CALL":
            raise Refusal(400, "Invalid Input", "requestedAction")
        number = fields.get("toAddress", "")
        if not number:
            raise Refusal(400, "Parameter Missing", "toAddress")
        if number == fields.get("fromAddress"):
            raise Refusal(400, "Invalid Destination", "toAddress")
        if "mediaProperties" in fields:
            raise Refusal(400, "Invalid Input", "mediaProperties")
        if fields.get("fromAddress") != agent.extension:
            raise Refusal(400, "Invalid Input", "fromAddress")
        request_id = secrets.token_hex(8)
        if agent.state == "LOGOUT" or self.exchange.open_calls(agent):
            self.exchange.tell_error(
                agent, "Call Operation Failure", "CF_INVALID_CALL_STATE", 33, request_id
            )
        else:
            self.exchange.dial(agent, number, request_id)
        return _accepted(request_id)

    async def put_dialog(self, request, agent):
        fields = await _fields(request)
        action = fields.get("requestedAction")
        call = self.exchange.call(request.match_info["id"])
        if all(party.agent is not agent for party in call.parties):
            raise Refusal(401, "Invalid Authorization User Specified", "dialog")
        if (
            action != "UPDATE_CALL_DATA"
            and fields.get("targetMediaAddress") != agent.extension
        ):
            raise Refusal(400, "Invalid Input", "targetMediaAddress")
        request_id = secrets.token_hex(8)
        try:
            self._act(action, call, agent, fields, request_id)
        except Refusal as refusal:
            if refusal.kind == "Invalid Input":
                raise
            code = str(refusal)
            code = code if code.startswith("CF_") else "CF_INVALID_CALL_STATE"
            self.exchange.tell_error(
                agent, "Call Operation Failure", code, 33, request_id
            )
        return _accepted(request_id)

    def _act(self, action, call, agent, fields, request_id):
        exchange = self.exchange
        if action == "DROP":
            if call.party(agent).state == "ALERTING":
                raise Refusal(400, "Invalid State", "CF_INVALID_CALL_STATE")
            if call.extra:
                exchange.leave(call, agent, request_id)
            else:
                exchange.end(call, "agent", request_id)
        elif action in ACTS:
            getattr(exchange, ACTS[action])(call, request_id, agent=agent)
        elif action == "CONSULT_CALL":
            exchange.consult(call, agent, fields.get("toAddress", ""), request_id)
        elif action == "TRANSFER_SST":
            number = fields.get("toAddress", "")
            exchange.transfer_blind(call, agent, number, request_id)
        elif action in ("TRANSFER", "CONFERENCE"):
            exchange.complete(agent, action, request_id)
        elif action == "SEND_DTMF":
            exchange.send_tones(call, agent, fields.get("dtmfString", ""))
        elif action == "UPDATE_CALL_DATA":
            call.wrap_up = fields.get("wrapUpReason", call.wrap_up)
            exchange.tell(call, "PUT", request_id)
        else:
            raise Refusal(400, "Invalid Input", "requestedAction")

    async def get_reasons(self, request, _agent):
        category = request.query.get("category", "NOT_READY")
        codes = REASONS if category == "NOT_READY" else {}
        body = "".join(
            documents.element(
                "ReasonCode",
                documents.shuffled(
                    documents.element("uri", f"{BASE}/ReasonCode/{number}"),
                    documents.element("category", category),
                    documents.element("code", number),
                    documents.element("label", label),
                    documents.element("forAll", "true"),
                ),
                raw=True,
            )
            for number, label in codes.items()
        )
        return _xml(documents.element("ReasonCodes", body, raw=True))

    async def get_wrap_ups(self, _request, _agent):
        body = "".join(
            documents.element(
                "WrapUpReason", documents.element("label", label), raw=True
            )
            for label in WRAP_UPS
        )
        return _xml(documents.element("WrapUpReasons", body, raw=True))


def _accepted(request_id):
    return web.Response(status=202, headers={"requestId": request_id})


async def _fields(request):
    """Direct children of the body's root as a dict. Raises Refusal 400."""
    text = await request.text()
    if "<!" in text:
        raise Refusal(400, "Bad Request", "declarations are refused")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError as error:
        raise Refusal(400, "Bad Request", "not XML") from error
    fields = {item.tag: (item.text or "").strip() for item in root}
    fields |= {
        item.tag: (item.text or "").strip() for item in root.iter("wrapUpReason")
    }
    for param in root.iter("ActionParam"):
        fields[param.findtext("name", "")] = param.findtext("value", "")
    return fields
