# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The exchange's journal: CDR files as CUCM uploads them, with its bad habits.

Written from the protocol sheet alone, as the rest of the simulator.
"""

import asyncio
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path

COLUMNS = Path(__file__).with_name("cdr_columns.txt")
TEXTS = (
    "Number",
    "Dn",
    "DN",
    "Name",
    "pkid",
    "Cluster",
    "comment",
    "Ref",
    "URI",
    "uri",
)
SPLIT = 393216
CLUSTER = "StandAloneCluster"
HABITS = ("normal", "half", "repeat", "late", "off", "clock")
SLOW_UPLOAD = 1.0


class Journal:
    """Writes a file for each call that is over. ``folder`` None: keeps no journal."""

    def __init__(self, folder):
        self.folder = folder
        self.columns = COLUMNS.read_text(encoding="utf-8").split()
        self.width = 133
        self.quoted = True
        self.habit = "normal"
        self.ahead = 0  # seconds by which the clock is fast, in the habit "clock"
        self.sequence = int(datetime.now(UTC).timestamp())
        self.written = 0
        self.waiting = []

    async def keep(self, call):
        """The rows of an ended call, in the way of the present habit."""
        if self.folder is None or self.habit == "off":
            return
        rows = list(self._rows(call))
        if self.habit == "late":
            self.waiting += rows[:1]
            rows = rows[1:]
        if rows:
            await self._upload(rows)
        if self.habit == "repeat":
            await self._upload(rows)

    async def stranger(self, number, extension):
        """A call of the same exchange that has nothing to do with the hotline."""
        now = datetime.now(UTC)
        await self._upload(
            [
                self._base((1 << 24) | 0xFFFF00, now, None, now)
                | {
                    "origLegCallIdentifier": 2**31 - 2,
                    "destLegIdentifier": 2**31 - 1,
                    "callingPartyNumber": number,
                    "originalCalledPartyNumber": extension,
                    "finalCalledPartyNumber": extension,
                    "origDeviceName": "SIP-GW",
                    "destDeviceName": f"SEP{extension}",
                    "origCause_value": 16,
                }
            ]
        )

    async def flush(self):
        """Send the rows held back."""
        rows, self.waiting = self.waiting, []
        if rows:
            await self._upload(rows)

    async def _upload(self, rows):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sequence += 1
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M")
        path = self.folder / f"cdr_{CLUSTER}_01_{moment}_{self.sequence}"
        text = self._text(rows)
        if self.habit == "half":
            path.write_text(text[: len(text) // 2], encoding="utf-8")
            await asyncio.sleep(SLOW_UPLOAD)
            path.write_text(text, encoding="utf-8")
        else:
            part = path.with_name(f"_{path.name}")
            part.write_text(text, encoding="utf-8")
            os.replace(part, path)
        self.written += len(rows)

    def _text(self, rows):
        names = self.columns[: self.width]
        quote = '"{}"'.format if self.quoted else "{}".format
        is_text = {name: any(word in name for word in TEXTS) for name in names}
        lines = [",".join(quote(name) for name in names)]
        lines.append(
            ",".join("VARCHAR(50)" if is_text[name] else "INTEGER" for name in names)
        )
        for row in rows:
            cells = (
                quote(row.get(name, "")) if is_text[name] else str(row.get(name, 0))
                for name in names
            )
            lines.append(",".join(cells))
        return "\n".join(lines) + "\n"

    def _rows(self, call):
        number = int(call.id)
        for place, part in enumerate(call.parts):
            if part.ended is None:
                continue
            yield self._row(call, number, place, part)
        for asked, ended in call.consults:
            yield self._consult(asked, ended)

    def _row(self, call, number, place, part):
        passed = part.end in ("transferred", "joined")
        ours, theirs = part.agent.extension, call.remote
        out = call.direction == "out"
        ended_by = 10 if passed else 12
        return self._base(number, part.began, part.answered, part.ended) | {
            "origLegCallIdentifier": _leg(number),
            "destLegIdentifier": _leg(number, 1 + place),
            "callingPartyNumber": ours if out else theirs,
            "originalCalledPartyNumber": theirs if out else call.dialed,
            "finalCalledPartyNumber": theirs if out else ours,
            "origDeviceName": f"SEP{ours}" if out else "SIP-GW",
            "destDeviceName": "SIP-GW" if out else f"SEP{ours}",
            "origCause_value": SPLIT if passed else (16 if part.end == "caller" else 0),
            "destCause_value": SPLIT if passed else _dest_cause(part.end),
            "origCallTerminationOnBehalfOf": ended_by,
            "destCallTerminationOnBehalfOf": ended_by,
            "joinOnBehalfOf": 10 if part.joined else 0,
        }

    def _consult(self, asked, ended):
        number = int(asked.id)
        return self._base(number, asked.started, asked.answered, ended) | {
            "origLegCallIdentifier": _leg(number),
            "destLegIdentifier": _leg(number, 1),
            "callingPartyNumber": asked.caller,
            "originalCalledPartyNumber": asked.called,
            "finalCalledPartyNumber": asked.called,
            "origDeviceName": f"SEP{asked.caller}",
            "destDeviceName": f"SEP{asked.called}",
            "origCause_value": SPLIT,
            "destCause_value": SPLIT,
        }

    def _base(self, number, began, answered, ended):
        ahead = self.ahead if self.habit == "clock" else 0
        began, ended = (int(one.timestamp()) + ahead for one in (began, ended))
        answered = int(answered.timestamp()) + ahead if answered else 0
        return {
            "cdrRecordType": 1,
            "globalCallID_callManagerId": number >> 24,
            "globalCallID_callId": number & 0xFFFFFF,
            "globalCallId_ClusterID": CLUSTER,
            "pkid": str(uuid.uuid4()),
            "dateTimeOrigination": began,
            "dateTimeConnect": answered,
            "dateTimeDisconnect": ended,
            "duration": ended - answered if answered else 0,
        }


def _leg(number, place=0):
    """Leg CI: no two calls have one in common, however often a call moves on."""
    return (64 * number + place) % 2**31


def _dest_cause(end):
    return {"agent": 16, "nobody": 19}.get(end, 0)
