# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Control of the simulator: JSON for tests, a page in Russian for a person."""

from pathlib import Path

from aiohttp import web

from .exchange import Refusal
from .journal import HABITS

PAGE = Path(__file__).with_name("page.html")
STATUSES = ("IN_SERVICE", "OUT_OF_SERVICE", "PARTIAL_SERVICE")
TIMES = ("talk_seconds", "ring_seconds", "answer_seconds")


class Control:
    """Handlers of /control and of the page."""

    def __init__(self, exchange, feed, user, gate=None):
        self.exchange = exchange
        self.gate = gate
        self.user = user
        self.feed = feed

    def routes(self):
        """Routes of the control interface."""
        return [
            web.get("/", self.page),
            web.get("/control/health", self.health),
            web.get("/control/agents", self.agents),
            web.get("/control/calls", self.calls),
            web.get("/control/ledger", self.ledger),
            web.post("/control/call", self.ring),
            web.post("/control/dial", self.dial),
            web.get("/control/calls/{id}", self.call),
            web.post("/control/calls/{id}/{act}", self.act),
            web.post("/control/outbound", self.outbound),
            web.post("/control/nodes", self.nodes),
            web.post("/control/journal", self.journal),
            web.post("/control/feed", self.feed_habit),
            web.post("/control/link", self.link),
            web.post("/control/presence", self.presence),
            web.post("/control/recorder", self.recorder),
        ]

    async def page(self, _request):
        return web.FileResponse(PAGE)

    async def health(self, _request):
        return web.json_response(
            {
                "ok": self.feed.is_ready,
                "xmpp": self.feed.is_ready,
                "published": self.feed.published,
                "tones": self.exchange.tones[-20:],
                "recordings": self.exchange.recorder.written,
                "calls": sum(not c.is_over for c in self.exchange.calls.values()),
            }
        )

    async def agents(self, _request):
        agents = [
            {
                "id": agent.id,
                "extension": agent.extension,
                "name": agent.name,
                "state": agent.state,
            }
            for agent in self.exchange.agents.values()
        ]
        return web.json_response({"agents": agents})

    async def calls(self, _request):
        calls = [call.summary() for call in self.exchange.calls.values()]
        return web.json_response({"calls": calls})

    async def ledger(self, _request):
        """Every call that is over, with its recordings and their hashes."""
        calls = [c.account() for c in self.exchange.calls.values() if c.is_over]
        return web.json_response({"calls": calls})

    async def call(self, request):
        call = self.exchange.calls.get(request.match_info["id"])
        if call is None:
            return _error(404, "Нет такого звонка.")
        return web.json_response(call.summary())

    async def ring(self, request):
        data = await _json(request)
        number = str(data.get("from") or "")
        try:
            times = {key: _seconds(data, key) for key in TIMES}
            times |= {"second": bool(data.get("second"))}
            times |= {"late_data": data.get("late_data") or ""}  # true, or "talk"
        except ValueError as error:
            return _error(400, str(error))
        if len(number) > 64:
            return _error(400, "Номер слишком длинный.")
        try:
            call = self.exchange.ring(
                data.get("agent") or next(iter(self.exchange.agents)),
                number,
                data.get("scenario") or "normal",
                then_agent=data.get("then_agent"),
                **times,
            )
        except Refusal as refusal:
            return _error(refusal.status or 409, _russian(refusal))
        return web.json_response(call.summary(), status=201)

    async def dial(self, request):
        """An operator dials at his telephone: {"agent": …, "number": …}."""
        data = await _json(request)
        number = str(data.get("number") or "")
        if not number or len(number) > 64:
            return _error(400, "Нужен номер не длиннее 64 знаков.")
        try:
            call = self.exchange.ready_to_dial(data.get("agent"), number)
        except Refusal as refusal:
            return _error(refusal.status or 409, _russian(refusal))
        return web.json_response(call.summary(), status=201)

    async def act(self, request):
        act = self._acts().get(request.match_info["act"])
        if act is None:
            return _error(404, "Нет такого действия.")
        data = await _json(request)
        try:
            call = self.exchange.call(request.match_info["id"])
            agent = self.exchange.agent(data["agent"]) if data.get("agent") else None
            made = act(call, agent, data)
        except Refusal as refusal:
            return _error(refusal.status or 409, _russian(refusal))
        return web.json_response((made or call).summary())

    def _acts(self):
        """{name: function of call, agent or None, data}."""
        exchange = self.exchange

        def number(data):
            return str(data.get("number") or "")

        return {
            "answer": lambda call, agent, _d: exchange.answer(call, agent=agent),
            "hold": lambda call, agent, _d: exchange.hold(call, agent=agent),
            "retrieve": lambda call, agent, _d: exchange.retrieve(call, agent=agent),
            "hangup": lambda call, _a, d: self._hang_up(call, d.get("by") or "caller"),
            "consult": lambda call, agent, d: exchange.consult(
                call, agent or call.agent, number(d)
            ),
            "transfer": lambda call, agent, d: exchange.transfer_blind(
                call, agent or call.agent, number(d)
            ),
            "complete": lambda call, agent, _d: exchange.complete(
                agent or call.agent, "TRANSFER"
            ),
            "conference": lambda call, agent, _d: exchange.complete(
                agent or call.agent, "CONFERENCE"
            ),
            "leave": lambda call, agent, _d: exchange.leave(call, agent or call.agent),
        }

    def _hang_up(self, call, by):
        self.exchange.end(call, by if by in ("caller", "agent") else "caller")

    async def nodes(self, request):
        """Status of the nodes: {"1": "OUT_OF_SERVICE"}.

        "forget": an agent whose dialogs the next answer leaves out, as a node does that
        has just taken over. "forgotten" of the answer: who is still to be forgotten.
        """
        data = await _json(request)
        if data.get("forget"):
            self.exchange.forgetful.add(str(data["forget"]))
        for number, status in data.items():
            if number in ("1", "2") and status in STATUSES:
                self.exchange.set_node(int(number), status)
        told = {str(number): status for number, status in self.exchange.nodes.items()}
        forgotten = sorted(self.exchange.forgetful)
        return web.json_response(told | {"forgotten": forgotten})

    async def feed_habit(self, request):
        """How notifications are sent: normal, duplicate, disorder or silent."""
        habit = (await _json(request)).get("habit")
        if habit in self.feed.HABITS:
            self.feed.set_habit(habit)
        return web.json_response({"habit": self.feed.habit})

    async def link(self, request):
        """The wire that notifications go by: {"state": "open" | "cut" | "hung"}."""
        state = (await _json(request)).get("state")
        if self.gate is None:
            return _error(409, "Связь службы идёт мимо имитатора, оборвать нечего.")
        if state in self.gate.STATES:
            await self.gate.set_state(state)
        passed = {"state": self.gate.state, "connections": self.gate.connections}
        return web.json_response(passed)

    async def presence(self, request):
        """Is the contact centre's own XMPP user there? {"here": false}."""
        self.user.set_here((await _json(request)).get("here") is not False)
        return web.json_response({"here": self.user.is_here})

    async def recorder(self, request):
        """How recordings come, one of the recorder's HABITS; seconds for late, clock.

        bare, named and index have no sidecar: nothing, the name or a CSV index tells.
        """
        data, recorder = await _json(request), self.exchange.recorder
        if data.get("habit") in recorder.HABITS:
            recorder.habit = data["habit"]
        try:
            recorder.seconds = _seconds(data, "seconds", least=-3600) or 0.0
        except ValueError as error:
            return _error(400, str(error))
        return web.json_response({"habit": recorder.habit})

    async def journal(self, request):
        """How CDR files are written: columns, quoted, habit; flush sends late rows.

        clock: the exchange's clock is fast by seconds, slow when they are negative.
        stranger: a number that rings a desk of the same exchange, not the hotline.
        """
        data, journal = await _json(request), self.exchange.journal
        if data.get("columns") in (118, 129, 133):
            journal.width = data["columns"]
        if data.get("habit") in HABITS:
            journal.habit = data["habit"]
        try:
            journal.ahead = int(_seconds(data, "seconds", least=-43200) or 0)
        except ValueError as error:
            return _error(400, str(error))
        journal.quoted = bool(data.get("quoted", journal.quoted))
        if data.get("flush"):
            await journal.flush()
        if data.get("stranger"):
            await journal.stranger(str(data["stranger"]), "4455")
        return web.json_response({"habit": journal.habit, "rows": journal.written})

    async def outbound(self, request):
        """How citizens answer our calls: mode answer | busy | no_answer, seconds."""
        data = await _json(request)
        for key in ("answer_seconds", "talk_seconds"):
            try:
                value = _seconds(data, key)
            except ValueError as error:
                return _error(400, str(error))
            if value is not None:
                self.exchange.outbound[key] = value
        if data.get("mode") in ("answer", "busy", "no_answer"):
            self.exchange.outbound["mode"] = data["mode"]
        return web.json_response(self.exchange.outbound)


def _russian(refusal):
    return {
        "the telephone is busy": "Телефон оператора занят.",
        "the agent is signed out": "Оператор не на смене.",
        "there is no such agent": "Нет такого оператора.",
        "there is no such dialog": "Такого звонка нет или он уже завершён.",
        "the dialog is not ringing": "Этот телефон сейчас не звонит.",
        "the dialog is not active": "Разговор не идёт.",
        "the dialog is not held": "Звонок не на удержании.",
    }.get(str(refusal), str(refusal))


def _error(status, text):
    return web.json_response({"error": text}, status=status)


async def _json(request):
    try:
        data = await request.json()
    except ValueError:
        data = {}
    return data if isinstance(data, dict) else {}


def _seconds(data, key, least=0):
    value = data.get(key)
    if value in (None, ""):
        return None
    try:
        value = float(value)
    except (TypeError, ValueError):
        value = least - 1
    if not least <= value <= 86400:
        raise ValueError(f"{key}: нужно число секунд")
    return value
