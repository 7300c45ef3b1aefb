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
STATES = ("READY", "NOT_READY", "LOGIN", "LOGOUT")


def _xml(body, status=200, **headers):
    return web.Response(
        text=body, status=status, content_type="application/xml", headers=headers
    )


def _refused(refusal):
    return _xml(documents.error_body(refusal.kind, str(refusal)), refusal.status)


class Rest:
    """Handlers of one exchange."""

    def __init__(self, exchange):
        self.exchange = exchange

    def routes(self):
        """Routes below /finesse/api."""
        user = BASE + "/User/{id}"
        return [
            web.get(BASE + "/SystemInfo", self.system),
            web.get(user, self._guard(self.get_user)),
            web.put(user, self._guard(self.put_user)),
            web.get(user + "/Dialogs", self._guard(self.get_dialogs)),
            web.post(user + "/Dialogs", self._guard(self.post_dialog)),
            web.get(BASE + "/Dialog/{id}", self._guard(self.get_dialog)),
            web.put(BASE + "/Dialog/{id}", self._guard(self.put_dialog)),
        ]

    def _guard(self, handler):
        async def guarded(request):
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

    async def system(self, _request):
        domain = self.exchange.settings.domain
        node = documents.element("host", domain)
        body = documents.element(
            "SystemInfo",
            documents.shuffled(
                documents.element("status", "IN_SERVICE"),
                documents.element("deploymentType", "UCCX"),
                documents.element("xmppDomain", domain),
                documents.element("xmppPubSubDomain", f"pubsub.{domain}"),
                documents.element("primaryNode", node, raw=True),
                documents.element("uri", f"{BASE}/SystemInfo"),
            ),
            raw=True,
        )
        return _xml(body)

    async def get_user(self, _request, agent):
        return _xml(documents.user(agent))

    async def get_dialogs(self, _request, agent):
        calls = self.exchange.open_calls(agent)
        told = [call for call in calls if call.near.state]
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
            self.exchange.change_state(agent, state, request_id)
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
        call = self.exchange.call(request.match_info["id"])
        if call.agent is not agent:
            raise Refusal(401, "Invalid Authorization User Specified", "dialog")
        if fields.get("targetMediaAddress") != agent.extension:
            raise Refusal(400, "Invalid Input", "targetMediaAddress")
        action, request_id = fields.get("requestedAction"), secrets.token_hex(8)
        try:
            if action == "DROP":
                if call.near.state == "ALERTING":
                    raise Refusal(400, "Invalid State", "CF_INVALID_CALL_STATE")
                self.exchange.end(call, "agent", request_id)
            elif action in ACTS:
                getattr(self.exchange, ACTS[action])(call, request_id)
            else:
                raise Refusal(400, "Invalid Input", "requestedAction")
        except Refusal as refusal:
            if refusal.kind == "Invalid Input":
                raise
            self.exchange.tell_error(
                agent, "Call Operation Failure", "CF_INVALID_CALL_STATE", 33, request_id
            )
        return _accepted(request_id)


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
    return {item.tag: (item.text or "").strip() for item in root}
