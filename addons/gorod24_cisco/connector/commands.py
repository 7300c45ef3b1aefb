# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Commands of the operator: sent to Finesse, answered when the outcome is known.

Finesse accepts with an empty answer and tells the outcome as a notification, which may
be an error. So a watcher is set before the request is sent.
"""

import asyncio
import contextlib
import logging
import re

import aiohttp

from ..wire import requests
from .rest import FinesseError

_logger = logging.getLogger(__name__)
ACTIONS = {
    "answer": "ANSWER",
    "hold": "HOLD",
    "retrieve": "RETRIEVE",
    "drop": "DROP",
    "end_consult": "DROP",
    "retrieve_consult": "RETRIEVE",
    "complete_transfer": "TRANSFER",
    "conference": "CONFERENCE",
}
TO_NUMBER = {"transfer": "TRANSFER_SST", "consult": "CONSULT_CALL"}
STATES = {"ready": "READY", "not_ready": "NOT_READY"}
WANTED = {
    "answer": {"ACTIVE"},
    "retrieve": {"ACTIVE"},
    "retrieve_consult": {"ACTIVE"},
    "hold": {"HELD"},
}
# What is done to the talk with the colleague, whatever call is named.
ON_CONSULT = ("end_consult", "retrieve_consult")
LEAVES = ("drop", "end_consult", "transfer", "complete_transfer")
GONE = ("DROPPED", "FAILED", "WRAP_UP")
# Tones and call data are confirmed by nothing but the absence of an error.
QUIET = 0.4


class CommandError(Exception):
    """The command failed; ``code`` is for programs, the text for people.

    ``reason`` is the exchange's own finer code (CF_…, 88004 …), when it gave one.
    """

    def __init__(self, code, text="", reason=""):
        super().__init__(text or code)
        self.code = code
        self.reason = reason


class Outcome:
    """Waits on one line for the notification that settles one request."""

    def __init__(self, line, is_done):
        self.line = line
        self.is_done = is_done
        self.request_id = None
        self.early = []
        self.future = asyncio.get_running_loop().create_future()

    def __enter__(self):
        self.line.watchers.append(self.see)
        return self

    def __exit__(self, *_exc):
        self.line.watchers.remove(self.see)

    def sent(self, request_id):
        """The request is accepted; look again at what came before we knew its id."""
        self.request_id = request_id
        early, self.early = self.early, []
        for update in early:
            self.see(update)

    def see(self, update):
        """Watcher: settle when this update is our outcome."""
        if self.future.done():
            return
        if update.errors:
            if self.request_id is None:
                self.early.append(update)
            elif update.request_id in ("", self.request_id) or not self.request_id:
                error = update.errors[0]
                self.future.set_exception(
                    CommandError(error.type, str(error), error.reason)
                )
            return
        found = self.is_done(update)
        if found:
            self.future.set_result(found)


class Commands:
    """Executes payloads of Odoo's telephony adapter on the lines."""

    def __init__(self, lines, wait):
        self.lines = lines
        self.wait = wait
        self.recent = {}

    async def execute(self, payload):
        """Answer dict for one payload: {"ok": True, …} or {"ok": False, "error", …}.

        The same ``request_id`` sent again gets the same answer, not a second call.
        """
        key = str(payload.get("request_id") or "")
        task = self.recent.get(key)
        if task is None:
            task = asyncio.ensure_future(self._answer(payload))
            if key:
                self.recent[key] = task
                while len(self.recent) > 500:
                    self.recent.pop(next(iter(self.recent)))
        return await asyncio.shield(task)

    async def _answer(self, payload):
        try:
            return {"ok": True, **await self._execute(payload)}
        except (CommandError, FinesseError) as error:
            answer = {"ok": False, "code": error.code, "error": str(error)}
            return answer | ({"reason": error.reason} if error.reason else {})
        except ValueError as error:
            return {"ok": False, "code": "bad_request", "error": str(error)}
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            name = type(error).__name__
            return {"ok": False, "code": "unreachable", "error": name}

    async def _execute(self, payload):
        line = self.lines.get(str(payload.get("agent_id") or ""))
        if line is None:
            raise CommandError("unknown_agent", "this agent is not in the settings")
        name = payload.get("command")
        if name == "dial":
            return await self._dial(line, str(payload.get("number") or ""))
        if name in ACTIONS or name in TO_NUMBER:
            return await self._on_dialog(line, name, payload)
        if name in STATES:
            return await self._state(line, STATES[name], payload.get("reason"))
        if name in ("send_dtmf", "wrap_up"):
            return await self._quiet(line, name, payload)
        if name == "reason_codes":
            return {"reasons": await self._reasons(line, payload.get("category"))}
        if name == "line_state":
            return {"line": _line_state(line)}
        raise CommandError("unknown_command", f"unknown command {name!r}")

    async def _dial(self, line, number):
        body = requests.make_call(line.tracker.extension, number)
        return await self._settle(line, _new_dialog(line), line.rest.dial(body))

    async def _on_dialog(self, line, name, payload):
        dialog_id = self._which(line, name, payload)
        extension = line.tracker.extension
        if name in TO_NUMBER:
            number = str(payload.get("number") or "")
            body = requests.to_number(TO_NUMBER[name], extension, number)
        else:
            body = requests.on_dialog(ACTIONS[name], extension)
        if name == "consult":
            is_done = _new_dialog(line)
        elif name == "conference":
            is_done = _joined
        else:
            is_done = _reached(dialog_id, extension, name)
        request = line.rest.on_dialog(dialog_id, body)
        return await self._settle(line, is_done, request)

    @staticmethod
    async def _reasons(line, category):
        """Reasons to choose from: dicts with id and label."""
        if category == "wrap_up":
            labels = await line.rest.wrap_up_reasons()
            return [{"id": label, "label": label} for label in labels]
        return await line.rest.reason_codes()

    async def _quiet(self, line, name, payload):
        """Ask for what no notification confirms: no error within a blink is success."""
        dialog_id = self._which(line, name, payload)
        if name == "send_dtmf":
            digits = str(payload.get("digits") or "")
            body = requests.send_dtmf(line.tracker.extension, digits)
        else:
            body = requests.wrap_up(str(payload.get("reason") or ""))
        with Outcome(line, lambda _update: None) as outcome:
            request = line.rest.on_dialog(dialog_id, body)
            outcome.sent(await asyncio.wait_for(request, self.wait))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(outcome.future, QUIET)
        return {"dialog_id": dialog_id}

    def _which(self, line, name, payload):
        """The dialog meant; when none is named, the only one it can be.

        A call may have several names at the exchange (it was transferred): the one
        that is at this telephone now is taken.
        """
        named = payload.get("dialog_ids") or [payload.get("dialog_id")]
        named = [str(item) for item in named if item] if isinstance(named, list) else []
        if not all(re.fullmatch(r"[0-9A-Za-z_-]{1,64}", item) for item in named):
            raise CommandError("bad_request", "dialog_id is not an id")
        held = line.tracker.open
        if name in ON_CONSULT or payload.get("consult"):
            return _only(one.id for one in held.values() if one.internal)
        if name in ("complete_transfer", "conference"):
            waiting = [one.id for one in held.values() if one.party == "HELD"]
            if len(waiting) == 1:
                return waiting[0]
        here = [item for item in named if item in held]
        if named:
            return (here or named)[-1]
        return _only(
            one.id
            for one in held.values()
            if not one.internal and (name != "answer" or not one.answered)
        )

    async def _state(self, line, state, reason=None):
        if line.tracker.state == state and not reason:
            return {"agent_state": state}

        def is_done(update):
            user = update.user
            if user and user.id in ("", line.agent.id):
                if state in (user.state, user.pending_state):
                    return {"agent_state": state}
            return None

        request = line.rest.change_state(requests.change_state(state, reason))
        return await self._settle(line, is_done, request)

    async def _settle(self, line, is_done, request):
        with Outcome(line, is_done) as outcome:
            deadline = asyncio.get_running_loop().time() + self.wait
            outcome.sent(await asyncio.wait_for(request, self.wait))
            left = max(0.05, deadline - asyncio.get_running_loop().time())
            try:
                return await asyncio.wait_for(outcome.future, left)
            except TimeoutError:
                text = "accepted by Finesse, but not confirmed in time"
                raise CommandError("unconfirmed", text) from None


