# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compares what Odoo holds with the simulator's own ledger, call by call."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

CLOSE = 3.0  # seconds by which times may differ: the journal counts in whole ones

CALLS = """
SELECT c.id, c.number_e164, c.state, coalesce(c.result, ''),
       coalesce(u.telephony_agent_id, ''),
       coalesce(extract(epoch FROM c.started_at), 0),
       coalesce(extract(epoch FROM c.answered_at), 0),
       coalesce(extract(epoch FROM c.ended_at), 0),
       (SELECT count(*) FROM gorod24_call_leg l
         WHERE l.call_id = c.id AND l.state != 'ended')
  FROM gorod24_call c LEFT JOIN res_users u ON u.id = c.user_id
 WHERE c.number_e164 = ANY(ARRAY[{numbers}]::varchar[])
"""
RECORDINGS = """
SELECT r.recording_ref, r.state, coalesce(r.call_id, 0), r.sha256,
       coalesce(a.store_fname, '')
  FROM gorod24_recording r LEFT JOIN ir_attachment a ON a.id = r.attachment_id
 WHERE r.recording_ref = ANY(ARRAY[{names}]::varchar[])
"""


@dataclass(frozen=True)
class Kept:
    """One call as Odoo holds it. Times: epoch seconds, 0 for none."""

    id: int
    number: str
    state: str
    result: str
    agent: str
    started: float
    answered: float
    ended: float
    open_legs: int


@dataclass(frozen=True)
class Sound:
    """One recording as Odoo holds it; ``content`` is the hash of the file itself."""

    name: str
    state: str
    call: int
    sha256: str
    content: str


def e164(number):
    return f"+7{number[1:]}"


def read(town, ledger):
    """({number: [Kept]}, {name: [Sound]}) of the calls in the ledger."""
    numbers = ", ".join(f"'{e164(call['number'])}'" for call in ledger)
    calls = {}
    for row in town.query(CALLS.format(numbers=numbers)):
        kept = Kept(int(row[0]), *row[1:5], *map(float, row[5:8]), int(row[8]))
        calls.setdefault(kept.number, []).append(kept)
    names = ", ".join(
        f"'{one['recording_id']}'" for call in ledger for one in call["recordings"]
    )
    sounds = {}
    for row in town.query(RECORDINGS.format(names=names)) if names else []:
        content = _hash(town.filestore / row[4]) if row[4] else ""
        sound = Sound(row[0], row[1], int(row[2]), row[3], content)
        sounds.setdefault(sound.name, []).append(sound)
    return calls, sounds


def _hash(path):
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def differences(ledger, calls, sounds):
    """Texts: what is not as it was played. Empty when all is well."""
    found = []
    for played in ledger:
        kept = calls.get(e164(played["number"]), [])
        name = f"звонок {played['id']} ({played['scenario']})"
        if len(kept) != 1:
            found.append(f"{name}: записей о нём {len(kept)}")
            continue
        found += [f"{name}: {text}" for text in _call(played, kept[0])]
        for one in played["recordings"]:
            text = _sound(one, kept[0], sounds.get(one["recording_id"], []))
            if text:
                found.append(f"{name}, запись {one['recording_id']}: {text}")
    return found


def _call(played, kept):
    """What is wrong with one call."""
    if kept.state != "ended" or kept.open_legs:
        yield f"не окончен: {kept.state}, открытых плеч {kept.open_legs}"
    wanted = "answered" if played["answered"] else "missed"
    if kept.result != wanted:
        yield f"итог «{kept.result}» вместо «{wanted}»"
    if kept.agent != played["agent"]:
        yield f"оператор {kept.agent or 'не назван'} вместо {played['agent']}"
    for key in ("started", "answered", "ended"):
        there = _seconds(played[key])
        here = getattr(kept, key)
        if abs(here - there) > CLOSE:
            yield f"{key}: разница {here - there:+.1f} с"


def _sound(played, call, kept):
    """What is wrong with one recording, or ''."""
    if len(kept) != 1:
        return f"таких {len(kept)}"
    one = kept[0]
    if not played["sha256"] == one.sha256 == one.content:
        return "содержание не то"
    if one.state != "matched":
        return "звонок не найден"
    return "" if one.call == call.id else f"у чужого звонка {one.call}"


def _seconds(text):
    if not text:
        return 0.0
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return moment.timestamp()
