# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Several processes of Odoo serve one city, as in production.

What one of them keeps in memory must follow what another one changes, and two of them
must never do the same work twice.
"""

import json
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import websocket

from tools.upgrade_check.screens import Refused, Visitor

WORKERS = 3
ASKS = 60
BUS_VERSION = "19.0-2"


@pytest.fixture(scope="module")
def city():
    from tools.bootstrap.testing.full_stack import running_stack

    with running_stack(workers=WORKERS, telephony=False) as running:
        yield running


@pytest.fixture(scope="module")
def people(city):
    return {
        login: Visitor(city.odoo_url, login, city.passwords[login])
        for login in ("operator", "operator2", "supervisor", "curator", "admin")
    }


def at_once(work, number=ASKS):
    """Results of the same request sent by many at one time."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda _one: work(), range(number)))


def workers_seen(city, since=0):
    """Processes that have answered, by the journal from that place of it on."""
    line = r"(\d+) INFO \S+ werkzeug: .*call_kw"
    return set(re.findall(line, city.log("odoo")[since:]))


def in_all_processes(city, work):
    """Results of a request that each of the processes has answered by now."""
    since, results = len(city.log("odoo")), []
    while len(workers_seen(city, since)) < WORKERS:
        results += at_once(work)
    return results


def job_id(admin, name):
    """Id of a job of the addon about terms."""
    return admin.model(
        "ir.model.data",
        "search_read",
        [("module", "=", "gorod24_regulation"), ("name", "=", name)],
        ["res_id"],
    )[0]["res_id"]


def run_job(admin, job):
    """Run a job now. True as well when the scheduler or another person runs it."""
    try:
        admin.model("ir.cron", "method_direct_trigger", [job])
    except Refused as error:
        # "already executing": the other one has it
        return "UserError" in str(error)
    return True


def ask_topics(operator, words):
    return operator.model("gorod24.caller.card", "suggest_topics", words)


def listen(city, person):
    """An open websocket of a signed-in person."""
    jar = next(
        handler.cookiejar
        for handler in person.opener.handlers
        if hasattr(handler, "cookiejar")
    )
    session = next(cookie.value for cookie in jar if cookie.name == "session_id")
    socket = websocket.create_connection(
        f"{city.bus_url}?version={BUS_VERSION}",
        cookie=f"session_id={session}",
        origin=city.odoo_url,
        timeout=30,
    )
    channels = {"channels": [], "last": 0}
    socket.send(json.dumps({"event_name": "subscribe", "data": channels}))
    return socket


def heard(socket, kind, until):
    """Payloads of a kind up to the first one for which `until` holds."""
    found = []
    while True:
        for note in json.loads(socket.recv()):
            if note["message"]["type"] == kind:
                found.append(note["message"]["payload"])
                if until(found[-1]):
                    return found