def _only(ids):
    """The single id of ``ids``. Raises :class:`CommandError` when it is not one."""
    found = list(ids)
    if len(found) != 1:
        raise CommandError("no_call", "there is no such call at this telephone")
    return found[0]


def _line_state(line):
    """What the operator's bar cannot know from the events of calls."""
    asked = next(
        (one for one in line.tracker.open.values() if one.internal and _is_ours(one)),
        None,
    )
    states = {"ACTIVE": "talking", "HELD": "held"}
    return {
        "agent_state": line.tracker.state,
        "pending_state": line.tracker.pending,
        "consult": asked
        and {
            "number": asked.remote or asked.dialed,
            "state": states.get(asked.party, "ringing"),
        },
    }


def _is_ours(held):
    """Did this telephone begin the talk with the colleague?"""
    return held.direction == "out"


def _new_dialog(line):
    """Settled by a dialog that this telephone began after now."""
    before = set(line.tracker.open) | set(line.tracker.finished)

    def is_done(update):
        for dialog in update.dialogs:
            mine = dialog.from_address == line.tracker.extension
            if mine and dialog.id not in before:
                return {"dialog_id": dialog.id}
        return None

    return is_done


def _joined(update):
    """Settled by a dialog in which three or more take part."""
    for dialog in update.dialogs:
        if sum(bool(p.state) and not p.is_gone for p in dialog.participants) > 2:
            return {"dialog_id": dialog.id}
    return None


def _reached(dialog_id, extension, name):
    """Settled when our telephone is in the wanted state, or has left the dialog."""

    def is_done(update):
        for dialog in update.dialogs:
            if dialog.id != dialog_id:
                continue
            me = dialog.party(extension)
            over = update.event == "DELETE" or dialog.state in GONE
            if name in LEAVES and (over or (me and me.state in GONE)):
                return {"dialog_id": dialog_id}
            if me and not over and me.state in WANTED.get(name, ()):
                return {"dialog_id": dialog_id}
        return None

    return is_done
