# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The wizard of telephony over the real chain: checks, failures, a trial call."""

import pytest
import requests

from tools.journey.browsers import Person

SETUP = "gorod24.telephony.setup"
WAIT_MS = 60000
NUMBER = "+7 913 555-66-77"


@pytest.fixture
def admin(browser, stack):
    person = Person(browser, stack.odoo_url, "admin", stack.passwords["admin"])
    yield person
    person.close()


@pytest.fixture
def setup_id(admin):
    """The wizard, with the settings of the running connector taken over."""
    found = admin.call(SETUP, "search", [])[0]
    operator = admin.call("res.users", "search", [("login", "=", "operator")])[0]
    values = {"check_operator_id": operator, "trial_operator_id": operator}
    admin.call(SETUP, "write", [found], values)
    admin.call(SETUP, "action_take_running", [found])
    return found


def lines(admin, setup_id):
    """{kind: line} after every link was checked."""
    admin.call(SETUP, "action_check_all", [setup_id])
    fields = ["kind", "state", "message", "advice"]
    found = admin.call("gorod24.telephony.check", "search_read", [], fields)
    return {line["kind"]: line for line in found}


def test_links_are_checked_and_a_dead_connector_is_named(admin, stack, setup_id):
    before = stack.value("SELECT count(*) FROM gorod24_call")
    table = admin.call(SETUP, "read", [setup_id], ["cisco_differences"])
    assert "text-success" in table[0]["cisco_differences"]
    found = lines(admin, setup_id)
    links = ("connector", "finesse_primary", "xmpp_primary", "operator", "event_door")
    for kind in (*links, "finesse_secondary", "xmpp_secondary"):
        assert found[kind]["state"] == "good", found[kind]
    assert found["mediasense"]["state"] == "off", found["mediasense"]
    # A folder nobody has written to yet is worth a look, but it is there.
    for kind in ("cdr", "recordings"):
        assert found[kind]["state"] in ("good", "warning"), found[kind]
    probes = "SELECT count(*) FROM gorod24_call_event WHERE type = 'probe'"
    assert int(stack.value(probes)) >= 1
    assert stack.value("SELECT count(*) FROM gorod24_call") == before
    stack.stop("connector")
    try:
        dead = lines(admin, setup_id)
    finally:
        stack.start("connector")
    assert dead["connector"]["state"] == dead["event_door"]["state"] == "bad"
    assert dead["cdr"]["message"] == dead["connector"]["message"]
    assert dead["connector"]["message"] != found["connector"]["message"]
    assert "systemctl" in dead["connector"]["advice"]


def test_trial_call_is_judged_by_the_journal(admin, stack, setup_id):
    until_connected(admin, setup_id)
    admin.call(
        SETUP, "write", [setup_id], {"step": "calibration", "trial_number": NUMBER}
    )
    page = admin.go(f"/odoo/telephony-setup/{setup_id}")
    page.click("button[name=action_trial_dial]", timeout=WAIT_MS)
    page.wait_for_selector(".alert-info .fa-spin", timeout=WAIT_MS)
    call = wait_for_call(page, stack)
    # Whoever comes back to the page later sees the same.
    page.reload(wait_until="domcontentloaded")
    page.wait_for_selector(".alert-info .fa-spin", timeout=WAIT_MS)
    requests.post(f"{stack.sim_control_url}/calls/{call['id']}/hangup", json={})
    page.wait_for_selector("div.alert-success:visible", timeout=2 * WAIT_MS)
    trial = admin.call("gorod24.cisco.calibration", "search_read", [], limit=1)[0]
    assert (trial["state"], trial["dialog_id"]) == ("fits", call["id"])
    number = int(call["id"])
    assert trial["gcid"] == f"{number >> 24}/{number & 0xFFFFFF}"
    assert trial["extension_seen"] == "2830"
    assert trial["prefix_seen"] == "98"
    assert abs(trial["skew_seconds"]) <= 30
    assert trial["told"]
    assert not admin.errors


def until_connected(admin, setup_id):
    """Wait until the line of the operator has its link (the connector just began)."""
    for _turn in range(120):
        operator = lines(admin, setup_id)["operator"]
        if operator["state"] == "good":
            return
        admin.page.wait_for_timeout(250)
    raise AssertionError(operator)


def wait_for_call(page, stack):
    """The simulator's outgoing call to the number, once it is answered."""
    for _turn in range(240):
        answer = requests.get(f"{stack.sim_control_url}/calls", timeout=10).json()
        for call in answer["calls"]:
            if call["direction"] == "out" and call["state"] == "ACTIVE":
                return call
        page.wait_for_timeout(250)
    raise AssertionError("the exchange has not dialled")
