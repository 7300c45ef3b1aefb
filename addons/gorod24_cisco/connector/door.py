# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP door on loopback: commands from Odoo, health for the watchman."""

import hmac

from aiohttp import web

MAX_BODY = 64 * 1024


def make_app(token, execute, health):
    """Web application with POST /v1/commands and GET /v1/health.

    Both need ``Authorization: Bearer <token>``. ``execute`` is a coroutine function
    from payload to answer, ``health`` returns a dict.
    """

    @web.middleware
    async def guard(request, handler):
        shown = request.headers.get("Authorization", "")
        scheme, _space, value = shown.partition(" ")
        known = hmac.compare_digest(value.strip().encode(), token.encode())
        if scheme.lower() != "bearer" or not known:
            return _answer(401, "unauthorised", "wrong or missing bearer token")
        return await handler(request)

    async def commands(request):
        try:
            payload = await request.json()
        except ValueError:
            payload = None
        if not isinstance(payload, dict):
            return _answer(400, "bad_request", "a JSON object is expected")
        return web.json_response(await execute(payload))

    async def healthy(_request):
        return web.json_response(health())

    app = web.Application(middlewares=[guard], client_max_size=MAX_BODY)
    app.router.add_post("/v1/commands", commands)
    app.router.add_get("/v1/health", healthy)
    return app


def _answer(status, code, text):
    body = {"ok": False, "code": code, "error": text}
    return web.json_response(body, status=status)
