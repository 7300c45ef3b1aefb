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
         WHERE l.call_id = c.id AND l.state != 'ended'),
       (SELECT coalesce(string_agg(o.telephony_agent_id || ':'
                   || CASE WHEN l.answered_at IS NULL THEN '' ELSE 'answered' END,
                   ' ' ORDER BY l.started_at, l.id), '')
          FROM gorod24_call_leg l JOIN res_users o ON o.id = l.user_id
         WHERE l.call_id = c.id AND l.consult IS NOT TRUE)
  FROM gorod24_call c LEFT JOIN res_users u ON u.id = c.user_id
 WHERE c.number_e164 = ANY(ARRAY[{numbers}]::varchar[])
"""
RECORDINGS = """
SELECT r.recording_ref, r.state, coalesce(r.call_id, 0), r.sha256,
       coalesce(a.store_fname, ''), coalesce(o.telephony_agent_id, ''),
       (SELECT count(*) FROM gorod24_call_leg l
         WHERE l.call_id = r.call_id AND l.user_id = r.user_id
           AND l.answered_at <= r.started_at + interval '{close} s'
           AND l.ended_at >= r.started_at - interval '{close} s')
  FROM gorod24_recording r LEFT JOIN ir_attachment a ON a.id = r.attachment_id
       LEFT JOIN res_users o ON o.id = r.user_id
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
    legs: str  # "6101:answered 6102:", in the order of time


@dataclass(frozen=True)
class Sound:
    """One recording as Odoo holds it.

    ``content`` is the hash of the file itself; ``legs``: how many talks of this
    operator with this citizen were going on when it began.
    """

    name: str
    state: str
    call: int
    sha256: str
    content: str
    agent: str
    legs: int


def e164(number):
    return f"+7{number[1:]}"


def read(town, ledger):
    """({number: [Kept]}, {name: [Sound]}) of the calls in the ledger."""
    numbers = ", ".join(f"'{e164(call['number'])}'" for call in ledger)
    calls = {}
    for row in town.query(CALLS.format(numbers=numbers)):
        kept = Kept(int(row[0]), *row[1:5], *map(float, row[5:8]), int(row[8]), row[9])
        calls.setdefault(kept.number, []).append(kept)
    names = ", ".join(
        f"'{one['recording_id']}'" for call in ledger for one in call["recordings"]
    )
    sounds = {}
    asked = RECORDINGS.format(names=names, close=CLOSE)
    for row in town.query(asked) if names else []:
        content = _hash(town.filestore / row[4]) if row[4] else ""
        sound = Sound(row[0], row[1], int(row[2]), row[3], content, row[5], int(row[6]))
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
    if sorted(kept.legs.split()) != _legs(played):
        yield f"плечи «{kept.legs}» вместо «{' '.join(_legs(played))}»"
    for key in ("started", "answered", "ended"):
        there = _seconds(played["first_answered" if key == "answered" else key])
        here = getattr(kept, key)
        if abs(here - there) > CLOSE:
            yield f"{key}: разница {here - there:+.1f} с"


def is_handed(played):
    """Whether the call went from one operator to another."""
    return len({part["agent"] for part in played["parts"]}) > 1


def _legs(played):
    """The operators who had the call, as ``Kept.legs`` names them: once each."""
    return sorted(
        {
            f"{part['agent']}:{'answered' if part['answered'] else ''}"
            for part in played["parts"]
        }
    )


def _sound(played, call, kept):
    """What is wrong with one recording, or ''."""
    if len(kept) != 1:
        return f"таких {len(kept)}"
    one = kept[0]
    if not played["sha256"] == one.sha256 == one.content:
        return "содержание не то"
    if one.state != "matched":
        return "звонок не найден"
    if one.call != call.id:
        return f"у чужого звонка {one.call}"
    if one.agent != played["agent"]:
        return f"у оператора {one.agent or 'без имени'} вместо {played['agent']}"
    return "" if one.legs == 1 else f"разговоров оператора в это время {one.legs}"


def _seconds(text):
    if not text:
        return 0.0
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return moment.timestamp()
