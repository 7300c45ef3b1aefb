# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The OpenAPI description of the doors, built from the constants the doors check by."""

MAX_EVENTS = 500


def document(call_types, agent_state, end_reasons, max_id, max_refs):
    """Return the OpenAPI 3.1 document as a dict ready for JSON.

    The arguments are the constants of ``conversation.event``: what is described is what
    is checked.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gorod 24: doors of telephony",
            "version": "1",
            "description": (
                "Where exchanges, recorders and voice menus speak with the hotline."
                " Each source has a token of its own. Events may come twice, late and"
                " in any order: a call is always told anew from all of its events."
            ),
        },
        "security": [{"token": []}],
        "paths": {
            "/gorod24/telephony/v1/events": {"post": _events()},
            "/gorod24/telephony/v1/recordings": {"post": _recordings()},
            "/gorod24/telephony/v1/ivr": {"get": _ivr_get(), "post": _ivr_post()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Event": _event(call_types, agent_state, end_reasons, max_id, max_refs),
                "EventResult": _result(),
                "Sidecar": _sidecar(),
                "Ivr": _ivr_answer(),
                "Error": _object({"error": _text()}, ["error"]),
            },
        },
    }


def _text(**more):
    return {"type": "string", **more}


def _object(properties, required=()):
    schema = {"type": "object", "properties": properties}
    return dict(schema, required=list(required)) if required else schema


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema):
    return {"application/json": {"schema": schema}}


def _answers(ok, *statuses):
    texts = {
        400: "The body cannot be read.",
        405: "GET is not allowed for this source; POST instead.",
        413: "Too much at once: 500 events, 4 MB of them, 256 MB of sound.",
        422: "The description or the file cannot be used; the text names the field.",
        429: "Too many look-ups in a minute.",
    }
    answers = {"200": {"description": "Taken in.", "content": _json(ok)}}
    answers["401"] = {"description": "Wrong or missing token."}
    answers["403"] = {"description": "This source may not use this door."}
    answers["500"] = {"description": "The server failed: come again with the same."}
    answers["503"] = {"description": "No token is set on the server."}
    for status in statuses:
        answers[str(status)] = {
            "description": texts[status],
            "content": _json(_ref("Error")),
        }
    return answers


def _events():
    many = {"type": "array", "items": _ref("Event"), "maxItems": MAX_EVENTS}
    body = {"oneOf": [_ref("Event"), _object({"events": many}, ["events"])]}
    results = {"type": "array", "items": _ref("EventResult")}
    return {
        "summary": "Tell what happened on a telephone.",
        "requestBody": {"required": True, "content": _json(body)},
        "responses": _answers(_object({"results": results}), 400, 413),
    }


def _event(call_types, agent_state, end_reasons, max_id, max_refs):
    return _object(
        {
            "event_id": _text(
                maxLength=max_id,
                description="The same name, the same event: a repetition does nothing.",
            ),
            "source": _text(description="Who tells, for people."),
            "type": _text(enum=[*call_types, agent_state, "probe"]),
            "at": _text(format="date-time", description="With its zone."),
            **_record_times(),
            "quality": _quality(),
            "refs": _references(max_refs),
            "agent": _object({"id": _text(), "extension": _text()}),
            "direction": _text(enum=["in", "out"]),
            "remote_number": _text(description="The citizen's number, any spelling."),
            "dialed_number": _text(),
            "queue": _text(description="Line or queue, as people call it."),
            "consult": {
                "type": "boolean",
                "description": (
                    "A talk between colleagues about the call: opens no card. The"
                    " event by which the call goes over to the colleague has none."
                ),
            },
            "end_reason": _text(enum=list(end_reasons)),
            "agent_state": _text(description="READY, NOT_READY, TALKING, WORK …"),
            "reason": _text(description="Why not ready, in words; of agent.state."),
            "recovered": {
                "type": "boolean",
                "description": "Found out after an outage: opens no card.",
            },
        },
        ["event_id", "source", "type", "at"],
    ) | {"allOf": _needs(agent_state)}


def _needs(agent_state):
    """What an event of one type needs beside what all need."""

    def when(pattern, *names):
        kind = {"properties": {"type": pattern}}
        return {"if": kind, "then": {"required": list(names)}}

    return [
        when(_text(pattern="^call\\."), "refs"),
        when({"const": "call.record"}, "started_at"),
        when({"const": "call.quality"}, "started_at", "quality"),
        when({"const": agent_state}, "agent"),
    ]


def _references(max_refs):
    reference = _object(
        {"system": _text(), "kind": _text(), "value": _text()},
        ["system", "kind", "value"],
    )
    return {
        "type": "array",
        "items": reference,
        "maxItems": max_refs,
        "description": (
            "Names of the call at the exchange; at least one for an event of a call."
            " Events that share one within twelve hours are of one call. Commands go"
            " to the one of the kind “dialog”."
        ),
    }


def _record_times():
    """call.record is a whole leg told afterwards: its ``at`` is the end."""
    answered = "Of call.record; absent when nobody answered."
    return {
        "started_at": _text(
            format="date-time", description="Of call.record and call.quality alone."
        ),
        "answered_at": _text(format="date-time", description=answered),
    }


def _quality():
    """Figures of call.quality: each may be left out."""

    def number(text, **more):
        return {"type": "number", "minimum": 0, "description": text, **more}

    def whole(text):
        return number(text, type="integer")

    return _object(
        {
            "side": _text(
                enum=["near", "far"],
                description="Who heard so: the hotline's telephone, or the other end.",
            ),
            "packets_sent": whole("Packets sent."),
            "packets_received": whole("Packets that came."),
            "packets_lost": whole("Packets that did not come."),
            "jitter_ms": whole("Jitter, ms."),
            "latency_ms": whole("Delay, ms."),
            "conceal_seconds": whole("Seconds with concealed sound (CS)."),
            "severe_seconds": whole("Seconds with much of it (SCS)."),
            "mos": number("Mean opinion score, 1 to 5 (MLQK).", maximum=5),
            "mos_min": number("The worst of the talk (MLQKmn).", maximum=5),
            "conceal_ratio": number("Concealed share of the talk (CCR).", maximum=1),
            "conceal_interval": number("Of the last seconds (ICR).", maximum=1),
            "conceal_worst": number("Of the worst seconds (ICRmx).", maximum=1),
        }
    )


def _result():
    return _object(
        {
            "event_id": _text(),
            "status": _text(
                enum=["accepted", "duplicate", "rejected", "error"],
                description=(
                    "“error”: the server failed on this event alone; put it aside, it"
                    " may come again after a mend."
                ),
            ),
            "error": _text(
                description="Which field is wrong, when rejected; or the failure."
            ),
        }
    )


def _recordings():
    form = _object(
        {"file": _text(format="binary"), "metadata": _ref("Sidecar")},
        ["file", "metadata"],
    )
    return {
        "summary": "Hand over one sound file with its description.",
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": form}},
        },
        "responses": _answers(
            _object(
                {
                    "recording_id": {"type": "integer"},
                    "state": _text(enum=["matched", "unmatched", "rejected"]),
                    "tier": {"type": "integer"},
                    "call_id": {"type": ["integer", "boolean"]},
                    "duplicate": {"type": "boolean"},
                }
            ),
            400,
            413,
            422,
        ),
    }


def _sidecar():
    return _object(
        {
            "version": {"const": 1},
            "recorder": _text(),
            "recording_id": _text(),
            "started_at": _text(format="date-time"),
            "duration_s": {"type": "number"},
            "direction": _text(enum=["in", "out"]),
            "agent_extension": _text(),
            "agent_id": _text(),
            "remote_number": _text(),
            "refs": {"oneOf": [_recorder_names(), {"type": "array", **_named()}]},
            "channels": {"type": "integer", "description": "Not used."},
            "clock_known": {
                "type": "boolean",
                "description": (
                    "false: the recorder's times may be minutes off, so telephone and"
                    " time alone find no call."
                ),
            },
            "segment": {"type": "integer", "minimum": 1},
            "sha256": _text(description="Checked against the file when given."),
        },
        ["recorder", "recording_id", "started_at", "duration_s"],
    )


def _named():
    return {"items": _object({"kind": _text(), "value": _text()}, ["kind", "value"])}


def _recorder_names():
    """The names that recorders of Cisco give to a talk; null is as good as absent."""
    names = ("dialog_id", "gcid", "cluster", "near_refci", "far_refci", "ccid")
    names += ("protocol_call_ref", "uccx_contact")
    one = {"type": ["string", "integer", "null"]}
    many = {"type": ["array", "null"], "items": {"type": ["string", "integer"]}}
    return _object({name: one for name in names} | {"xrefci": many})


def _ivr_get():
    names = {"number": "The caller's number.", "appeal": "Digits of an appeal, typed."}
    return {
        "summary": "Who calls: for a voice menu, before an operator is chosen.",
        "description": (
            "Only for scripts that cannot POST, and only when the source allows it:"
            " access logs keep the numbers in the address line."
        ),
        "parameters": [
            {"name": name, "in": "query", "description": text, "schema": _text()}
            for name, text in names.items()
        ],
        "responses": _answers(_ref("Ivr"), 405, 429),
    }


def _ivr_post():
    body = _object({"number": _text(), "appeal": _text()})
    return {
        "summary": "The same with the number out of the address line and its logs.",
        "requestBody": {"content": _json(body)},
        "responses": _answers(_ref("Ivr"), 429),
    }


def _ivr_answer():
    appeal = _object({"number": _text(), "sentence": _text()})
    return _object(
        {
            "open": {"type": "boolean", "description": "The hotline works now."},
            "opens_at": {
                "oneOf": [_text(format="date-time"), {"type": "null"}],
                "description": "When it opens next, null while it works.",
            },
            "hours": _text(
                description="Working hours to read aloud, empty round the clock."
            ),
            "known": {"type": "boolean"},
            "priority": _text(enum=["normal", "high"]),
            "notice": _text(description="One sentence about his house to read aloud."),
            "open_appeals": {"type": "integer"},
            "appeal": {"oneOf": [appeal, {"type": "null"}]},
        }
    )
