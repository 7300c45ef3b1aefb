# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import finesse_samples as samples
import pytest
from gorod24_cisco.wire import finesse, requests, sidecar, workflow
from gorod24_cisco.wire.finesse import Rejection, Update
from hypothesis import given
from hypothesis import strategies as st


def read(message):
    return finesse.read_notification(ElementTree.fromstring(message))


def test_captured_user_notification():
    (update,) = read(samples.USER_READY)
    assert update.event == "PUT"
    assert (update.user.id, update.user.login_name) == ("6021", "lpu_test_21")
    assert (update.user.extension, update.user.state) == ("2830", "READY")
    assert update.user.changed.isoformat() == "2023-01-13T11:14:47.981000+00:00"


def test_captured_error_notification():
    (update,) = read(samples.ERROR)
    assert (update.event, update.request_id) == ("PUT", "q1")
    assert str(update.errors[0]) == "Invalid State / CF_INVALID_OBJECT_STATE / 22"


def test_payload_as_child_elements_and_several_items():
    inner = samples.post(samples.inbound("ALERTING", "INITIATED"))
    message = (
        '<message><event xmlns="http://jabber.org/protocol/pubsub#event"><items>'
        f'<item><notification xmlns="urn:xmpp:push:0">{inner}</notification></item>'
        "<item><notification>not xml &lt;</notification></item>"
        "<item><notification/></item></items></event></message>"
    )
    first, second, third = read(message)
    assert first.dialogs[0].id == "16804377"
    assert isinstance(second, Rejection)
    assert third == Rejection("empty payload")


@pytest.mark.parametrize("tag", ["dialog", "Dialog"])
def test_dialog_in_both_spellings(tag):
    inner = samples.inbound("ACTIVE", "ACTIVE", tag=tag, caller="<&>")
    (dialog,) = finesse.read_payload(samples.put(inner)).dialogs
    assert (dialog.from_address, dialog.queue) == ("<&>", "Горячая линия")
    assert dialog.party("2830").kind == "AGENT_DEVICE"
    assert dialog.is_voice


def test_escaped_value_is_decoded_once():
    text = samples.put(samples.inbound("ACTIVE", "ACTIVE", caller="&lt;"))
    message = ElementTree.Element("message")
    ElementTree.SubElement(message, "notification").text = text
    again = ElementTree.fromstring(ElementTree.tostring(message))
    (update,) = finesse.read_notification(again)
    assert update.dialogs[0].from_address == "&lt;"


def test_two_dialogs_and_those_that_are_no_calls():
    inner = samples.inbound("ALERTING", "") + samples.inbound(
        "ALERTING", "", number="151635_312_1"
    )
    update = finesse.read_payload(samples.post(inner))
    assert [dialog.is_voice for dialog in update.dialogs] == [True, False]


def test_rest_errors_in_capitals_and_junk():
    body = (
        "<ApiErrors><ApiError><ErrorType>Invalid Input</ErrorType>"
        "<ErrorMessage>m</ErrorMessage></ApiError></ApiErrors>"
    )
    assert finesse.read_error_body(body)[0].type == "Invalid Input"
    assert finesse.read_error_body("<html>") == []


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "<Update>",
        "<Other/>",
        '<!DOCTYPE x [<!ENTITY a "b">]><Update>&a;</Update>',
        "<Update>" + "x" * 1_000_001 + "</Update>",
    ],
)
def test_bad_payload_is_rejected_with_a_reason(bad):
    assert finesse.read_payload(bad).reason


@given(st.text())
def test_any_text_is_read_or_rejected(text):
    assert isinstance(finesse.read_payload(text), Update | Rejection)


@given(st.lists(st.sampled_from(list("<>/&;aU") + ["<Update>", "</Update>", "<data>"])))
def test_broken_markup_is_read_or_rejected(parts):
    found = finesse.read_payload("".join(["<Update>", *parts, "</Update>"]))
    assert isinstance(found, Update | Rejection)


@given(st.text())
def test_request_bodies_are_always_xml(text):
    root = ElementTree.fromstring(requests.on_dialog("DROP", text))
    assert root.find("requestedAction").text == "DROP"


