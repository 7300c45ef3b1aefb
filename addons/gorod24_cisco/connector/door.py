# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP door on loopback: commands from Odoo, health for the watchman and Prometheus."""

import base64
import binascii
import hmac

from aiohttp import web

from . import metrics

MAX_BODY = 64 * 1024


def make_app(token, execute, health, mediasense=None, checks=None):
    """Web application: POST /v1/commands, GET /v1/health, /metrics, and a page at /.

    With ``checks`` the setup of Odoo asks, too: GET /v1/settings, POST /v1/checks and
    /v1/calibration.

    All need the token: ``Authorization: Bearer <token>``, or as the password of any
    user for a browser. ``execute`` is a coroutine function from payload to answer,
    ``health`` returns a dict. MediaSense cannot show headers: its events come to
    /mediasense/<token> (through a proxy, this door is on loopback only).
    """

    async def commands(request):
        return await _with_payload(request, execute)

    async def healthy(_request):
        return web.json_response(health())

    async def recorded(request):
        reason = mediasense.take_event(await request.read())
        return _answer(400, "bad_request", reason) if reason else web.Response()

    async def measured(_request):
        text = metrics.prometheus(health())
        return web.Response(text=text, content_type="text/plain")

    async def shown_page(_request):
        return web.Response(text=metrics.page(health()), content_type="text/html")

    app = web.Application(middlewares=[_guard(token)], client_max_size=MAX_BODY)
    app.router.add_post("/v1/commands", commands)
    app.router.add_get("/v1/health", healthy)
    app.router.add_get("/metrics", measured)
    if mediasense is not None:
        app.router.add_post("/mediasense/{token}", recorded)
    app.router.add_get("/", shown_page)
    if checks is not None:
        _add_checks(app, checks)
    return app


def _add_checks(app, checks):
    """What the setup asks: the running settings, a check of a link, the calibration."""

    async def settings(_request):
        return web.json_response({"ok": True, "settings": checks.settings()})

    async def check(request):
        return await _with_payload(request, checks.check)

    async def calibration(request):
        return await _with_payload(request, checks.calibrate)

    app.router.add_get("/v1/settings", settings)
    app.router.add_post("/v1/checks", check)
    app.router.add_post("/v1/calibration", calibration)


async def _with_payload(request, work):
    """Answer of the coroutine function ``work`` for the JSON object of the request."""
    try:
        payload = await request.json()
    except ValueError:
        payload = None
    if not isinstance(payload, dict):
        return _answer(400, "bad_request", "a JSON object is expected")
    return web.json_response(await work(payload))


def _guard(token):
    """Middleware that lets in only those who show the token."""

    @web.middleware
    async def guard(request, handler):
        shown = request.match_info.get("token")
        if shown is None:
            shown = _shown_token(request.headers.get("Authorization", ""))
        if not hmac.compare_digest(shown.encode(), token.encode()):
            answer = _answer(401, "unauthorised", "wrong or missing token")
            answer.headers["WWW-Authenticate"] = 'Basic realm="gorod24"'
            return answer
        return await handler(request)

    return guard


def _shown_token(header):
    """The token a request shows, as a bearer or as a password; '' for none."""
    scheme, _space, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            text = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return ""
        return text.partition(":")[2]
    return ""


def _answer(status, code, text):
    body = {"ok": False, "code": code, "error": text}
    return web.json_response(body, status=status)
