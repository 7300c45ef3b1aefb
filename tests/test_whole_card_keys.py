# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The card by keyboard alone, on a real ring; nothing typed is ever lost."""

import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tools.demo_call import TOPIC, WORDS
from tools.journey import Journey, Town
from tools.journey.browsers import Person
from tools.journey.journey import CARD, WAIT_MS
from tools.journey.keyboard import Keyboard

MOST_KEYS = 12
STATUS = ".o_g24_draft_state[data-status=%s]"


@pytest.fixture
def journey(browser, stack):
    town = Town(stack.odoo_url, stack.simulator_url, stack.passwords)
    walk = Journey(browser, town)
    yield walk
    walk.close()


def unknown_number():
    """Return a number nobody has called from yet."""
    return f"+738526{random.randrange(10**5):05d}"


def pick_topic(page, keys, words=WORDS, topic=TOPIC):
    """Type the citizen's words and take the topic with the arrows."""
    keys.wait_focus("g24_problem", WAIT_MS)
    keys.type(words)
    page.wait_for_selector(f".o_g24_topic:has-text('{topic}')", timeout=WAIT_MS)
    found = [name.lower() for name in page.locator(".o_g24_topic").all_inner_texts()]
    index = next(i for i, name in enumerate(found) if topic.lower() in name)
    keys.press(*["ArrowDown"] * (index + 1))
    page.wait_for_selector(f".o_g24_topic.active:has-text('{topic}')", timeout=WAIT_MS)
    keys.press("Enter")
    page.wait_for_selector(".o_g24_participant", timeout=WAIT_MS)


def save(page, keys):
    """Register with the keyboard; return the number of the appeal."""
    keys.press("Control+Enter")
    page.wait_for_selector(".o_g24_saved_number", timeout=WAIT_MS)
    return page.inner_text(".o_g24_saved_number").strip()


def test_known_caller_is_saved_with_few_keys(journey, capsys):
    citizen = journey.choose_citizen()
    page = journey.open_desk()
    call, _seconds = journey.ring(citizen["phone"])
    keys = Keyboard(page)
    journey.exchange.answer(call["id"])
    keys.wait_focus("g24_problem", WAIT_MS)
    if not page.is_checked("#g24_confirmed"):
        keys.press("Alt+KeyY")
    page.wait_for_selector("#g24_confirmed:checked", timeout=WAIT_MS)
    pick_topic(page, keys)
    number = save(page, keys)
    with capsys.disabled():
        print(f"\nknown caller: {len(keys.pressed)} keys: {' '.join(keys.pressed)}")
    assert number
    assert len(keys.pressed) <= MOST_KEYS
    assert keys.pointers == 0
    keys.press("Enter")
    keys.wait_focus("number", WAIT_MS)


def test_unknown_caller_is_saved_with_few_keys(journey, capsys):
    page = journey.open_desk()
    call, _seconds = journey.ring(unknown_number())
    keys = Keyboard(page)
    journey.exchange.answer(call["id"])
    keys.wait_focus("name", WAIT_MS)
    keys.type("Новосёлова Инна Львовна")
    keys.press("Enter")
    keys.wait_focus("address", WAIT_MS)
    keys.type("попова 54 кв 12")
    page.wait_for_selector(".o_g24_suggest_list [role=option]", timeout=WAIT_MS)
    keys.press("Enter")
    page.wait_for_selector(".o_g24_suggest_found", timeout=WAIT_MS)
    assert page.input_value("#g24_flat") == "12"
    keys.press("Enter", "Enter")
    pick_topic(page, keys)
    number = save(page, keys)
    with capsys.disabled():
        print(f"\nunknown caller: {len(keys.pressed)} keys: {' '.join(keys.pressed)}")
    assert len(keys.pressed) <= MOST_KEYS
    assert keys.pointers == 0
    question = journey.person("operator").call(
        "gorod24.question",
        "search_read",
        [("appeal_id.number", "=", number)],
        ["partner_id", "place"],
    )[0]
    assert question["partner_id"][1] == "Новосёлова Инна Львовна"
    assert "Попова" in question["place"]


def test_family_on_one_number_is_chosen_with_arrows(journey):
    operator = journey.person("operator")
    number = unknown_number()
    names = [{"name": "Родственников Пётр"}, {"name": "Родственникова Ольга"}]
    for partner_id in operator.call("res.partner", "create", names):
        vals = {"e164": number, "partner_id": partner_id}
        operator.call("gorod24.phone", "create", [vals])
    page = journey.open_desk()
    journey.ring(number)
    keys = Keyboard(page)
    keys.wait_focus("person", WAIT_MS)
    named = "() => document.activeElement.closest('label').innerText"
    if "Родственников Пётр" not in page.evaluate(named):
        keys.press("ArrowDown")
    assert "Родственников Пётр" in page.evaluate(named)
    keys.press("Enter")
    # He has no address yet: that is what is asked next.
    keys.wait_focus("address", WAIT_MS)
    assert "Родственников Пётр" in page.inner_text(".o_g24_chosen")
    assert keys.pointers == 0


def test_question_is_added_and_removed_by_key_and_focus_stays(journey):
    page = journey.open_desk()
    journey.person("operator").go("/odoo/card?fresh=1", page)
    page.wait_for_selector(f"{CARD} #g24_problem", timeout=WAIT_MS)
    keys = Keyboard(page)
    keys.press("Alt+KeyP")
    keys.type("одно")
    keys.press("Alt+KeyQ")
    page.wait_for_selector(".o_g24_tab >> nth=1", timeout=WAIT_MS)
    keys.wait_focus("g24_problem", WAIT_MS)
    assert page.input_value("#g24_problem") == ""
    keys.type("другое")
    keys.press("Alt+KeyX")
    page.wait_for_function("() => !document.querySelector('.o_g24_tab')")
    keys.wait_focus("g24_problem", WAIT_MS)
    assert page.input_value("#g24_problem") == "одно"


