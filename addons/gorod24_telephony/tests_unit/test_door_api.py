# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from pathlib import Path

from conversation import event
from conversation.event import parse_event
from conversation.quality import FIGURES
from door_api import RateLimit, document

KEPT = Path(__file__).resolve().parents[3] / "docs" / "telephony-openapi.json"


def made():
    return document(
        (*event.CALL_TYPES, event.QUALITY),
        event.AGENT_STATE,
        event.END_REASONS,
        event.MAX_ID,
        event.MAX_REFS,
    )


def test_every_field_of_an_event_is_described():
    full = {
        "event_id": "1",
        "source": "pbx",
        "type": "call.ended",
        "at": "2026-11-23T03:20:01Z",
        "refs": [{"system": "pbx", "kind": "dialog", "value": "1"}],
        "agent": {"id": "6021", "extension": "2830"},
        "direction": "in",
        "remote_number": "83852123456",
        "dialed_number": "112",
        "queue": "Линия",
        "end_reason": "normal",
        "agent_state": "READY",
        "reason": "Обед",
        "consult": True,
        "recovered": True,
    }
    schema = made()["components"]["schemas"]["Event"]
    times = {"started_at": full["at"], "answered_at": full["at"]}
    record = parse_event(full | times | {"type": "call.record"}).as_dict()
    heard = {"type": "call.quality", "quality": {"mos": 4.2, "side": "far"}}
    measured = parse_event(full | times | heard).as_dict()
    assert set(record) | set(measured) == set(schema["properties"])
    figures = schema["properties"]["quality"]["properties"]
    assert set(figures) == {"side", *FIGURES}
    assert set(schema["required"]) == {"event_id", "source", "type", "at"}


def test_every_pointer_points_somewhere():
    whole = made()
    for pointer in set(json.dumps(whole).split('"#/')[1:]):
        place = whole
        for step in pointer.split('"')[0].split("/"):
            place = place[step]
        assert place


def test_the_copy_in_docs_is_the_same():
    assert json.loads(KEPT.read_text(encoding="utf-8")) == made()


def test_rate_is_per_key_and_slides():
    limit = RateLimit(window=60)
    assert all(limit.admit("a", 3, now) for now in (0, 1, 2))
    assert not limit.admit("a", 3, 59)
    assert limit.admit("b", 3, 59)
    # The refused one did not count: the oldest left the window.
    assert limit.admit("a", 3, 60)
    assert not limit.admit("a", 3, 60.5)
    assert not limit.admit("c", 0, 0)
