# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The file of the wizard, and what a trial call says about names of calls."""

import tomllib
from datetime import datetime, timedelta

import pytest
from gorod24_cisco.connector.settings import SettingsError, build
from gorod24_cisco.setup_file import differences, environment, render, wanted
from gorod24_cisco.wire import ids
from gorod24_cisco.wire.calibration import Row, compare, prefix_of
from hypothesis import given
from hypothesis import strategies as st

VALUES = {
    "finesse.name": "fin1",
    "finesse.base_url": "https://fin1.example:8445/finesse/api",
    "finesse.xmpp_host": "fin1.example",
    "finesse.xmpp_port": 5223,
    "finesse.xmpp_tls": "direct",
    "finesse.verify_tls": True,
    "finesse.ca_bundle": "/etc/gorod24/ca.pem",
    "odoo.url": "https://city.example",
    "commands.host": "127.0.0.1",
    "commands.port": 8095,
    "cdr.folder": "/srv/cdr/new",
    "cdr.done": "/srv/cdr/done",
    "cdr.failed": "/srv/cdr/failed",
    "cdr.lines": ["6024", "77*"],
    "cdr.inner_numbers": r"\d{2,5}",
    "cdr.dialog_ids_are_jtapi": False,
    "spool.folder": "/var/lib/gorod24-cisco",
    "times.ping_every": 10.0,
}
AGENTS = [("6021", "2830"), ("6022", "2831")]


def test_file_holds_no_secret_and_is_what_the_connector_reads(monkeypatch):
    text = render(VALUES, AGENTS)
    assert "token" not in text and "password" not in text
    data = tomllib.loads(text)
    data["finesse"].pop("ca_bundle")
    for line in environment(VALUES, AGENTS).splitlines():
        if not line.startswith("#"):
            monkeypatch.setenv(line.partition("=")[0], "word")
    settings = build(data)
    assert [agent.password for agent in settings.agents] == ["word", "word"]
    assert settings.command_token == settings.odoo_token == "word"
    assert settings.cdr_dialog_ids is False
    assert settings.cdr_lines == ("6024", "77*")
    assert settings.secondary is None and settings.recordings is None


def test_running_settings_are_compared_key_by_key():
    ours = wanted(VALUES, AGENTS)
    assert differences(ours, ours | {"now": "2026-01-01T00:00:00Z"}) == []
    running = wanted(
        VALUES | {"finesse.xmpp_port": 5222, "finesse.ca_bundle": ""},
        [("6021", "2899")],
    )
    assert differences(ours, running) == [
        ("agent.6021", "2830", "2899"),
        ("agent.6022", "2831", None),
        ("finesse.ca_bundle", "/etc/gorod24/ca.pem", ""),
        ("finesse.xmpp_port", 5223, 5222),
    ]


def test_file_the_connector_would_refuse_is_refused_at_once():
    with pytest.raises(SettingsError, match="without TLS"):
        wanted(VALUES | {"finesse.base_url": "http://fin1.example"}, AGENTS)
    with pytest.raises(SettingsError, match="agent"):
        wanted(VALUES, [])


@pytest.mark.parametrize("name", ["callVariable1", "user.caller", "user.list[0]", ""])
def test_variable_with_the_number_reaches_the_connector(name):
    ours = wanted(VALUES | {"finesse.number_variable": name}, AGENTS)
    assert ours["finesse.number_variable"] == name
    told = differences(ours, wanted(VALUES, AGENTS))
    assert told == ([("finesse.number_variable", name, "")] if name else [])


@pytest.mark.parametrize("name", ["call variable", "номер", "1st", "a" * 50, "a[x]"])
def test_variable_that_no_exchange_has_is_refused(name):
    with pytest.raises(SettingsError, match="number_variable"):
        wanted(VALUES | {"finesse.number_variable": name}, AGENTS)


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_any_text_survives_the_file(text, columns):
    values = VALUES | {
        "recordings.folder": "/r",
        "recordings.name_pattern": text,
        "recordings.index_columns": columns,
    }
    data = tomllib.loads(render(values, AGENTS))["recordings"]
    assert data.get("name_pattern", "") == text
    assert data.get("index_columns", {}) == columns


T0 = datetime(2026, 11, 28, 5, 0)


def row(gcid, extension="2830", number="983852123456", second=2):
    began = T0 + timedelta(seconds=second)
    return Row(gcid, extension, number, began, began + timedelta(seconds=30))


@given(st.integers(1, 255), st.integers(1, 0xFFFFFF), st.integers(-3600, 3600))
def test_formula_is_seen_whatever_the_clock(node, call, second):
    dialog = str(ids.jtapi_id(node, call))
    rows = [row("1/1", "2831", "983852999999"), row(f"{node}/{call}", second=second)]
    found = compare(dialog, "2830", "+73852123456", T0, None, rows)
    assert (found.formula, found.shift) == ("fits", second)


def judged(*rows, ended=T0 + timedelta(seconds=31)):
    return compare("16804377", "2830", "+73852123456", T0, ended, rows)


def test_other_names_are_told_and_nothing_is_guessed():
    found = judged(row("2/500"), row("1/77", "2831"))
    assert (found.formula, found.row.gcid, found.shift) == ("differs", "2/500", 2)
    # While the talk goes on its row cannot have come.
    assert judged(row("2/500"), ended=None).formula == "none"
    assert judged(row("2/500"), row("2/501")).formula == "unclear"
    assert judged().formula == "none"
    assert judged(row("2/5", number="2831")).formula == "none"
    # A late row of another, longer talk with the same citizen.
    assert judged(row("2/5"), ended=T0 + timedelta(seconds=300)).formula == "none"
    # The same id of another day or at another telephone is another call.
    old = row("1/27161", second=-90000)
    assert judged(old, row("1/27161", "2899")).formula == "none"


def test_prefixes_are_what_stands_before_ten_digits():
    assert prefix_of("983852123456") == "98"
    assert prefix_of("+7 3852 12-34-56") == "7"
    assert prefix_of("3852123456") == prefix_of("123456") == prefix_of(None) == ""