def tell_exchange(city, kind, dialog, agent, extension, number):
    """Send one event of the telephone exchange through the door."""
    event = {
        "event_id": f"workers-{dialog}-{kind}",
        "source": "test",
        "type": f"call.{kind}",
        "at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "refs": [{"system": "test", "kind": "dialog", "value": dialog}],
        "direction": "in",
        "remote_number": number,
        "queue": "Hotline",
        "agent": {"id": agent, "extension": extension},
    }
    request = urllib.request.Request(
        f"{city.odoo_url}/gorod24/telephony/v1/events",
        json.dumps(event).encode(),
        {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {city.telephony_token}",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["results"][0]["status"]


def test_the_card_pops_up_once_through_the_bus_of_its_own_process(city, people):
    mine, colleague = (
        listen(city, people["operator"]),
        listen(city, people["operator2"]),
    )
    try:
        # many processes hear the same event: the exchange repeats itself
        statuses = at_once(
            lambda: tell_exchange(
                city, "ringing", "w-1", "6021", "2830", "83852770101"
            ),
            8,
        )
        assert set(statuses) <= {"accepted", "duplicate"}
        assert statuses.count("accepted") == 1
        assert (
            tell_exchange(city, "ringing", "w-2", "6022", "2831", "83852770102")
            == "accepted"
        )
        kind = "gorod24_telephony.call"
        theirs = heard(colleague, kind, lambda one: True)
        assert "83852770101" not in json.dumps(theirs)
        tell_exchange(city, "answered", "w-1", "6021", "2830", "83852770101")
        seen = heard(mine, kind, lambda one: one.get("state") == "talking")
        assert [one["state"] for one in seen].count("ringing") == 1
    finally:
        mine.close()
        colleague.close()


def test_a_word_of_the_curator_is_known_to_all_processes(city, people):
    operator, curator = people["operator"], people["curator"]
    word = "квазикрокозябра"
    assert not any(in_all_processes(city, lambda: ask_topics(operator, word)))
    topic = curator.model(
        "helpdesk.ticket.category",
        "search_read",
        [("is_topic", "=", True), ("code", "=", "L-JKH-05")],
        ["synonyms"],
    )[0]
    words = f"{topic['synonyms'] or ''}\n{word}"
    curator.model(
        "helpdesk.ticket.category", "write", [topic["id"]], {"synonyms": words}
    )
    answers = in_all_processes(city, lambda: ask_topics(operator, word))
    assert {rows[0]["topic_id"] for rows in answers} == {topic["id"]}


def test_a_renamed_street_is_found_by_all_processes(city, people):
    operator, curator = people["operator"], people["curator"]

    def ask():
        return operator.model(
            "gorod24.caller.card", "suggest_addresses", "Квазимодовская"
        )

    assert not any(in_all_processes(city, ask))
    street = curator.model(
        "gorod24.address", "search", [("level", "=", "street")], limit=1
    )
    curator.model("gorod24.address", "write", street, {"name": "Квазимодовская"})
    assert all(in_all_processes(city, ask))


def take_off(admin, day):
    """Make the day a day off, whatever the calendar says of it now."""
    days, calendars = "gorod24.production.day", "gorod24.production.calendar"
    known = admin.model(days, "search", [("date", "=", day)])
    if known:
        admin.model(days, "write", known, {"kind": "off"})
        return
    (year,) = admin.model(calendars, "search", [("year", "=", int(day[:4]))])
    vals = {"calendar_id": year, "date": day, "kind": "off", "note": "Проба"}
    admin.model(days, "create", [vals])


def test_a_new_day_off_moves_the_terms_in_all_processes(city, people):
    operator, admin = people["operator"], people["admin"]
    topic, house = city.psql(
        """SELECT q.topic_id, q.building_id FROM gorod24_question q
             JOIN gorod24_regime r ON r.id = q.regime_id
            WHERE r.code = 'HOT' AND q.participant_id IS NOT NULL
              AND q.building_id IS NOT NULL ORDER BY q.id DESC LIMIT 1"""
    )[0]

    def ask():
        shown = operator.model(
            "gorod24.caller.card", "preview", int(topic), building_id=int(house)
        )
        return shown["due"][0]["target"]

    before = set(in_all_processes(city, ask))
    assert len(before) == 1
    moment = before.pop()
    day = city.value(
        f"SELECT ('{moment}'::timestamptz AT TIME ZONE 'Asia/Barnaul')::date"
    )
    take_off(admin, day)
    after = set(in_all_processes(city, ask))
    assert len(after) == 1
    assert day not in after.pop()


def test_two_operators_never_get_the_same_citizen(city, people):
    city.psql(
        "UPDATE gorod24_informing SET call_back_at = now() - interval '1 minute',"
        " next_at = now() AT TIME ZONE 'UTC' - interval '1 minute'"
        " WHERE state = 'due' AND phone_e164 IS NOT NULL RETURNING id"
    )
    logins = ("operator", "operator2", "supervisor")
    with ThreadPoolExecutor(3) as pool:
        for _time in range(5):
            cards = list(
                pool.map(
                    lambda login: people[login].model("gorod24.informing.desk", "take"),
                    logins,
                )
            )
            phones = [card["phone"] for card in cards if card]
            assert len(phones) == len(set(phones)) == 3
    for login in logins:
        people[login].model("gorod24.informing.desk", "release")


def test_the_sweep_of_terms_run_twice_at_once_tells_once(city, people):
    admin = people["admin"]
    sweep, recount = (
        job_id(admin, name) for name in ("ir_cron_sweep", "ir_cron_recount")
    )
    # the day off of another test asks for a count of all terms: not after ours are set
    assert run_job(admin, recount)
    # whoever runs one of the two jobs is waited for: he would not see these terms, or
    # would set them back
    due = city.psql(
        f"""WITH held AS (SELECT id FROM ir_cron WHERE id IN ({sweep}, {recount})
                             FOR NO KEY UPDATE)
            UPDATE gorod24_clock
               SET attend_at = now() AT TIME ZONE 'UTC' - interval '1 minute',
                   target = now() AT TIME ZONE 'UTC' - interval '2 minutes',
                   escalated = FALSE, warned = FALSE
             WHERE state = 'running' AND (SELECT count(*) FROM held) = 2
         RETURNING id"""
    )
    assert due
    assert all(at_once(lambda: run_job(admin, sweep), 4))
    # the scheduler may have taken the job before all four: its run is to end first
    city.psql(f"SELECT id FROM ir_cron WHERE id = {sweep} FOR NO KEY UPDATE")
    assert (
        city.value(
            "SELECT count(*) FROM gorod24_clock WHERE state = 'running'"
            " AND escalated IS NOT TRUE"
        )
        == "0"
    )
    doubled = city.psql(
        """SELECT q.id FROM gorod24_question_event e
             JOIN gorod24_question q ON q.id = e.question_id
            WHERE e.kind LIKE 'escalat%' OR e.kind = 'missed'
            GROUP BY q.id, e.kind, e.note HAVING count(*) > 1"""
    )
    assert doubled == []
