# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the setup asks the connector: faults in words, folders, settings, secrets."""

import asyncio
import os
import socket
import ssl
import time
from dataclasses import replace

import aiohttp
import pytest
from gorod24_cisco.connector.calibration import Calibration
from gorod24_cisco.connector.faults import CheckFailed, code_of
from gorod24_cisco.connector.folders import look_into
from gorod24_cisco.connector.settings import SettingsError, build
from gorod24_cisco.connector.shown import shown
from gorod24_cisco.connector.xmpp_probe import probe
from gorod24_cisco.wire import cdr_calls
from test_cisco_connector import DATA


def certificate_error(number, message):
    error = ssl.SSLCertVerificationError(1, message)
    error.verify_code, error.verify_message = number, message
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefusedError(111, "x"), "refused"),
        (socket.gaierror(-2, "x"), "no_host"),
        (TimeoutError(), "timeout"),
        (certificate_error(18, "self-signed certificate"), "certificate"),
        (certificate_error(10, "certificate has expired"), "certificate_expired"),
        (certificate_error(62, "Hostname mismatch"), "certificate_name"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), "not_tls"),
        (OSError(113, "no route"), "unreachable"),
    ],
)
def test_each_fault_has_its_code(error, code):
    assert code_of(error)[0] == code
    # aiohttp wraps what the system said; the innermost reason counts.
    try:
        try:
            raise error
        except Exception as inner:
            raise aiohttp.ClientError("wrapped") from inner
    except aiohttp.ClientError as wrapped:
        assert code_of(wrapped)[0] == code


def folders(tmp_path):
    made = [tmp_path / name for name in ("new", "done", "failed")]
    for path in made:
        path.mkdir()
    return made


def test_folder_is_looked_into_and_left_as_it_was(tmp_path):
    new, done, failed = folders(tmp_path)
    (new / "cdr_1").write_text("x")
    os.utime(new / "cdr_1", (time.time() - 90, time.time() - 90))
    (failed / "cdr_0.reason.txt").write_text("line 1: no columns\nmore")
    facts = look_into(new, done, failed)
    assert facts["waiting"] == 1
    assert 89 <= facts["newest_seconds"] <= 95
    assert (facts["refused"], facts["last_reason"]) == (1, "line 1: no columns")
    assert [path.name for path in new.iterdir()] == ["cdr_1"]
    assert not list(done.iterdir())


def test_missing_and_unfit_folders_are_named(tmp_path, monkeypatch):
    new, done, failed = folders(tmp_path)
    with pytest.raises(CheckFailed) as caught:
        look_into(tmp_path / "none", done, failed)
    assert caught.value.code == "no_folder"
    assert caught.value.facts["folder"].endswith("none")

    def refuse(_source, target):
        raise OSError(18 if "done" in str(target) else 13, "x")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(CheckFailed) as caught:
        look_into(new, done, failed)
    assert caught.value.code == "other_disk"
    assert not list(new.iterdir())


def test_secrets_may_come_from_the_environment(monkeypatch):
    agent = {"id": "60-21", "extension": "2830"}
    monkeypatch.delenv("GOROD24_AGENT_PASSWORD_60_21", raising=False)
    with pytest.raises(SettingsError, match="GOROD24_AGENT_PASSWORD_60_21"):
        build(DATA | {"agent": [agent]})
    monkeypatch.setenv("GOROD24_AGENT_PASSWORD_60_21", "word")
    assert build(DATA | {"agent": [agent]}).agents[0].password == "word"
    media = {"base_url": "https://m.example:8440", "username": "u"}
    data = DATA | {"mediasense": media, "recordings": {"folder": "r"}}
    with pytest.raises(SettingsError, match="GOROD24_MEDIASENSE_PASSWORD"):
        build(data)
    monkeypatch.setenv("GOROD24_MEDIASENSE_PASSWORD", "word")
    assert build(data).mediasense.password == "word"


def test_shown_settings_hold_no_secret(tmp_path):
    media = {
        "base_url": "https://m.example:8440",
        "username": "u",
        "password": "media-word",
        "events_url": "https://g.example/mediasense/token-word",
    }
    data = DATA | {
        "mediasense": media,
        "recordings": {"folder": "r", "index_columns": {"started_at": "Начало"}},
        "cdr": {"folder": "c", "extensions": [2899]},
        "spool": {"folder": str(tmp_path)},
    }
    settings = build(data)
    told = shown(settings, Calibration(settings))
    assert "word" not in str(told)
    assert told["mediasense.events_url"] == "https://g.example/mediasense"
    assert told["agents"] == [["6021", "2830"]]
    assert told["cdr.extensions"] == ["2899"]
    assert told["cdr.dialog_ids_are_jtapi"] is True
    assert told["recordings.index_columns"] == {"started_at": "Начало"}


def test_calibration_outlives_a_restart_and_the_file(tmp_path):
    settings = replace(build(DATA), spool=tmp_path / "new")
    calibration = Calibration(settings)
    site = cdr_calls.Site()
    calibration.rule(site)
    assert calibration.dialog_ids and not calibration.is_measured
    calibration.set(False)
    assert site.dialog_ids is False
    again = Calibration(settings)
    assert again.is_measured and not again.dialog_ids
    (tmp_path / "new/calibration.json").write_text("{")
    assert Calibration(settings).dialog_ids is True


def served(answers, settings):
    """Probe a server that says ``answers`` one after another."""

    async def scenario():
        async def speak(reader, writer):
            for answer in answers:
                await reader.read(1024)
                writer.write(answer)
                await writer.drain()
            writer.close()

        server = await asyncio.start_server(speak, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        node = replace(settings.nodes[0], xmpp_port=port)
        try:
            return await probe(settings, node, "fin.example")
        finally:
            server.close()

    return asyncio.run(scenario())


FEATURES = (
    b"<stream:stream><stream:features><mechanisms><mechanism>PLAIN</mechanism>"
    b"</mechanisms></stream:features>"
)


def test_xmpp_answers_are_told_apart():
    settings = build(DATA)
    assert served([FEATURES], settings)["mechanisms"] == ["PLAIN"]
    for answers, code in (
        ([b"HTTP/1.1 400 Bad Request\r\n\r\n"], "not_xmpp"),
        ([b"<stream:error><host-unknown/></stream:error>"], "unknown_domain"),
        ([b"<stream:error><conflict/></stream:error>"], "stream_refused"),
        (
            [b"<stream:features><starttls><required/></starttls></stream:features>"],
            "tls_required",
        ),
    ):
        with pytest.raises(CheckFailed) as caught:
            served(answers, settings)
        assert caught.value.code == code
    with pytest.raises(CheckFailed, match="no_starttls"):
        served([FEATURES], replace(settings, xmpp_tls="starttls"))
