# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One real call travels the whole way: ring, card, participant, informing, reports."""

import io
import zipfile

import pytest

from tools.demo_call import GRAPH, PIVOT, RESULT, TOPIC, WORDS
from tools.journey import Journey, Town
from tools.journey.browsers import PHONE, Person
from tools.journey.journey import CARD

OTHER_PASSWORD = "another-officer-24"


@pytest.fixture(scope="module")
def town(stack):
    assert stack.has_telephony
    return Town(stack.odoo_url, stack.simulator_url, stack.passwords)


@pytest.fixture
def journey(browser, town):
    walk = Journey(browser, town, tell=print)
    yield walk
    walk.close()


def other_officer(journey):
    """Return a duty officer of another section, signed in."""
    admin = journey.person("admin")
    member = admin.call(
        "gorod24.section.member",
        "search_read",
        [("user_id.login", "!=", "duty"), ("section_id.name", "=", "Диспетчерская")],
        ["user_id"],
        limit=1,
    )[0]
    user_id = member["user_id"][0]
    admin.call("res.users", "write", [user_id], {"password": OTHER_PASSWORD})
    login = admin.call("res.users", "read", [user_id], ["login"])[0]["login"]
    return Person(journey.browser, journey.town.url, login, OTHER_PASSWORD, PHONE)


def test_one_call_the_whole_way(journey, stack, capsys):
    citizen = journey.choose_citizen()
    desk = journey.open_desk()
    second_tab = journey.person("operator").new_page()
    journey.person("operator").go("/odoo/questions", second_tab)
    second_tab.wait_for_selector(".o_list_view")
    colleague = journey.open_desk("operator2")
    desk.bring_to_front()
    desk.click(".o_g24_call_bar .o_g24_dial")

    # 1. Ring: the card opens once, in the tab used last, for that operator only.
    call, seconds = journey.ring(citizen["phone"])
    with capsys.disabled():
        print(f"\nring to card: {seconds:.2f} s (target 1 s)")
    assert citizen["name"] in desk.inner_text(CARD)
    assert desk.input_value("#g24_address")
    assert not second_tab.query_selector(CARD)
    assert not colleague.query_selector(CARD)
    journey.lift()
    desk.wait_for_selector(f"{CARD} .badge:has-text('Разговор')")

    # 2. Card: words, topic, participant with the reason, due dates; saved at once.
    route = journey.fill_card(WORDS, TOPIC)
    assert "Новый квартал" in route["participant"]
    assert "Попова" in route["reason"]
    assert len(route["due"]) == 2
    number = journey.save_card()
    journey.hang_up()
    assert stack.psql(
        f"""SELECT count(DISTINCT t.id), count(DISTINCT q.id), count(DISTINCT r.id),
                   count(DISTINCT c.id)
              FROM helpdesk_ticket t
              JOIN gorod24_question q ON q.appeal_id = t.id
              JOIN gorod24_referral r ON r.question_id = q.id
              JOIN gorod24_clock c ON c.res_id = q.id
               AND c.res_model = 'gorod24.question'
             WHERE t.number = '{number}'"""
    ) == [["1", "1", "1", "2"]]

    # 3. Participant: only his own requests; accepts, reports with a photo.
    stranger = other_officer(journey)
    assert number not in stranger.go("/my/requests").content()
    page = journey.participant_accepts()
    assert stranger.go(page.url.removeprefix(journey.town.url)).url != page.url or (
        number not in stranger.page.content()
    )
    stranger.close()
    journey.participant_reports(RESULT)

    # 4. Informing: dialled from the list, the citizen is content, the question closes.
    journey.inform()
    appeal_id = journey.appeal_id()
    question = journey.person("operator").call(
        "gorod24.question",
        "search_read",
        [("appeal_id", "=", appeal_id)],
        ["state", "outcome", "result_text"],
    )[0]
    assert (question["state"], question["outcome"]) == ("closed", "fixed")
    assert question["result_text"] == RESULT
    photos = journey.person("operator").call(
        "gorod24.referral",
        "search_count",
        [("appeal_id", "=", appeal_id), ("attachment_ids", "!=", False)],
    )
    assert photos == 1

    # 5. Recording: matched to the call by itself, plays on the appeal.
    journey.wait_for_recording(appeal_id)
    assert journey.play_recording(appeal_id) > 0

    # 6. Manager: pivot, graph, workbook.
    workbook = journey.read_statistics(PIVOT, GRAPH)
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(workbook)).namelist()
    for person in journey.people.values():
        assert not person.errors, (person.login, person.errors)


def test_unknown_number_opens_an_empty_card_with_the_number(journey):
    journey.open_desk()
    call, _seconds = journey.ring("+73852777777", scenario="abandon")
    page = journey.person("operator").page
    assert "77-77-77" in page.inner_text(f"{CARD} .o_g24_number")
    assert page.input_value("#g24_person_name") == ""


def test_ring_is_kept_when_odoo_is_down(journey, stack):
    journey.open_desk()
    before = int(stack.value("SELECT count(*) FROM gorod24_call"))
    stack.stop("odoo")
    try:
        journey.exchange.ring("83852666666", "6022", scenario="abandon")
    finally:
        stack.start("odoo")
    result = wait_for_result(journey, stack, "+73852666666")
    assert result == "missed"
    assert int(stack.value("SELECT count(*) FROM gorod24_call")) == before + 1


def wait_for_result(journey, stack, number, seconds=90):
    """Return how the only call of a number ended, once it has."""
    page = journey.person("operator").page
    for _turn in range(seconds * 4):
        result = stack.value(
            "SELECT result FROM gorod24_call"
            f" WHERE number_e164 = '{number}' AND state = 'ended'"
        )
        if result:
            return result
        page.wait_for_timeout(250)
    raise AssertionError(f"The call of {number} has not ended in {seconds} s")
