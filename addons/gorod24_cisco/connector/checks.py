# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Checks of every link, asked by the setup of Odoo through the door.

Each does the true thing from the computer the connector runs on. None signs anybody in
or out, makes a call, or changes what the watchers of the folders see.
"""

import asyncio
import contextlib
import json
import logging
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from ..wire import finesse
from ..wire.tracker import utc_now
from ..wire.xmlread import Unreadable, stamp
from .faults import CheckFailed, code_of
from .folders import look_into
from .mediasense import MediaSense, MediaSenseError
from .rest import HEADERS, TIMEOUT, FinesseError
from .shown import shown
from .xmpp_probe import probe

_logger = logging.getLogger(__name__)
NODES = ("primary", "secondary")


class Checks:
    """Answers of one connector about itself and its links."""

    def __init__(self, connector, http):
        self.connector = connector
        self.config = connector.settings
        self.http = http
        self.works = {
            "finesse": self._finesse,
            "xmpp": self._xmpp,
            "operator": self._operator,
            "event_door": self._event_door,
            "cdr": self._cdr,
            "recordings": self._recordings,
            "mediasense": self._mediasense,
        }

    def settings(self):
        """What the connector runs with, without secrets."""
        told = shown(self.config, self.connector.calibration)
        return told | {"now": stamp(utc_now())}

    async def calibrate(self, payload):
        """Take over the result of the calibration call."""
        holds = payload.get("dialog_ids_are_jtapi")
        if not isinstance(holds, bool):
            text = "dialog_ids_are_jtapi: true or false is expected"
            return {"ok": False, "code": "bad_request", "error": text}
        try:
            await asyncio.to_thread(self.connector.calibration.set, holds)
        except OSError as error:
            return {"ok": False, "code": "not_kept", "error": error.strerror or ""}
        return {"ok": True, "dialog_ids_are_jtapi": holds}

    async def check(self, payload):
        """{"ok", "code", "facts"} of the check named in ``payload["check"]``."""
        name = str(payload.get("check") or "")
        work = self.works.get(name)
        if work is None:
            return {"ok": False, "code": "unknown_check", "facts": {}}
        try:
            facts = await work(payload)
            answer = {"ok": True, "code": "ok", "facts": facts}
        except CheckFailed as error:
            answer = {"ok": False, "code": error.code, "facts": error.facts}
        except FinesseError as error:
            answer = {"ok": False, "code": "refused_by_finesse", "facts": {}}
            answer["facts"] = {"status": error.code}
        except Unreadable:
            answer = {"ok": False, "code": "not_finesse", "facts": {}}
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            code, detail = code_of(error)
            answer = {"ok": False, "code": code, "facts": {"detail": detail}}
        _logger.info("check %s: %s", name, answer["code"])
        return answer

    def _node(self, payload):
        name = payload.get("node") or NODES[0]
        if name not in NODES:
            raise CheckFailed("unknown_node")
        place = NODES.index(name)
        if place >= len(self.config.nodes):
            raise CheckFailed("not_configured")
        return self.config.nodes[place]

    def _line(self, payload):
        """The line of the agent named, or any line when none is."""
        lines, agent_id = self.connector.lines, str(payload.get("agent_id") or "")
        line = lines.get(agent_id) if agent_id else next(iter(lines.values()), None)
        if line is None:
            raise CheckFailed("unknown_agent", agent=agent_id)
        return line

    async def _finesse(self, payload):
        """SystemInfo of a node, asked as one of the operators."""
        node, rest = self._node(payload), self._line(payload).rest
        found, headers = await self._system(node, rest)
        facts = {"host": node.host, **found, "clock": _clock(headers)}
        if found["status"] and found["status"] != "IN_SERVICE":
            raise CheckFailed("out_of_service", **facts)
        wanted = self.config.xmpp_domain
        if wanted and found["xmpp_domain"] and wanted != found["xmpp_domain"]:
            raise CheckFailed("other_domain", wanted=wanted, **facts)
        return facts

    async def _system(self, node, rest):
        request = self.http.get(
            f"{node.base_url}/SystemInfo",
            headers=HEADERS,
            auth=rest.auth,
            timeout=TIMEOUT,
            ssl=rest.ssl,
        )
        with _named(host=node.host):
            return await self._read_system(request, node, rest)

    async def _read_system(self, request, node, rest):
        async with request as response:
            text = await response.text("utf-8", "replace")
            if response.status == 401:
                raise CheckFailed("password", agent=rest.agent.id)
            if response.status >= 400:
                raise CheckFailed("http", status=response.status, host=node.host)
            found = finesse.read_system(text)
            if not found["status"] and not found["xmpp_domain"]:
                raise CheckFailed("not_finesse", host=node.host)
            return found, response.headers

    async def _xmpp(self, payload):
        """The beginning of an XMPP stream, with the encryption that is set."""
        node, domain = self._node(payload), self.config.xmpp_domain
        if not domain:
            found, _headers = await self._system(node, self._line(payload).rest)
            domain = found["xmpp_domain"]
        place = {"host": node.xmpp_host, "port": node.xmpp_port, "domain": domain}
        with _named(**place):
            return place | await probe(self.config, node, domain)

    async def _operator(self, payload):
        """State of an operator and of his link; nothing is changed."""
        if not payload.get("agent_id"):
            raise CheckFailed("unknown_agent", agent="")
        line = self._line(payload)
        facts = {"agent": line.agent.id, "extension": line.agent.extension}
        try:
            with _named(host=line.rest.base):
                user = await line.rest.user()
        except FinesseError as error:
            wrong = error.code in ("Authorization Failure", "HTTP 401")
            missing = error.code in ("User Not Found", "Not Found", "HTTP 404")
            code = "password" if wrong else "no_user" if missing else "operator_refused"
            raise CheckFailed(code, status=error.code, **facts) from error
        facts |= {"state": user.state, "at_exchange": user.extension or ""}
        facts["link"] = line.state
        if user.extension and user.extension != line.agent.extension:
            raise CheckFailed("other_extension", **facts)
        if line.state != "connected":
            raise CheckFailed("no_link", **facts)
        return facts

    async def _event_door(self, payload):
        """A probe event, sent twice: the second must count as known."""
        probe_id = str(payload.get("probe_id") or stamp(utc_now()))[:48]
        event = {
            "event_id": f"{self.config.source}|probe|{probe_id}"[:128],
            "source": self.config.source,
            "type": "probe",
            "at": stamp(utc_now()),
        }
        poster = self.connector.poster
        facts = {"url": self.config.odoo_url}
        with _named(host=self.config.odoo_url):
            request = self.http.post(
                poster.url,
                json={"events": [event, event]},
                headers=poster.headers,
                timeout=aiohttp.ClientTimeout(total=8, connect=3),
            )
            async with request as response:
                status, text = response.status, await response.text("utf-8", "replace")
                facts["clock"] = _clock(response.headers)
        return facts | self._door_answer(status, text, facts)

    def _door_answer(self, status, text, facts):
        if status in (401, 403):
            raise CheckFailed("token", **facts)
        if status != 200:
            raise CheckFailed("http", status=status, **facts)
        told = _statuses(text)
        if told[1:] != ["duplicate"] or told[0] == "rejected":
            raise CheckFailed("rejected", told=told, **facts)
        waiting = not self.connector.poster.spool.is_empty()
        return {"waiting": waiting, "error": self.connector.poster.last_error}

    async def _cdr(self, _payload):
        config = self.config
        folders = (config.cdr, config.cdr_done, config.cdr_failed)
        if not config.cdr:
            raise CheckFailed("not_configured")
        return await asyncio.to_thread(look_into, *folders)

    async def _recordings(self, _payload):
        config = self.config
        folders = (config.recordings, config.recordings_done, config.recordings_failed)
        if not config.recordings:
            raise CheckFailed("not_configured")
        return await asyncio.to_thread(look_into, *folders)

    async def _mediasense(self, _payload):
        """Signs in to MediaSense anew and asks for the last hour's sessions."""
        if not self.config.mediasense:
            raise CheckFailed("not_configured")
        client = MediaSense(self.config, self.http)
        now = datetime.now(UTC)
        facts = {"url": self.config.mediasense.base_url}
        with _named(host=facts["url"]):
            try:
                recent = client.recent(now - timedelta(hours=1))
                found = await asyncio.wait_for(recent, 15)
            except MediaSenseError as error:
                signing = str(error).startswith("sign in")
                code = "media_password" if signing else "mediasense"
                raise CheckFailed(code, detail=str(error)[:200]) from error
        return facts | {"sessions": found}


@contextlib.contextmanager
def _named(**facts):
    """Faults inside tell where they happened: ``facts`` go with their code."""
    try:
        yield
    except CheckFailed as error:
        raise CheckFailed(error.code, **(facts | error.facts)) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        code, detail = code_of(error)
        raise CheckFailed(code, detail=detail, **facts) from error


def _statuses(text):
    """What the event door said of each event; [] for an answer that is none."""
    try:
        data = json.loads(text)
    except ValueError:
        return []
    results = data.get("results") if isinstance(data, dict) else None
    results = results if isinstance(results, list) else []
    return [str(one.get("status")) for one in results if isinstance(one, dict)]


def _clock(headers):
    """Seconds the other computer's clock is ahead of ours, None when it is not told."""
    try:
        there = parsedate_to_datetime(headers.get("Date") or "")
        return round((there - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
