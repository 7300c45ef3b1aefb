# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging
import time

import psycopg2

from odoo import SUPERUSER_ID
from odoo.http import Controller, request, route
from odoo.tools import SQL

from ..door_api import RateLimit

_logger = logging.getLogger(__name__)
MAX_BYTES = 4096
# A script of UCCX waits a second; an answer without the person is better than none.
PATIENCE_MS = 700
LIMIT = RateLimit()
# Access logs keep what stands in the address line.
USE_POST = "POST the number; GET must be allowed for this source"


class IvrDoor(Controller):
    """Tells a voice menu whether the caller is known. Never fails the script."""

    @route(
        "/gorod24/telephony/v1/ivr",
        type="http",
        auth="gorod24_ivr",
        methods=["GET", "POST"],
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def ivr(self, number="", appeal="", **_params):
        """Answer for ``number``; the texts are in the language of the hotline."""
        env = request.env(user=SUPERUSER_ID)
        source = env["gorod24.telephony.source"].browse(request.gorod24_source_id)
        if not LIMIT.admit(source.id, source.ivr_per_minute, time.monotonic()):
            return request.make_json_response({"error": "too many"}, status=429)
        if request.httprequest.method == "POST":
            number, appeal = _body(number, appeal)
        elif not source.ivr_by_address:
            return request.make_json_response({"error": USE_POST}, status=405)
        lang = env.company.partner_id.lang or "ru_RU"
        ivr = env["gorod24.ivr"].with_context(lang=lang)
        try:
            with env.cr.savepoint():
                env.cr.execute(SQL("SET LOCAL statement_timeout = %s", PATIENCE_MS))
                answer = ivr._look_up(str(number)[:64], str(appeal)[:32])
        except psycopg2.Error as error:
            _logger.warning("look-up for the voice menu: %s", type(error).__name__)
            answer = ivr._nothing()
        return request.make_json_response(answer)


def _body(number, appeal):
    """Return what the JSON of a POST names, or what a form or the address named."""
    try:
        data = json.loads(request.httprequest.get_data() or b"{}")
    except (ValueError, RecursionError):
        return number, appeal
    if not isinstance(data, dict):
        return number, appeal
    return data.get("number") or number, data.get("appeal") or appeal