def open_card(person, phone):
    """Open the card of a number by hand and wait until it is ready."""
    page = person.go("/odoo/card")
    page.wait_for_selector(f"{CARD} #g24_number", timeout=WAIT_MS)
    page.fill("#g24_number", phone)
    page.press("#g24_number", "Enter")
    page.wait_for_selector("#g24_person_name", timeout=WAIT_MS)
    return page


def test_words_survive_a_browser_that_dies(journey, browser, stack):
    words = f"Прорвало трубу {uuid.uuid4().hex[:6]}"
    journey.open_desk()
    page = open_card(journey.person("operator"), unknown_number())
    page.fill("#g24_problem", words)
    page.wait_for_selector(STATUS % "kept", timeout=WAIT_MS)
    journey.people.pop("operator").close()

    other_computer = Person(
        browser, stack.odoo_url, "operator", stack.passwords["operator"]
    )
    page = other_computer.go("/odoo/card")
    offer = f".o_g24_draft:has-text('{words}')"
    page.wait_for_selector(offer, timeout=WAIT_MS)
    page.click(f"{offer} .btn >> nth=0")
    page.wait_for_selector(".o_g24_restored", timeout=WAIT_MS)
    assert page.input_value("#g24_problem") == words
    other_computer.close()


def test_words_survive_a_lost_connection(journey):
    words = f"Нет света {uuid.uuid4().hex[:6]}"
    operator = journey.person("operator")
    page = open_card(operator, unknown_number())
    operator.context.set_offline(True)
    page.fill("#g24_problem", words)
    page.wait_for_selector(STATUS % "offline", timeout=WAIT_MS)
    stored = page.evaluate("() => JSON.stringify(localStorage)")
    assert words in stored
    operator.context.set_offline(False)
    page.wait_for_selector(STATUS % "kept", timeout=WAIT_MS)
    # Now that the server has it, the shared computer forgets it.
    assert words not in page.evaluate("() => JSON.stringify(localStorage)")
    titles = operator.call("gorod24.card.draft", "my_drafts")
    assert any(words in draft["title"] for draft in titles)


def test_two_operators_with_one_card_see_each_other(journey):
    citizen = journey.choose_citizen()
    mine = journey.person("operator").go("/odoo/card")
    mine.wait_for_selector(f"{CARD} #g24_number", timeout=WAIT_MS)
    mine.fill("#g24_number", citizen["phone"])
    mine.press("#g24_number", "Enter")
    mine.wait_for_selector(f"{CARD} .o_g24_person", timeout=WAIT_MS)
    mine.check(f".o_g24_person:has-text('{citizen['name']}') input")
    colleague = journey.person("operator2").go("/odoo/card")
    colleague.wait_for_selector(f"{CARD} #g24_number", timeout=WAIT_MS)
    colleague.fill("#g24_number", citizen["phone"])
    colleague.press("#g24_number", "Enter")
    colleague.wait_for_selector(f"{CARD} .o_g24_person", timeout=WAIT_MS)
    colleague.check(f".o_g24_person:has-text('{citizen['name']}') input")
    colleague.wait_for_selector(".o_g24_presence", timeout=WAIT_MS)
    mine.wait_for_selector(".o_g24_presence", timeout=WAIT_MS)
    journey.person("operator2").go("/odoo/questions")
    mine.wait_for_selector(".o_g24_presence", state="detached", timeout=WAIT_MS)


def publish_notice(operator, partner_id):
    """Tell of an outage in the house a citizen lives in; return the notice's id."""
    person = operator.call("res.partner", "read", [partner_id], ["building_id"])[0]
    service = operator.call(
        "gorod24.notice.service", "search", [("code", "=", "hot_water")]
    )
    until = datetime.now(UTC) + timedelta(hours=4)
    (notice,) = operator.call(
        "gorod24.notice",
        "create",
        [
            {
                "name": f"Нет горячей воды {uuid.uuid4().hex[:6]}",
                "service_id": service[0],
                "text": "Горячая вода отключена, бригада на месте.",
                "expected_at": until.strftime("%Y-%m-%d %H:%M:%S"),
                "place_ids": [
                    [0, 0, {"kind": "house", "building_id": person["building_id"][0]}]
                ],
            }
        ],
    )
    operator.call("gorod24.notice", "action_publish", [notice])
    return notice


def test_notice_of_the_house_is_told_with_two_keys(journey, capsys):
    citizen = journey.choose_citizen()
    operator = journey.person("operator")
    notice = publish_notice(operator, citizen["id"])
    page = journey.open_desk()
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    call, _seconds = journey.ring(citizen["phone"])
    keys = Keyboard(page)
    page.wait_for_selector(".o_g24_notice:has-text('бригада на месте')")
    assert not any("notices_at" in url for url in asked), "it came with the card"
    journey.exchange.answer(call["id"])
    keys.wait_focus("g24_problem", WAIT_MS)
    keys.press("Alt+KeyT")
    page.wait_for_selector(".o_g24_joined_notice", timeout=WAIT_MS)
    number = save(page, keys)
    with capsys.disabled():
        print(f"\nnotice told: {len(keys.pressed)} keys: {' '.join(keys.pressed)}")
    assert len(keys.pressed) == 2
    assert keys.pointers == 0
    (question,) = operator.call(
        "gorod24.question",
        "search_read",
        [("appeal_id.number", "=", number)],
        ["outcome", "notice_id"],
    )
    assert question["outcome"] == "joined_notice"
    assert question["notice_id"][0] == notice
    operator.call("gorod24.notice", "action_finish", [notice])
