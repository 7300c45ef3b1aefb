# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./gorod24 docs`: takes the pictures of the documentation in a living hotline."""

import sys
from pathlib import Path

from tools.demo_call import GRAPH, PIVOT, RESULT, STACK, TOPIC, WORDS, read_town
from tools.journey import Journey
from tools.journey.browsers import find_chromium, open_browser

IMAGES = Path(__file__).resolve().parents[1] / "docs/images"
SETTLE_MS = 900


class Photographer:
    """Saves what a person sees as ``docs/images/<name>.png``."""

    def __init__(self, journey, folder=IMAGES):
        self.journey = journey
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, page, name):
        """Save the page as it stands once its pictures and fonts have come."""
        page.wait_for_load_state("load")
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=self.folder / f"{name}.png")
        print(f"  • {name}.png")

    def take_desk(self):
        self.take(self.journey.open_desk(), "desk")

    def take_card(self):
        journey = self.journey
        citizen = journey.choose_citizen()
        journey.ring(citizen["phone"])
        journey.lift()
        journey.fill_card(WORDS, TOPIC)
        self.take(journey.person("operator").page, "card")
        journey.save_card()
        self.take(journey.person("operator").page, "saved")
        journey.hang_up()

    def take_portal(self):
        page = self.journey.open_journal()
        self.take(page, "portal-journal")
        self.take(self.journey.participant_accepts(), "portal-request")
        self.journey.participant_reports(RESULT)

    def take_informing(self):
        page = self.journey.person("operator").go("/odoo/to-inform")
        page.wait_for_selector(".o_list_view")
        self.take(page, "to-inform")

    def take_recording(self):
        appeal = self.journey.appeal_id()
        self.journey.wait_for_recording(appeal)
        self.journey.play_recording(appeal)
        self.take(self.journey.person("operator").page, "recording")

    def take_journal(self):
        """A journal of a service with its figures, and the search box over it."""
        page = self.journey.person("operator").go("/odoo/journal")
        page.wait_for_selector(".o_g24_journal .o_data_row")
        self.take(page, "journal")
        page.keyboard.press("Control+Shift+F")
        page.wait_for_selector(".o_command_palette_search input")
        page.keyboard.type("иванов")
        page.wait_for_selector(".o_g24_found")
        self.take(page, "finder")
        page.keyboard.press("Escape")

    def take_statistics(self):
        manager = self.journey.person("manager")
        page = manager.go(PIVOT)
        page.wait_for_selector(".o_pivot table tbody tr")
        self.take(page, "pivot")
        manager.go(GRAPH)
        page.wait_for_selector(".o_graph_renderer canvas")
        self.take(page, "calls")


def photograph(browser, town, folder=IMAGES):
    """Walk one call and take every picture of the documentation."""
    journey = Journey(browser, town)
    camera = Photographer(journey, folder)
    try:
        camera.take_desk()
        camera.take_card()
        camera.take_portal()
        camera.take_informing()
        camera.take_recording()
        camera.take_journal()
        camera.take_statistics()
    finally:
        journey.close()


def main():
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else STACK
    if not find_chromium():
        sys.exit("Не найден Chromium: apt-get install chromium")
    town = read_town(path)
    print("Снимаю картинки для документации.")
    with open_browser() as browser:
        photograph(browser, town)


if __name__ == "__main__":
    main()
