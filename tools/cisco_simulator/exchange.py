# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The exchange itself: rings, connects, holds, ends, and tells each change."""

import asyncio
import contextlib
import logging
import time

from . import documents
from .calls import Agent, Call, Party, now
from .outgoing import RING_LIMIT, Outgoing
from .transfers import Refusal, Transfers

_logger = logging.getLogger(__name__)
SCENARIOS = ("normal", "abandon", "no_answer", "hold", "busy", "outbound")
KEEP = 500


class Exchange(Outgoing, Transfers):
    """Agents, calls and their scripts. ``publish(agent_id, node, payload)`` tells."""

    def __init__(self, settings, publish, recorder, journal=None):
        self.settings = settings
        self.publish = publish
        self.recorder = recorder
        self.journal = journal
        self.nodes = {1: "IN_SERVICE", 2: "IN_SERVICE"}
        self.forgetful = set()
        self.tones = []
        self.agents = {
            item.id: Agent(item.id, item.extension, item.password, item.name)
            for item in settings.agents
        }
        self.calls = {}
        self.tasks = set()
        self.outbound = {
            "mode": "answer",
            "answer_seconds": settings.outbound_answer_seconds,
            "talk_seconds": settings.outbound_talk_seconds,
        }
        self._last_id = self._first_id()

    # --- ids ---------------------------------------------------------------------
    def _first_id(self):
        """After the last id used, so that a restart never repeats one."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            return int(self.settings.state_file.read_text())
        return (1 << 24) | (int(time.time()) & 0x7FFFFF)

    def _next_id(self):
        self._last_id = (1 << 24) | ((self._last_id + 1) & 0xFFFFFF)
        if self.settings.state_file is not None:
            self.settings.state_file.parent.mkdir(parents=True, exist_ok=True)
            self.settings.state_file.write_text(str(self._last_id))
        return str(self._last_id)

    # --- telling -----------------------------------------------------------------
    def tell(self, call, event, request_id="", to=None):
        """One dialog notification to every agent in the call, or to one of them."""
        agents = [p.agent for p in call.parties if p.agent and not p.silent]
        for agent in [to] if to is not None else agents:
            self._tell_one(call, event, request_id, agent)

    def _tell_one(self, call, event, request_id, agent):
        node = f"/finesse/api/User/{agent.id}/Dialogs"
        if event == "PUT":
            source = f"/finesse/api/Dialog/{call.id}"
            data = documents.dialog(call, "dialog")
        else:
            source = node
            data = documents.element("dialogs", documents.dialog(call), raw=True)
        payload = documents.update(event, source, data, request_id)
        self.publish(agent.id, node, payload)

    def tell_agent(self, agent, request_id=""):
        """One user notification."""
        source = f"/finesse/api/User/{agent.id}"
        data = documents.user(agent, "user")
        payload = documents.update("PUT", source, data, request_id)
        self.publish(agent.id, source, payload)

    def tell_error(self, agent, kind, message, code, request_id):
        """An asynchronous error to the agent who asked."""
        source = f"/finesse/api/User/{agent.id}"
        payload = documents.error_update(source, kind, message, code, request_id)
        self.publish(agent.id, source, payload)

    def set_node(self, number, status):
        """A node changes its status and says so to everybody."""
        self.nodes[number] = status
        source = "/finesse/api/SystemInfo"
        data = documents.element(
            "systemInfo", documents.element("status", status), raw=True
        )
        payload = documents.update("PUT", source, data, "")
        for agent in self.agents.values():
            self.publish(agent.id, source, payload)

    def _agent_moves(self, agent, state, request_id=""):
        agent.move(state)
        self.tell_agent(agent, request_id)

    # --- looking -----------------------------------------------------------------
    def open_calls(self, agent):
        """Calls at the agent's telephone now."""
        return [
            call
            for call in self.calls.values()
            if not call.is_over
            and any(
                p.agent is agent and not p.silent and p.state != "DROPPED"
                for p in call.parties
            )
        ]

    def at_extension(self, extension):
        """The agent at an extension, or None."""
        found = (a for a in self.agents.values() if a.extension == extension)
        return next(found, None)

    def call(self, call_id):
        """The call. Raises :class:`Refusal` 404."""
        call = self.calls.get(call_id)
        if call is None or call.is_over:
            raise Refusal(404, "Dialog Not Found", "there is no such dialog")
        return call

    def agent(self, agent_id):
        """The agent. Raises :class:`Refusal` 404."""
        agent = self.agents.get(str(agent_id))
        if agent is None:
            raise Refusal(404, "User Not Found", "there is no such agent")
        return agent

    def _free_agent(self, agent_id):
        agent = self.agent(agent_id)
        if agent.state == "LOGOUT":
            raise Refusal(409, "Invalid State", "the agent is signed out")
        if self.open_calls(agent):
            raise Refusal(409, "Invalid State", "the telephone is busy")
        return agent

    # --- scripts -----------------------------------------------------------------
    def ring(self, agent_id, number, scenario="normal", call_id=None, **times):
        """A citizen rings. Returns the call; the rest happens by itself."""
        if scenario not in ("normal", "abandon", "no_answer", "hold"):
            raise Refusal(400, "Invalid Input", f"unknown scenario {scenario!r}")
        second = bool(times.get("second"))
        agent = self.agent(agent_id) if second else self._free_agent(agent_id)
        call = Call(
            id=call_id or self._next_id(),
            direction="in",
            agent=agent,
            remote=number,
            scenario=scenario,
            dialed=self.settings.dialed_number,
            queue=self.settings.queue,
            talk_seconds=times.get("talk_seconds"),
            ring_seconds=times.get("ring_seconds"),
            auto_answer=times.get("answer_seconds"),
            state="ALERTING",
            near=Party(agent.extension, "AGENT_DEVICE", "ALERTING", agent=agent),
            far=Party(number, "", "INITIATED"),
            hides_number=bool(times.get("late_data")),
        )
        self._keep(call)
        call.begin_part(ringing=True)
        self._reserve(agent, tell=False)
        self.tell(call, "POST")
        if times.get("late_data") != "talk":
            self._show_number(call)
        self._agent_moves(agent, "RESERVED")
        self._start(self._incoming(call, times.get("then_agent")))
        return call

    def _show_number(self, call):
        """Call data that were empty come in a notification of their own."""
        if call.hides_number:
            call.hides_number = False
            self.tell(call, "PUT")

    def _reserve(self, agent, tell=True):
        agent.idle = agent.state if agent.state in ("READY", "NOT_READY") else "READY"
        if tell:
            self._agent_moves(agent, "RESERVED")

    def _free(self, agent):
        """The agent has no call any more, or comes back to the one he has."""
        if self.open_calls(agent):
            self._agent_moves(agent, "TALKING")
            return
        state, agent.pending = agent.pending or agent.idle, ""
        self._agent_moves(agent, state)

    def _keep(self, call):
        self.calls[call.id] = call
        for old in list(self.calls.values())[:-KEEP]:
            if old.is_over:
                del self.calls[old.id]

    def _start(self, work):
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task):
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            _logger.error("script failed", exc_info=task.exception())

    async def _incoming(self, call, then_agent):
        patience = {"abandon": 4.0, "no_answer": 10.0}.get(call.scenario, RING_LIMIT)
        patience = patience if call.ring_seconds is None else call.ring_seconds
        if call.auto_answer is not None and call.scenario in ("normal", "hold"):
            await self._either(call, call.lifted, call.auto_answer)
            if not call.is_over and not call.answered:
                self.answer(call)
        elif not await self._either(call, call.lifted, patience):
            by = "caller" if call.scenario == "abandon" else "nobody"
            if by == "nobody" and then_agent:
                call.scenario = "normal"
                self._offer_next(call, self._free_agent(then_agent))
                await self._incoming(call, None)
                return
            self.end(call, by)
            return
        if not call.is_over:
            await self._talk(call)

    def _offer_next(self, call, agent):
        """Nobody lifted: UCCX takes the call back and offers it to the next agent.

        It is the same call all the way, so its dialog keeps its id.
        """
        last = call.agent
        call.end_part("nobody")
        call.near.move("DROPPED")
        self.tell(call, "DELETE")
        call.agent = agent
        call.near = Party(agent.extension, "AGENT_DEVICE", "ALERTING", agent=agent)
        call.begin_part(ringing=True)
        call.part.joined = False
        self._free(last)
        self._reserve(agent, tell=False)
        self.tell(call, "POST")
        self._agent_moves(agent, "RESERVED")

    async def _talk(self, call):
        if call.scenario == "hold":
            await self._hold_a_while(call)
        if call.talk_seconds is not None and not await self._either(
            call, call.over, call.talk_seconds
        ):
            self.end(call, "caller")

    async def _hold_a_while(self, call):
        for act in (self.hold, self.retrieve):
            if await self._either(call, call.over, 1.5):
                return
            with contextlib.suppress(Refusal):
                act(call)

    @staticmethod
    async def _either(call, event, seconds):
        """True when ``event`` or the end of the call comes within ``seconds``."""
        waits = [asyncio.ensure_future(e.wait()) for e in {event, call.over}]
        done, rest = await asyncio.wait(
            waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        for task in rest:
            task.cancel()
        return bool(done)

    # --- acts --------------------------------------------------------------------
    def answer(self, call, request_id="", agent=None):
        """The agent lifts the telephone."""
        if call.party(agent or call.agent).state != "ALERTING":
            raise Refusal(400, "Invalid State", "the dialog is not ringing")
        self._connect(call, request_id)

    def _connect(self, call, request_id=""):
        call.near.move("ACTIVE")
        call.far.move("ACTIVE")
        call.state = "ACTIVE"
        call.answered = now()
        if call.kind != "CONSULT":
            if call.part is None or call.part.ended is not None:
                call.begin_part(ringing=True)
            call.part.agent, call.part.answered = call.agent, call.answered
            call.part.segments.append([call.answered, None])
        call.lifted.set()
        self.tell(call, "PUT", request_id)
        self._show_number(call)
        for party in call.parties:
            if party.agent is not None:
                self._agent_moves(party.agent, "TALKING")

    def hold(self, call, request_id="", agent=None):
        """The agent puts the citizen on hold; the recorder closes a segment."""
        me = call.party(agent or call.agent)
        if me.state != "ACTIVE":
            raise Refusal(400, "Invalid State", "the dialog is not active")
        me.move("HELD")
        if call.part and call.part.segments:
            call.part.segments[-1][1] = now()
        self.tell(call, "PUT", request_id)
        self._agent_moves(me.agent, "HOLD")

    def retrieve(self, call, request_id="", agent=None):
        """The agent comes back from hold; a new segment begins.

        Another call of his that is active goes on hold: one voice at a time.
        """
        me = call.party(agent or call.agent)
        if me.state != "HELD":
            raise Refusal(400, "Invalid State", "the dialog is not held")
        for other in self.open_calls(me.agent):
            if other is not call and other.party(me.agent).state == "ACTIVE":
                self.hold(other, agent=me.agent)
        me.move("ACTIVE")
        if call.part:
            call.part.segments.append([now(), None])
        self.tell(call, "PUT", request_id)
        self._agent_moves(me.agent, "TALKING")

    def end(self, call, by, request_id=""):
        """The call ends: by caller, agent, or nobody (ring no answer)."""
        if call.is_over:
            return
        agents = [p.agent for p in call.parties if p.agent and not p.silent]
        call.ended = now()
        call.end = by
        call.end_part(by)
        leaver = call.far if by == "caller" else call.near
        leaver.move("DROPPED")
        if by != "nobody":
            self.tell(call, "PUT", request_id)
            for other in call.parties:
                if other is not leaver:
                    other.move("DROPPED")
            call.state = "DROPPED"
            self.tell(call, "PUT")
        self.tell(call, "DELETE")
        call.over.set()
        for agent in agents:
            self._free(agent)
        self._written(call)

    def _close_part(self, call, agent, end):
        part = call.part
        if part is not None and part.ended is None:
            part.agent = agent
            call.end_part(end)

    def _written(self, call):
        """Recorder and journal get the call once it is over."""
        if call.kind == "CONSULT":
            return
        if any(part.segments for part in call.parts):
            self._start(self.recorder.keep(call))
        if self.journal is not None:
            self._start(self.journal.keep(call))

    # --- agents ------------------------------------------------------------------
    def change_state(self, agent, state, request_id="", reason=""):
        """READY, NOT_READY, LOGOUT or LOGIN (which leaves the agent NOT_READY)."""
        busy = bool(self.open_calls(agent))
        if state == "LOGIN":
            state = "NOT_READY"
        elif agent.state == "LOGOUT":
            raise Refusal(0, "Invalid State", "CF_INVALID_OBJECT_STATE")
        elif state == "LOGOUT" and (busy or agent.state != "NOT_READY"):
            raise Refusal(0, "Invalid State", "CF_INVALID_OBJECT_STATE")
        agent.reason = reason if state == "NOT_READY" else ""
        if busy:
            agent.pending = state
            self.tell_agent(agent, request_id)
        else:
            self._agent_moves(agent, state, request_id)

    async def stop(self):
        """Stop every script."""
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
