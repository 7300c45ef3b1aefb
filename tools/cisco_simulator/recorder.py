# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The recorder: after a call drops audio and, last, its description."""

import asyncio
import hashlib
import json
import os
import random
from datetime import timedelta

from . import sound
from .calls import stamp

LONGEST = 1800.0


class Recorder:
    """Writes into ``folder`` (None: records nothing)."""

    HABITS = ("normal", "late", "bare", "clock", "named", "index")

    def __init__(self, folder, name="sim1"):
        self.habit = "normal"
        self.mediasense = None
        self.seconds = 0.0
        self.folder = folder
        self.name = name
        self.written = 0

    async def keep(self, call):
        """Write every recorded segment of an ended call."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        segments = [
            (part.agent, begin, end)
            for part in call.parts
            for begin, end in part.segments
        ]
        if self.habit == "late":
            await asyncio.sleep(self.seconds)
        for number, (agent, begin, end) in enumerate(segments, 1):
            sound = await asyncio.to_thread(
                self._write, call, agent, number, begin, end
            )
            self.written += 1
            call.recordings.append(
                {
                    "recording_id": f"R-{call.id}-{number}",
                    "segment": number,
                    "agent": agent.id,
                    "sha256": hashlib.sha256(sound).hexdigest(),
                }
            )
            if self.mediasense is not None:
                described = self._describe(call, agent, number, begin, 0, sound)
                seconds = max(0.3, (end - begin).total_seconds())
                began = int(begin.timestamp() * 1000)
                described |= {"duration_s": seconds, "began_ms": began}
                await self.mediasense.tell(self.mediasense.keep(described, sound))

    def _write(self, call, agent, number, begin, end):
        seconds = min(LONGEST, max(0.3, (end - begin).total_seconds()))
        audio = sound.wav(seconds, f"{call.id}/{number}")
        stem = f"{call.id}-{number}"
        if self.habit == "named":
            stem = f"{begin:%Y%m%d_%H%M%S}_{agent.extension}_{call.remote}"
        self._drop(f"{stem}.wav", audio)
        if self.habit in ("bare", "named"):
            return audio
        if self.habit == "index":
            self._index(stem, call, agent, begin, seconds)
            return audio
        if self.habit == "clock":
            begin += timedelta(seconds=self.seconds)
        described = self._describe(call, agent, number, begin, seconds, audio)
        text = json.dumps(described, ensure_ascii=False, indent=1)
        self._drop(f"{stem}.json", text.encode())
        return audio

    def _index(self, stem, call, agent, begin, seconds):
        """A CSV index of one row, written after the sound."""
        row = {
            "file": f"{stem}.wav",
            "started_at": stamp(begin),
            "duration_s": f"{seconds:.1f}",
            "direction": call.direction,
            "agent_extension": agent.extension,
            "remote_number": call.remote,
        }
        text = f"{';'.join(row)}\r\n{';'.join(row.values())}\r\n"
        self._drop(f"{stem}.csv", text.encode())

    def _drop(self, name, content):
        part = self.folder / f"{name}.part"
        part.write_bytes(content)
        os.replace(part, self.folder / name)

    def _describe(self, call, agent, number, begin, seconds, audio):
        value = int(call.id)
        near = random.Random(value).randrange(20_000_000, 30_000_000)  # noqa: S311
        return {
            "version": 1,
            "recorder": self.name,
            "recording_id": f"R-{call.id}-{number}",
            "started_at": stamp(begin),
            "duration_s": round(seconds, 2),
            "direction": call.direction,
            "agent_extension": agent.extension,
            "agent_id": agent.id,
            "remote_number": call.remote,
            "refs": {
                "dialog_id": call.id,
                "gcid": f"{value >> 24}/{value & 0xFFFFFF}",
                "cluster": "StandAloneCluster",
                "near_refci": str(near),
                "far_refci": str(near + 1),
                "ccid": None,
                "xrefci": [str(near)],
                "uccx_contact": None,
            },
            "segment": number,
            "channels": 2,
            "sha256": hashlib.sha256(audio).hexdigest(),
        }
