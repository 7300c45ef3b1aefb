# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The operations compared. Each method is one call a user's click makes.

`number` is the number of the run: every run asks for another appeal or citizen.
"""

from . import base, client, words
from .promises import PROMISES, Promises

COMPARED = (
    "find_number",
    "search_box_number",
    "history",
    "journal",
    "search_rare",
    "search_frequent",
    "statistics",
    "sums",
    "create",
    "card",
    "preview",
    "questions",
    "search_text",
)
KEYS = (*COMPARED, *PROMISES)
TITLES = {
    "find_number": "Обращение по точному номеру",
    "search_box_number": "Номер, набранный в строке поиска",
    "history": "Последние 20 обращений гражданина",
    "journal": "Журнал: страница 80 строк и счётчик",
    "search_rare": "Поиск в названиях: адрес дома",
    "search_frequent": "Поиск в названиях: частое слово",
    "statistics": "Сводная «месяц × тема» целиком",
    "sums": "Те же суммы без оформления ячеек",
    "create": "Создать обращение",
    "card": "Карточка звонящего по номеру телефона",
    "preview": "Исполнитель и сроки до записи",
    "questions": "Журнал вопросов: 80 строк и счётчик",
    "search_text": "Поиск в словах граждан: редкое слово",
}
LOOK_UP_FIELDS = [
    "number",
    "name",
    "partner_id",
    "category_id",
    "stage_id",
    "create_date",
]
HISTORY = 20


class Operations:
    """What both sides have; the subclasses name their views and defaults."""

    list_view = None

    def __init__(self, env, rows):
        self.env = env
        self.rows = rows
        self.tickets = env["helpdesk.ticket"]
        self.list = client.ListView(self.tickets, self.list_view)
        self.numbers = self._pick_numbers()
        self.callers = self._pick_callers()
        self.houses = words.house_labels()
        self.word = self._frequent_word()

    def _pick_numbers(self, count=101):
        step = max(self.rows // count, 1)
        ids = range(1, self.rows + 1, step)
        return self.tickets.browse(ids).mapped("number")

    def _pick_callers(self, count=101):
        """Citizens who call often: 40 and more appeals where the base allows it."""
        self.env.cr.execute(
            "SELECT partner_id FROM helpdesk_ticket GROUP BY 1"
            " ORDER BY abs(count(*) - 50), 1 LIMIT %s",
            [count],
        )
        return [partner_id for (partner_id,) in self.env.cr.fetchall()]

    def _frequent_word(self):
        """The first long word of the topic citizens name most often."""
        self.env.cr.execute(
            "SELECT name FROM helpdesk_ticket WHERE category_id = ("
            " SELECT category_id FROM helpdesk_ticket GROUP BY 1"
            " ORDER BY count(*) DESC LIMIT 1) LIMIT 1"
        )
        return max(self.env.cr.fetchone()[0].split(", ")[0].split(), key=len)

    def _number(self, number):
        return self.numbers[(number * 37) % len(self.numbers)]

    def _caller(self, number):
        return self.callers[number % len(self.callers)]

    def _house(self, number):
        return self.houses[(number * 997) % len(self.houses)]

    # Operations --------------------------------------------------------------------

    def find_number(self, number):
        domain = [("number", "=", self._number(number))]
        found = self.tickets.search_fetch(domain, LOOK_UP_FIELDS)
        assert len(found) == 1

    def search_box_number(self, number):
        domain = self.number_domain(self._number(number))
        found = self.list.page(domain)
        assert found["length"] == 1

    def history(self, number):
        domain = [("partner_id", "=", self._caller(number))]
        found = self.tickets.search_fetch(domain, LOOK_UP_FIELDS, limit=HISTORY)
        return f"строк: {len(found)}"

    def journal(self, number):
        found = self.list.page()
        return f"счётчик: {found['length']}"

    def search_rare(self, number):
        return self._search_name(self._house(number))

    def search_frequent(self, number):
        return f"«{self.word}», " + self._search_name(self.word)

    def statistics(self, number):
        found = client.pivot(*self.facts())
        return f"ячеек: {len(found[-1])}"

    def sums(self, number):
        model, month, topic, measure = self.facts()
        found = model._read_group([], [month, topic], [measure])
        return f"ячеек: {len(found)}"

    def facts(self):
        """Model, month, topic and measure of the statistics."""
        raise NotImplementedError

    def _search_name(self, word):
        domain = [("name", "ilike", word)]
        found = self.list.page(domain)
        return f"счётчик: {found['length']}"

    def number_domain(self, text):
        """What typing a number into the search box of the list asks for."""
        raise NotImplementedError


class Plain(Operations):
    """helpdesk_mgmt as it is shipped."""

    list_view = "helpdesk_mgmt.ticket_view_tree"

    def number_domain(self, text):
        return ["|", ("number", "ilike", text), ("name", "ilike", text)]

    def facts(self):
        """Model, month, topic and measure of the statistics."""
        return self.tickets, "create_date:month", "category_id", "__count"

    def create(self, number):
        partner = self.env["res.partner"].browse(self._caller(number))
        channel = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        category = self.env["helpdesk.ticket.category"].search([], limit=1)
        self.tickets.create(
            {
                "name": f"{category.name}, {self._house(number)}",
                "description": f"<p>{words.TROUBLES[number % 16]}</p>",
                "partner_id": partner.id,
                "partner_name": partner.name,
                "category_id": category.id,
                "channel_id": channel.id,
                "user_id": self.env.uid,
            }
        )
        self.env.cr.flush()


class Ours(Promises, Operations):
    """«Город 24»."""

    list_view = "gorod24_appeals.helpdesk_ticket_view_list"
    question_view = "gorod24_appeals.gorod24_question_view_list"

    def __init__(self, env, rows):
        super().__init__(env, rows)
        self.questions_model = env["gorod24.question"]
        self.question_list = client.ListView(self.questions_model, self.question_view)
        self.cards = env["gorod24.caller.card"]
        self.supervisor = (
            env["res.users"].sudo().search([("login", "=", base.SUPERVISOR)])
        )
        self.people = env["res.partner"].browse(self.callers)
        self.phones = {
            partner.id: (
                partner.phone_ids[:1].e164,
                partner.building_id.id,
                partner.flat,
            )
            for partner in self.people
        }
        self.topics = self._sent_topics()
        self.prepare_promises()

    def _sent_topics(self):
        """Topics whose questions go to a participant, the most used first."""
        self.env.cr.execute(
            "SELECT topic_id FROM gorod24_question WHERE referral_id IS NOT NULL"
            " AND id > %s GROUP BY 1 ORDER BY count(*) DESC LIMIT 20",
            [max(self.rows - 20_000, 0)],
        )
        return [topic_id for (topic_id,) in self.env.cr.fetchall()]

    def _topic(self, number):
        return self.topics[number % len(self.topics)]

    def number_domain(self, text):
        return [("number", self._number_operator(), text)]

    def _number_operator(self):
        """What our search view gives the field of the number."""
        view = self.env.ref("gorod24_appeals.helpdesk_ticket_view_search")
        arch = self.tickets.get_view(view.id, "search")["arch"]
        node = client.etree.fromstring(arch).find("field[@name='number']")
        return node.get("operator", "ilike")

    def facts(self):
        if "gorod24.question.stat" not in self.env:
            return self.questions_model, "registered_at:month", "topic_id", "__count"
        stat = self.env["gorod24.question.stat"].with_user(self.supervisor)
        return stat, "day:month", "topic_id", "question_count:sum"

    def create(self, number):
        partner_id = self._caller(number)
        phone, building_id, flat = self.phones[partner_id]
        topic_id = self._topic(number)
        text = words.TROUBLES[number % len(words.TROUBLES)]
        saved = self.cards.register(
            {
                "partner_id": partner_id,
                "number": phone,
                "building_id": building_id,
                "flat": flat,
                "questions": [{"topic_id": topic_id, "text": text}],
            }
        )
        self.env.cr.flush()
        assert saved["questions"][0]["participant"]

    def card(self, number):
        phone = self.phones[self._caller(number)][0]
        found = self.cards.load(number=phone)
        return f"лиц: {len(found['persons'])}, строк: {len(found['history'])}"

    def preview(self, number):
        building_id = self.phones[self._caller(number)][1]
        found = self.cards.preview(self._topic(number), building_id=building_id)
        assert found["participant"] and found["due"]

    def questions(self, number):
        found = self.question_list.page()
        return f"счётчик: {found['length']}"

    def search_text(self, number):
        word = words.RARITIES[number % len(words.RARITIES)]
        found = self.question_list.page([("text", "ilike", word)])
        return f"счётчик: {found['length']}"