def test_numbers_to_dial_are_cleaned():
    root = ElementTree.fromstring(requests.make_call("2830", "9 (8-3852) 12-34-56"))
    assert root.find("toAddress").text == "983852123456"
    with pytest.raises(ValueError, match="no digit"):
        requests.make_call("2830", "абв")
    with pytest.raises(ValueError, match="unknown state"):
        requests.change_state("LOGOUT")


def test_sidecar():
    good = (
        b'{"version":1,"recorder":"r","recording_id":"1",'
        b'"started_at":"2026-01-15T03:20:04Z","duration_s":1.5}'
    )
    assert sidecar.read(good)["recorder"] == "r"
    for bad in (b"", b"[]", b"{}", good.replace(b"1.5", b"-1"), b"x" * 70000):
        with pytest.raises(sidecar.SidecarError):
            sidecar.read(bad)
    assert sidecar.audio_type(b"RIFF\0\0\0\0WAVEfmt ") == "audio/wav"
    assert sidecar.audio_type(b"RIFF\0\0\0\0AVI fmt ") == ""
    assert sidecar.audio_type(b"#!/bin/sh") == ""
    # With a checksum, and of MPEG 2 and 2.5, the usual one for speech.
    for second in (0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3, 0xFD):
        head = bytes([0xFF, second, 0x90, 0x64])
        assert sidecar.audio_type(head.ljust(16, b"\0")) == "audio/mpeg", head
    for other in (b"\xff\xd8\xff\xe0", b"\xff\xfe\x41\0", b"\xff\xf1\x50", b"\xff"):
        assert sidecar.audio_type(other) == "", other


def test_bodies_of_transfer_tones_and_call_data():
    root = ElementTree.fromstring(requests.to_number("CONSULT_CALL", "2830", "28-31"))
    assert root.find("toAddress").text == "2831"
    assert root.find("targetMediaAddress").text == "2830"
    root = ElementTree.fromstring(requests.send_dtmf("2830", "12#"))
    param = root.find("actionParams/ActionParam")
    assert (param.find("name").text, param.find("value").text) == ("dtmfString", "12#")
    root = ElementTree.fromstring(requests.wrap_up("Справка <дана>"))
    assert root.find("mediaProperties/wrapUpReason").text == "Справка <дана>"
    for bad in ("", "1;2", "A"):
        with pytest.raises(ValueError, match="tones"):
            requests.send_dtmf("2830", bad)


def test_lists_of_reasons():
    body = (
        "<ReasonCodes><ReasonCode><uri>/finesse/api/ReasonCode/12</uri><code>1</code>"
        "<label>Обед</label></ReasonCode><ReasonCode/></ReasonCodes>"
    )
    assert finesse.read_reasons(body) == [{"id": "12", "label": "Обед"}]
    body = (
        "<WrapUpReasons><WrapUpReason><label>A</label></WrapUpReason></WrapUpReasons>"
    )
    assert finesse.read_wrap_up_reasons(body) == ["A"]


def test_finer_code_of_an_error():
    assert finesse.ApiError("Call Operation Failure", "CF_X", "34").reason == "CF_X"
    assert finesse.ApiError("Call Operation Failure", "CF_X", "88004").reason == "88004"
    assert finesse.ApiError("Invalid State", "words").reason == ""


NOW = datetime(2026, 1, 15, 3, 20, 1, tzinfo=UTC)
WORKFLOW = {"trigger": "arrives", "dialog": "16804377", "agent": "6021"}


def test_workflow_tells_the_same_event_again():
    first = workflow.event(WORKFLOW | {"number": "83852123456", "queue": "${q}"}, NOW)
    assert (first["type"], first["direction"]) == ("call.ringing", "in")
    assert (first["remote_number"], first["queue"]) == ("83852123456", "")
    again = workflow.event(WORKFLOW, NOW + timedelta(minutes=1))
    assert again["event_id"] == first["event_id"]
    ends = workflow.event(WORKFLOW | {"trigger": "ends"}, NOW)
    assert ends["event_id"] != first["event_id"]
    for bad in ({"trigger": "x"}, {"dialog": "1_2"}, {"agent": ""}):
        assert workflow.event(WORKFLOW | bad, NOW).reason
