# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls that an agent makes: what becomes of MAKE_CALL, step by step."""

import asyncio

from .calls import Call, Party

RING_LIMIT = 60.0


class Outgoing:
    """The part of the exchange that dials for an agent."""

    def ready_to_dial(self, agent_id, number):
        """Dial at the telephone of an agent who has no call. Raises ``Refusal``."""
        return self.dial(self._free_agent(agent_id), number)

    def dial(self, agent, number, request_id=""):
        """MAKE_CALL was accepted: what becomes of it is told step by step."""
        call = Call(
            id=self._next_id(),
            direction="out",
            agent=agent,
            remote=number,
            scenario="outbound",
            state="INITIATING",
            near=Party(agent.extension, "AGENT_DEVICE", "INITIATING", agent=agent),
            far=Party(number, "", ""),
        )
        self._keep(call)
        self._reserve(agent, tell=False)
        call.begin_part(ringing=True)
        self._start(self._outgoing(call, request_id))
        return call

    async def _outgoing(self, call, request_id):
        await asyncio.sleep(0.02)
        self.tell(call, "POST", request_id)
        self._agent_moves(call.agent, "TALKING")
        for state, pause in (("INITIATED", 0.05), ("ALERTING", 0.1)):
            if await self._either(call, call.over, pause):
                return
            call.state = state
            call.near.move("INITIATED")
            call.far.move("ALERTING" if state == "ALERTING" else "INITIATED")
            self.tell(call, "PUT")
            if state == "INITIATED" and self._is_busy(call):
                await asyncio.sleep(0.05)
                self._fail(call, "BUSY")
                return
        await self._far_side(call)

    def _is_busy(self, call):
        tails = [number[-10:] for number in self.settings.busy_numbers]
        return self.outbound["mode"] == "busy" or call.remote[-10:] in tails

    def _fail(self, call, cause):
        call.state = "FAILED"
        call.near.move("FAILED", cause)
        call.far.move("FAILED", cause)
        self.tell(call, "PUT")
        self.end(call, "agent")

    async def _far_side(self, call):
        silent = self.outbound["mode"] == "no_answer"
        wait = RING_LIMIT if silent else float(self.outbound["answer_seconds"])
        if await self._either(call, call.over, wait):
            return
        if silent:
            self.end(call, "agent")
            return
        self._connect(call)
        call.talk_seconds = float(self.outbound["talk_seconds"])
        await self._talk(call)
