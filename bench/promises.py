# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What our screens promise with a million appeals: each with its time.

Only our side has these: plain helpdesk has no card, no journal and no search box.
"""

from datetime import datetime, timedelta

from . import client, words

#: Key: (title, promised milliseconds of the median).
PROMISES = {
    "open_card": ("Открыть карточку по номеру телефона", 80),
    "save_card": ("Сохранить типовое обращение", 120),
    "history_first": ("История гражданина: первая страница", 20),
    "history_later": ("История гражданина: следующая страница", 20),
    "journal_section": ("Журнал участка: 50 строк, счётчик и цифры", 30),
    "journal_service": ("Журнал службы: 50 строк, счётчик и цифры", 30),
    "journal_shelf": ("Полка журналов: все участки с цифрами", 30),
    "journal_hotline": ("Журнал горячей линии: 50 строк и счётчик", 30),
    "selection": ("Выборка: просроченные за месяц по району", 30),
    "find_number_box": ("Найти всё: полный номер", 100),
    "find_short_number": ("Найти всё: короткий номер, четыре цифры", 100),
    "find_phone": ("Найти всё: телефон", 100),
    "find_phone_piece": ("Найти всё: часть телефона", 100),
    "find_surname": ("Найти всё: частая фамилия", 100),
    "find_full_name": ("Найти всё: фамилия и имя", 100),
    "find_misspelt": ("Найти всё: имя с ошибкой", 100),
    "find_address": ("Найти всё: улица и дом", 100),
    "find_former": ("Найти всё: прежнее название улицы", 100),
    "find_frequent": ("Найти всё: частые слова", 100),
    "find_rare": ("Найти всё: редкое слово", 100),
    "find_gone": ("Найти всё: слова прошлого сезона", 100),
    "find_nothing": ("Найти всё: ничего нет", 100),
}
#: How much slower a screen may be with ten times more appeals.
GROWTH = 1.5
#: Milliseconds two runs of the same thing differ by on a busy machine.
NOISE = 2
PAGE = 50
HISTORY = 20
MISSPELT = ("Иваноав Анна", "Сокалова Мария", "Кузнецовва Ольга", "Паповва Вера")


def ms(value):
    """Return milliseconds as the tables show them."""
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:.{digits}f}".replace(".", ",")


def table(found, smaller):
    """Lines of the table of promises in Markdown, with what was found below it.

    :param found: {key: Timing} of this run
    :param smaller: {key: median} of a base ten times smaller, {} when not measured
    """
    lines = [
        "| экран | база в 10 раз меньше, мс | медиана, мс | 95 %, мс"
        " | из них Python, мс | обещано, мс | рост | запросов SQL |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for key, (title, limit) in PROMISES.items():
        one = found[key]
        kept = "" if one.median <= limit else " ✗"
        growth = one.median / smaller[key] if key in smaller else None
        over = growth and growth > GROWTH and one.median - smaller[key] > NOISE
        grown = f"× {growth:.2f}".replace(".", ",") if growth else "—"
        before = ms(smaller[key]) if key in smaller else "—"
        cells = [title, before, ms(one.median), ms(one.p95), ms(one.cpu)]
        cells.append(f"{limit}{kept}")
        cells += [grown + (" ✗" if over else ""), str(one.queries)]
        lines.append("| " + " | ".join(cells) + " |")
    notes = [f"  {PROMISES[key][0]}: {found[key].note}" for key in PROMISES]
    return [*lines, "", *notes]


class Promises:
    """Operations of the promises; mixed into ``operations.Ours``."""

    def prepare_promises(self):
        """Pick what the operations ask about, outside of the measured time."""
        self.finder = self.env["gorod24.finder"]
        self.journal_list = client.ListView(
            self.env["gorod24.referral"],
            "gorod24_appeals.gorod24_referral_view_journal",
        )
        self.hotline_list = client.ListView(
            self.questions_model, "gorod24_appeals.gorod24_question_view_journal"
        )
        self.shelf_list = client.ListView(
            self.env["gorod24.section"], "gorod24_appeals.gorod24_section_view_journals"
        )
        self.busy_sections = self._busy("section_id")
        self.busy_services = self._busy("participant_id")
        self.districts = self._column(
            "SELECT id FROM gorod24_address WHERE level = 'district' ORDER BY id"
        )

    def _busy(self, column):
        """Ten ids the most referrals belong to."""
        return self._column(
            f"SELECT {column} FROM gorod24_referral WHERE id > %s AND"
            f" {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 10",
            [max(self.rows - 50_000, 0)],
        )

    def _column(self, query, values=()):
        self.env.cr.execute(query, values)
        return [value for (value,) in self.env.cr.fetchall()]

    # The card and its history -------------------------------------------------------

    def open_card(self, number):
        return self.card(number)

    def save_card(self, number):
        return self.create(number)

    def history_first(self, number):
        return self._history_page(self._caller(number), None)

    def history_later(self, number):
        partner_id = self._caller(number)
        self.env.cr.execute(
            "SELECT id FROM gorod24_question WHERE partner_id = %s"
            " ORDER BY id DESC OFFSET %s LIMIT 1",
            [partner_id, HISTORY],
        )
        row = self.env.cr.fetchone()
        return self._history_page(partner_id, row and row[0])

    def _history_page(self, partner_id, before_id):
        if hasattr(type(self.cards), "history_page"):
            page = self.cards.history_page(partner_id, before_id, HISTORY)
            return f"строк: {len(page['rows'])}"
        domain = [("partner_id", "=", partner_id)]
        domain += [("id", "<", before_id)] if before_id else []
        found = self.questions_model.search(domain, limit=HISTORY)
        rows = [self.cards._history_vals(question) for question in found]
        return f"строк: {len(rows)}"

    # Journals -----------------------------------------------------------------------

    def journal_section(self, number):
        section_id = self.busy_sections[number % len(self.busy_sections)]
        counts = self.env["gorod24.journal"].counts(section_id=section_id)
        found = self.journal_list.page([("section_id", "=", section_id)], PAGE)
        return f"счётчик: {found['length']}, просрочено: {counts['overdue']}"

    def journal_service(self, number):
        service_id = self.busy_services[number % len(self.busy_services)]
        counts = self.env["gorod24.journal"].counts(participant_id=service_id)
        found = self.journal_list.page([("participant_id", "=", service_id)], PAGE)
        return f"счётчик: {found['length']}, просрочено: {counts['overdue']}"

    def journal_shelf(self, number):
        found = self.shelf_list.page()
        return f"участков: {found['length']}"

    def journal_hotline(self, number):
        found = self.hotline_list.page([], PAGE)
        return f"счётчик: {found['length']}"

    def selection(self, number):
        month = datetime.now() - timedelta(days=30)
        domain = [
            ("is_overdue", "=", True),
            ("district_id", "=", self.districts[number % len(self.districts)]),
            ("registered_at", ">=", month),
        ]
        found = self.hotline_list.page(domain, PAGE)
        return f"счётчик: {found['length']}"

    # The search box -----------------------------------------------------------------

    def find_number_box(self, number):
        return self._find(self._number(number))

    def find_short_number(self, number):
        # Four digits: from five on people with such phones are shown as well, and the
        # larger a base is the more of them there are (see README.md).
        return self._find(str(1000 + number * 997 % 9000))

    def find_phone(self, number):
        digits = self.phones[self._caller(number)][0][2:]
        return self._find(f"8 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}")

    def find_phone_piece(self, number):
        return self._find(self.phones[self._caller(number)][0][-6:])

    def find_surname(self, number):
        return self._find(words.SURNAMES[number % len(words.SURNAMES)] + "а")

    def find_full_name(self, number):
        surname = words.SURNAMES[number % len(words.SURNAMES)]
        name = words.NAMES[number % len(words.NAMES)]
        return self._find(f"{surname}а {name}")

    def find_misspelt(self, number):
        return self._find(MISSPELT[number % len(MISSPELT)])

    def find_address(self, number):
        return self._find(self._house(number).replace(",", ""))

    def find_former(self, number):
        return self._find(words.FORMER)

    def find_frequent(self, number):
        return self._find(words.TROUBLES[number % len(words.TROUBLES)])

    def find_rare(self, number):
        return self._find(words.RARITIES[number % len(words.RARITIES)])

    def find_gone(self, number):
        return self._find(words.SEASON)

    def find_nothing(self, number):
        return self._find(f"синхрофазотрон у крыльца {number}")

    def _find(self, text):
        groups = self.finder.find(text)
        found = ", ".join(f"{one['key']} {len(one['items'])}" for one in groups)
        return f"«{text}»: {found or 'пусто'}"
