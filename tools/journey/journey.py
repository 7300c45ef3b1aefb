# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The six steps of one call, each a short method that returns what was seen."""

import struct
import time
import zlib
from dataclasses import dataclass

from .browsers import PHONE, Person
from .exchange import Exchange

AGENT = "6021"
CARD = ".o_g24_card"
WAIT_MS = 30_000


@dataclass
class Town:
    """Where the hotline under test lives.

    :param url: address of Odoo.
    :param exchange_url: control door of the simulated exchange.
    :param passwords: dict login → password.
    """

    url: str
    exchange_url: str
    passwords: dict


class Journey:
    """Walks one call from the ring to the statistics.

    :param tell: called with a sentence in Russian at every step, for a live show.
    """

    def __init__(self, browser, town, tell=lambda sentence: None):
        self.browser = browser
        self.town = town
        self.tell = tell
        self.exchange = Exchange(town.exchange_url)
        self.people = {}
        self.rung = set()
        self.number = None

    def person(self, login, **options):
        """Return the person of this login, signed in once."""
        if login not in self.people:
            self.people[login] = Person(
                self.browser,
                self.town.url,
                login,
                self.town.passwords[login],
                **options,
            )
        return self.people[login]

    # 1. The ring

    def choose_citizen(self, street="Попова"):
        """Return a citizen of the duty officer's own district: id, name, phone."""
        operator = self.person("operator")
        found = operator.call(
            "gorod24.phone",
            "search_read",
            [("partner_id.building_id.street_id.name", "=", street)],
            ["e164", "partner_id"],
            limit=1,
        )
        assert found, f"Nobody lives in {street}"
        return {
            "id": found[0]["partner_id"][0],
            "name": found[0]["partner_id"][1],
            "phone": found[0]["e164"],
        }

    def open_desk(self, login="operator"):
        """The operator opens the workplace and waits for calls."""
        page = self.person(login).go("/odoo/appeals")
        page.wait_for_selector(".o_list_view, .o_kanban_view", timeout=WAIT_MS)
        page.wait_for_selector(".o_g24_call_bar", timeout=WAIT_MS)
        page.bring_to_front()
        return page

    def ring(self, phone, agent=AGENT, **options):
        """A citizen calls; return the call and seconds until the card is open."""
        self.tell(f"Звонит {phone}.")
        page = self.person("operator").page
        start = time.monotonic()
        call = self.exchange.ring(phone.replace("+7", "8"), agent, **options)
        self.rung.add(call["id"])
        page.wait_for_selector(f"{CARD} .o_g24_caller", timeout=WAIT_MS)
        seconds = time.monotonic() - start
        self.tell(f"Карточка открылась через {seconds:.2f} с.")
        return call, seconds

    def lift(self):
        """The operator answers from the call bar."""
        page = self.person("operator").page
        page.click(".o_g24_call_bar .o_g24_answer", timeout=WAIT_MS)
        page.wait_for_selector(".o_g24_call_info[data-state=talking]", timeout=WAIT_MS)

    # 2. The card

    def fill_card(self, words, topic):
        """Type the citizen's words, pick the topic, read who answers and when."""
        self.tell(f"Оператор записывает: «{words}».")
        page = self.person("operator").page
        page.check("#g24_confirmed", timeout=WAIT_MS)
        page.fill("#g24_problem", words)
        page.click(f".o_g24_topic:has-text('{topic}')", timeout=WAIT_MS)
        page.wait_for_selector(".o_g24_route .o_g24_participant", timeout=WAIT_MS)
        return {
            "participant": page.inner_text(".o_g24_participant"),
            "reason": page.inner_text(".o_g24_reason"),
            "due": page.locator(".o_g24_due").all_inner_texts(),
        }

    def save_card(self):
        """Register the appeal; return its number as it is read aloud."""
        page = self.person("operator").page
        page.click(".o_g24_save")
        page.wait_for_selector(".o_g24_saved_number", timeout=WAIT_MS)
        self.number = page.inner_text(".o_g24_saved_number").strip()
        self.tell(f"Обращение {self.number} зарегистрировано.")
        return self.number

    def hang_up(self):
        """The operator ends the conversation from the call bar."""
        page = self.person("operator").page
        page.click(".o_g24_call_bar .o_g24_drop", timeout=WAIT_MS)
        page.wait_for_selector(".o_g24_call_bar .o_g24_dial", timeout=WAIT_MS)

    # 3. The participant

    def open_journal(self):
        """The duty officer opens the journal of the section on a phone."""
        page = self.person("duty", viewport=PHONE, mobile=True).go("/my/requests")
        page.wait_for_selector(f"a:has-text('{self.number}/1')", timeout=WAIT_MS)
        return page

    def participant_accepts(self):
        """The duty officer finds the request in the journal and takes it."""
        page = self.open_journal()
        page.click(f"a:has-text('{self.number}/1')", timeout=WAIT_MS)
        page.wait_for_selector(f"text={self.number}/1", timeout=WAIT_MS)
        with page.expect_navigation():
            page.click("form[action$='/accept'] button[type=submit]")
        self.tell("Дежурный участка принял заявку.")
        return page

    def participant_reports(self, result):
        """The duty officer reports the result with a photo."""
        page = self.person("duty").page
        page.click("[data-bs-target='#g24_done']", timeout=WAIT_MS)
        form = page.locator("form[action$='/done']")
        form.locator("label[for=g24_outcome_fixed]").click(timeout=WAIT_MS)
        form.locator("textarea").fill(result)
        form.locator("#g24_files").set_input_files(
            {"name": "photo.png", "mimeType": "image/png", "buffer": make_photo()}
        )
        with page.expect_navigation():
            form.locator("button[type=submit]").click()
        self.tell("Дежурный сообщил результат с фотографией.")
        return page

    # 4. Informing

    def inform(self):
        """Dial the citizen from the list, record that he is content."""
        operator = self.person("operator")
        page = operator.go("/odoo/to-inform")
        row = page.locator(f"tr.o_data_row:has-text('{self.number}/1')")
        row.locator(".o_g24_dial_informing").click(timeout=WAIT_MS)
        page.wait_for_selector(".o_g24_call_info[data-state=talking]", timeout=WAIT_MS)
        self.tell("Оператор дозвонился до заявителя.")
        row.locator(".o_g24_attempt_button").click()
        page.click("label[for=g24_disposition_reached]")
        page.click("label[for=g24_satisfaction_yes]")
        page.click(".o_g24_record")
        row.wait_for(state="detached", timeout=WAIT_MS)
        self.hang_up()
        self.tell("Заявитель доволен, вопрос закрыт.")

    # 5. The recording

    def wait_for_recording(self, appeal_id, seconds=60):
        """Wait until a recording is attached to the appeal; return its ids."""
        operator = self.person("operator")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ids = operator.call(
                "gorod24.recording", "search", [("call_id.appeal_ids", "=", appeal_id)]
            )
            if ids:
                return ids
            self.people["operator"].page.wait_for_timeout(250)
        raise AssertionError(f"No recording came to appeal {appeal_id}")

    def play_recording(self, appeal_id):
        """Open the appeal, play the recording; return seconds the browser played."""
        page = self.person("operator").go(f"/odoo/appeals/{appeal_id}")
        page.click(".o_notebook a[name=calls]", timeout=WAIT_MS)
        audio = page.locator(".o_g24_recording audio").first
        audio.wait_for(state="attached", timeout=WAIT_MS)
        played = audio.evaluate(
            """async (node) => {
                node.muted = true;
                await node.play();
                await new Promise((done, fail) => {
                    node.ontimeupdate = () => node.currentTime > 0.2 && done();
                    node.onended = done;
                    node.onerror = () => fail(new Error("the recording cannot play"));
                });
                return node.currentTime;
            }"""
        )
        self.tell("Запись разговора прослушана прямо в обращении.")
        return played

    # 6. The manager

    def read_statistics(self, pivot, graph):
        """Open a pivot and a graph; return the bytes of the downloaded workbook."""
        manager = self.person("manager")
        page = manager.go(pivot)
        page.wait_for_selector(".o_pivot table tbody tr", timeout=WAIT_MS)
        with page.expect_download(timeout=WAIT_MS) as download:
            page.click(".o_pivot_download")
        with open(download.value.path(), "rb") as workbook:
            content = workbook.read()
        manager.go(graph)
        page.wait_for_selector(".o_graph_renderer canvas", timeout=WAIT_MS)
        self.tell("Руководитель открыл сводную таблицу и график, скачал XLSX.")
        return content

    def appeal_id(self):
        """Return the id of the appeal of this journey."""
        found = self.person("operator").call(
            "helpdesk.ticket", "search", [("number", "=", self.number)]
        )
        return found[0]

    def close(self):
        """Hang up what we rang and still lives, close every browser window."""
        for call in self.exchange.calls()["calls"] if self.rung else []:
            if call["id"] in self.rung and call["state"] != "ENDED":
                self.exchange.hang_up(call["id"])
        for person in self.people.values():
            person.close()


def make_photo(width=64, height=48):
    """Return a small valid PNG, as a phone's camera would give a large one."""
    rows = b"".join(
        b"\0"
        + bytes(part for x in range(width) for part in (x * 4 % 256, y * 5 % 256, 120))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
