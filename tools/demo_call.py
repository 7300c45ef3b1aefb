# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./gorod24 demo-call`: shows one call, the whole way, on a running hotline."""

import argparse
import json
import sys
from pathlib import Path

from tools.journey import Journey, Town
from tools.journey.browsers import find_chromium, open_browser

STACK = Path(__file__).resolve().parents[1] / ".runtime/run/stack.json"
WORDS = "Холодно в квартире, батареи еле тёплые"
TOPIC = "не греют батареи"
RESULT = "Стояк продули, температура подачи в норме"
PIVOT = "/odoo/question-statistics"
GRAPH = "/odoo/call-statistics"


def show(browser, town, tell):
    """Walk the six steps; return the number of the appeal."""
    journey = Journey(browser, town, tell)
    try:
        citizen = journey.choose_citizen()
        journey.open_desk()
        journey.ring(citizen["phone"])
        journey.lift()
        route = journey.fill_card(WORDS, TOPIC)
        tell(f"Ответит {route['participant']}: {route['reason']}.")
        journey.save_card()
        journey.hang_up()
        journey.participant_accepts()
        journey.participant_reports(RESULT)
        journey.inform()
        appeal = journey.appeal_id()
        journey.wait_for_recording(appeal)
        journey.play_recording(appeal)
        journey.read_statistics(PIVOT, GRAPH)
        return journey.number
    finally:
        journey.close()


def read_town(path=STACK):
    """Return the running hotline, or explain how to start it and leave."""
    if not path.exists():
        sys.exit("Линия не запущена. Сначала: ./gorod24 run")
    stack = json.loads(path.read_text(encoding="utf-8"))
    if not stack.get("simulator_url"):
        sys.exit("Телефония выключена в настройках, звонить некому.")
    return Town(stack["url"], stack["simulator_url"], stack["passwords"])


def main():
    parser = argparse.ArgumentParser(prog="./gorod24 demo-call", description=__doc__)
    parser.add_argument(
        "--show",
        action="store_true",
        help="показать окна браузера (нужен экран), медленно",
    )
    options = parser.parse_args()
    town = read_town()
    if not find_chromium():
        sys.exit("Не найден Chromium: apt-get install chromium")
    print("Один звонок весь путь, на работающей линии.\n")
    with open_browser(not options.show, 600 if options.show else 0) as browser:
        number = show(browser, town, lambda sentence: print(f"  • {sentence}"))
    print(f"\nГотово. Откройте {town.url}/odoo/appeals и найдите обращение {number}.")


if __name__ == "__main__":
    main()
