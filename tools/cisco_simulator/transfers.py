# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls that change hands: consult, transfer, conference, in Finesse's own order."""

import asyncio

from .calls import Call, Party, now


class Refusal(Exception):
    """The exchange cannot do it: (HTTP status, Finesse error type, text)."""

    def __init__(self, status, kind, text):
        super().__init__(text)
        self.status = status
        self.kind = kind


class Transfers:
    """The part of the exchange with three telephones in play."""

    # --- asking a colleague --------------------------------------------------------
    def consult(self, call, agent, number, request_id=""):
        """``agent`` holds the citizen and rings ``number``; the new call."""
        me = call.party(agent)
        if me.state not in ("ACTIVE", "HELD") or self.consult_of(agent):
            raise Refusal(400, "Invalid State", "CF_INVALID_CALL_STATE")
        if me.state == "ACTIVE":
            self.hold(call, agent=agent)
        colleague = self.at_extension(number)
        asked = Call(
            id=self._next_id(),
            direction="out",
            agent=agent,
            remote=number,
            scenario="consult",
            kind="CONSULT",
            dialed=number,
            caller=agent.extension,
            called=number,
            state="INITIATING",
            near=Party(agent.extension, "AGENT_DEVICE", "INITIATING", agent=agent),
            far=Party(number, "AGENT_DEVICE" if colleague else "", "", agent=colleague),
        )
        asked.far.silent = True
        self._keep(asked)
        self._start(self._consulting(asked, colleague, request_id))
        return asked

    async def _consulting(self, asked, colleague, request_id):
        self.tell(asked, "POST", request_id)
        await asyncio.sleep(0.03)
        if asked.is_over:
            return
        asked.state = "INITIATED"
        asked.near.move("INITIATED")
        self.tell(asked, "PUT")
        await asyncio.sleep(0.03)
        if asked.is_over:
            return
        busy = colleague is not None and (
            colleague.state == "LOGOUT" or self.open_calls(colleague)
        )
        if busy:
            self._fail(asked, "BUSY")
            return
        asked.state = "ALERTING"
        asked.far.move("ALERTING")
        self.tell(asked, "PUT", to=asked.agent)
        if colleague is None:
            await asyncio.sleep(float(self.outbound["answer_seconds"]))
            if not asked.is_over:
                self._connect(asked)
            return
        asked.far.silent = False
        self._reserve(colleague)
        self.tell(asked, "POST", to=colleague)

    def consult_of(self, agent):
        """The agent's own open consult call, or None."""
        mine = [c for c in self.open_calls(agent) if c.kind == "CONSULT"]
        return next((c for c in mine if c.agent is agent), None)

    # --- handing over ----------------------------------------------------------------
    def complete(self, agent, act, request_id=""):
        """TRANSFER or CONFERENCE after a consult; the call not held survives.

        With the citizen held (the usual case) his call survives; when the agent went
        back to him first, the consult call does (§3.7: swapped holds).
        """
        asked = self.consult_of(agent)
        calls = [c for c in self.open_calls(agent) if c is not asked]
        if asked is None or not calls or not asked.answered:
            raise Refusal(400, "Invalid State", "CF_INVALID_CALL_STATE")
        call = calls[0]
        if act == "CONFERENCE":
            return self._conference(call, asked, agent, request_id)
        swapped = asked.party(agent).state == "HELD"
        lived, dropped = (asked, call) if swapped else (call, asked)
        colleague, citizen = asked.far, call.far
        self._close_part(call, agent, "transferred")
        call.note_consult(asked)
        for one in (call, asked):
            one.party(agent).move("DROPPED")
            self.tell(one, "DELETE", request_id, to=agent)
        if colleague.agent is not None:
            self.tell(asked, "DELETE", to=colleague.agent)
        dropped.ended, dropped.end = now(), "transfer"
        dropped.over.set()
        self._hand_over(lived, citizen, colleague, dropped.id)
        lived.parts = call.parts
        self._free(agent)
        return lived

    def _hand_over(self, call, citizen, colleague, secondary):
        """``call`` goes on between the citizen and the colleague, already active.

        When it is the consult that goes on, the colleague talks in it already: nothing
        changes for him, so the times of his telephone stay (§3.7: swapped holds).
        """
        moved = Party(
            colleague.address, colleague.kind, "ACTIVE", agent=colleague.agent
        )
        if colleague in call.parties:
            moved.started, moved.changed = colleague.started, colleague.changed
        call.near = moved
        citizen.move("ACTIVE")
        call.far, call.extra = citizen, []
        call.agent = colleague.agent or call.agent
        call.remote, call.direction = citizen.address, "in"
        call.state, call.kind, call.secondary = "ACTIVE", "TRANSFER", secondary
        call.answered = call.answered or now()
        call.begin_part()
        if colleague.agent is not None:
            self.tell(call, "POST")
            self._agent_moves(colleague.agent, "TALKING")

    def _conference(self, call, asked, agent, request_id):
        colleague = asked.far
        call.note_consult(asked)
        asked.near.move("DROPPED")
        self.tell(asked, "DELETE", to=agent)
        if colleague.agent is not None:
            self.tell(asked, "DELETE", to=colleague.agent)
        asked.ended, asked.end = now(), "conference"
        asked.over.set()
        call.extra = [
            Party(colleague.address, colleague.kind, "ACTIVE", agent=colleague.agent)
        ]
        call.party(agent).move("ACTIVE")
        call.kind, call.secondary, call.state = "CONFERENCE", asked.id, "ACTIVE"
        call.begin_part()
        self.tell(call, "PUT", request_id, to=agent)
        if colleague.agent is not None:
            self.tell(call, "POST", to=colleague.agent)
        self._agent_moves(agent, "TALKING")
        return call

    def send_tones(self, call, agent, digits):
        """SEND_DTMF: nothing is told unless it fails."""
        if call.party(agent).state != "ACTIVE":
            raise Refusal(400, "Invalid State", "CF_INVALID_CALL_STATE")
        if not digits or set(digits) - set("0123456789*#"):
            raise Refusal(400, "Invalid Input", "dtmfString")
        self.tones.append((call.id, digits))

    def leave(self, call, agent, request_id=""):
        """One of several agents leaves a conference; the others talk on.

        The telephone that was recorded is gone: the next one is, from here on.
        """
        me = call.party(agent)
        self._close_part(call, agent, "left")
        me.move("DROPPED")
        self.tell(call, "DELETE", request_id, to=agent)
        others = [party for party in (call.near, *call.extra) if party is not me]
        call.near, call.extra = others[0], others[1:]
        call.agent = call.near.agent or call.agent
        call.begin_part()
        self.tell(call, "PUT")
        self._free(agent)

    def transfer_blind(self, call, agent, number, request_id=""):
        """TRANSFER_SST: the citizen rings at ``number``; we are out at once."""
        me = call.party(agent)
        if me.state not in ("ACTIVE", "HELD"):
            raise Refusal(400, "Invalid State", "CF_INVALID_CALL_STATE")
        colleague = self.at_extension(number)
        if colleague is agent or (colleague and self.open_calls(colleague)):
            raise Refusal(400, "Invalid Destination", "CF_INVALID_CALLED_DEVICE")
        self._close_part(call, agent, "transferred")
        me.move("DROPPED")
        self.tell(call, "DELETE", request_id, to=agent)
        self._free(agent)
        if colleague is None:
            call.ended, call.end = now(), "outside"
            call.over.set()
            self._written(call)
            return
        call.agent, call.kind, call.state = colleague, "TRANSFER", "ALERTING"
        call.near = Party(number, "AGENT_DEVICE", "ALERTING", agent=colleague)
        call.lifted.clear()
        self._reserve(colleague)
        self.tell(call, "POST")
