# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from .common import AppealsCommon

NOON = datetime(2026, 3, 10, 5, 0)  # 12:00 in Barnaul
#: F14: no., time, caller, address, problem, urgency, paid, given to, accepted, done,
#: note, signature.
F14 = [
    "number",
    "moment",
    "caller",
    "address",
    "problem",
    "urgency",
    "paid",
    "given_to",
    "accepted",
    "done",
    "note",
    "signature",
]


class JournalCase(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.journal = cls.env["gorod24.journal"].with_user(cls.operator)

    def _sent(self, **values):
        question = self._register(self.heating, **values).question_ids
        return question.referral_id


class TestJournal(JournalCase):
    def test_line_has_the_columns_of_the_form(self):
        with freeze_time(NOON):
            referral = self._sent()
        with freeze_time(NOON + timedelta(hours=1)):
            referral.with_user(self.operator).action_accept()
        with freeze_time(NOON + timedelta(hours=3)):
            referral.with_user(self.operator).action_done("Заменён кран", "fixed")
        [row] = referral._get_journal_rows()
        self.assertEqual(list(row), F14)
        self.assertEqual([key for key, _t, _s in referral._journal_columns()], F14)
        self.assertEqual(sum(share for *_, share in referral._journal_columns()), 100)
        self.assertEqual(row["number"], referral.question_id.name)
        self.assertEqual(row["moment"], datetime(2026, 3, 10, 12, 0))
        self.assertEqual(row["caller"], "Иванова Анна Петровна, +7 3852 12-34-56")
        self.assertEqual(row["address"], "ул. Опытная, 10, flat 7")
        self.assertIn("Пробный холод в батареях: Слова гражданина", row["problem"])
        self.assertEqual(row["given_to"], "Северный участок")
        self.assertEqual(row["accepted"], datetime(2026, 3, 10, 13, 0))
        self.assertEqual(row["done"], datetime(2026, 3, 10, 15, 0))
        self.assertRegex(row["note"], r"^Fixed.*; Заменён кран$")
        self.assertEqual(row["paid"], "")

    def test_emergency_and_refusal_are_told(self):
        referral = self._register(self.pipe).question_ids.referral_id
        referral.with_user(self.operator).action_refuse("Не наш дом")
        [row] = referral._get_journal_rows()
        self.assertEqual(row["urgency"], "Emergency")
        self.assertEqual(row["note"], "Refused: Не наш дом")

    def test_flat_is_written_only_of_the_callers_own_house(self):
        appeal = self._register(self.heating)
        appeal.question_ids.sudo().building_id = self.other_house
        [row] = appeal.question_ids._get_journal_rows()
        self.assertEqual(row["address"], "ул. Опытная, 12")

    def test_anonymous_caller_is_told_so(self):
        [row] = self._sent(person_name="")._get_journal_rows()
        self.assertEqual(row["caller"], "not introduced, +7 3852 12-34-56")

    def test_screens_show_the_columns_of_the_form(self):
        for xmlid in (
            "gorod24_appeals.gorod24_referral_view_journal",
            "gorod24_appeals.gorod24_question_view_journal",
        ):
            view = self.env.ref(xmlid)
            arch = self.env[view.model].get_view(view.id, "list")["arch"]
            shown = {node.get("name") for node in etree.fromstring(arch).iter("field")}
            wanted = {
                f"journal_{name}"
                for name in (
                    "caller",
                    "address",
                    "problem",
                    "urgency",
                    "given_to",
                    "note",
                )
            }
            self.assertLessEqual(wanted | {"paid", "accepted_at", "done_at"}, shown)

    def test_figures_of_a_section(self):
        with freeze_time(NOON - timedelta(days=30)):
            old = self._sent()
        with freeze_time(NOON):
            before = self.journal.counts(section_id=self.section.id)
            self.assertEqual(before["to_accept"], 1)
            self.assertEqual(before["overdue"], 1)
            self.assertEqual(before["today"], 0)
            fresh, taken = self._sent(), self._sent()
            taken.with_user(self.operator).action_accept()
            figures = self.journal.counts(section_id=self.section.id)
            self.assertEqual(
                figures,
                {"new": 1, "to_accept": 2, "at_work": 1, "overdue": 1, "today": 2},
            )
            service = self.journal.counts(participant_id=self.participant.id)
            self.assertEqual(service, figures)
            shelf = self.section.with_user(self.operator)
            self.assertEqual(shelf.journal_to_accept, 2)
            self.assertEqual(shelf.journal_overdue, 1)
        self.assertEqual((old | fresh).mapped("state"), ["sent", "sent"])

    def test_section_without_requests_has_noughts(self):
        empty = self.env["gorod24.section"].create(
            {"name": "Пустой", "participant_id": self.participant.id}
        )
        figures = self.journal.counts(section_id=empty.id)
        self.assertEqual(set(figures.values()), {0})
        self.assertEqual(empty.with_user(self.manager).journal_today, 0)

    def test_figures_are_not_for_outsiders(self):
        with self.assertRaises(AccessError):
            self.env["gorod24.journal"].with_user(self.duty).counts()

    def test_shelf_is_counted_in_the_same_queries_for_one_section_and_ten(self):
        sections = self.env["gorod24.section"].create(
            [
                {"name": f"Участок {n}", "participant_id": self.participant.id}
                for n in range(10)
            ]
        )
        sections = sections.with_user(self.operator)
        self.env.flush_all()
        counted = []
        for shelf in (sections[:1], sections[:1], sections):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            shelf.mapped("journal_overdue")
            counted.append(self.env.cr.sql_log_count - before)
        # the first time fills the caches of rights
        self.assertEqual(counted[1], counted[2])

    def test_journal_opens_with_the_section_only(self):
        mine = self._sent()
        action = self.section.with_user(self.operator).action_open_journal()
        found = self.env["gorod24.referral"].search(action["domain"])
        self.assertIn(mine, found)
        self.assertEqual(found.section_id, self.section)
        self.assertEqual(action["context"], {"journal_section_id": self.section.id})
        action = self.section.with_user(self.operator).action_open_service_journal()
        self.assertIn(mine, self.env["gorod24.referral"].search(action["domain"]))

    def test_page_of_the_journal_reads_the_same_queries_for_any_length(self):
        lines = self.env["gorod24.referral"]
        for flat in range(12):
            lines += self._sent(flat=str(flat))
        columns = ["journal_caller", "journal_problem", "paid", "is_overdue"]
        self.env.flush_all()
        counted = []
        for page in (lines, lines[:2], lines):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page.with_user(self.operator).read(columns)
            counted.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counted[1], counted[2])


class TestSelection(JournalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = new_test_user(
            cls.env, "test_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.Selection = cls.env["gorod24.journal.selection"].with_user(cls.operator)

    def _chosen(self, mine, **values):
        """Return what of ``mine`` a selection with these values opens."""
        values = {"name": "Проба", "period": "any", **values}
        action = self.Selection.create(values).action_open()
        model = self.env[action["res_model"]]
        return model.search(action["domain"]) & mine

    def test_figures_stand_above_a_whole_journal_only(self):
        journal = {"source": "referral", "period": "any", "name": "Проба"}
        of_section = {**journal, "section_id": self.section.id}
        for values, part in (
            (journal, False),
            (of_section, False),
            ({**of_section, "only_overdue": True}, True),
            ({**of_section, "only_emergency": True}, True),
            ({**journal, "district_id": self.district.id}, True),
            ({**journal, "period": "today"}, True),
        ):
            action = self.Selection.create(values).action_open()
            self.assertEqual(action["context"]["journal_part"], part, values)

    def test_each_mark_chooses_its_own(self):
        usual = self._register(self.heating).question_ids
        special = self._register(self.pipe).question_ids
        special.sudo().write({"repeated": True, "recurrence": True})
        special.sudo().write({"paid": True, "operator_id": self.manager.id})
        closed = self._register(self.reference).question_ids
        closed.sudo().write({"state": "closed", "district_id": False})
        every = usual | special | closed
        for values, expected in (
            ({"only_emergency": True}, special),
            ({"only_paid": True}, special),
            ({"only_repeated": True}, special),
            ({"only_recurrence": True}, special),
            ({"only_open": True}, usual | special),
            ({"topic_id": self.heating.id}, usual),
            ({"topic_id": self.heating.parent_id.id}, every),
            ({"district_id": self.district.id}, usual | special),
            ({"operator_id": self.manager.id}, special),
            ({"participant_id": self.participant.id}, every),
            ({"participant_id": self.other_participant.id}, special.browse()),
            ({"section_id": self.section.id}, every),
            ({"words": "батарея"}, usual),
        ):
            with self.subTest(values=values):
                self.assertEqual(self._chosen(every, **values), expected)

    def test_overdue_of_questions_and_of_the_journal(self):
        with freeze_time(NOON):
            late = self._register(self.heating).question_ids
        fresh = self._register(self.heating).question_ids
        self.assertEqual(self._chosen(late | fresh, only_overdue=True), late)
        lines = (late | fresh).referral_id
        chosen = self._chosen(lines, source="referral", only_overdue=True)
        self.assertEqual(chosen, late.referral_id)

    def test_journal_of_a_service_keeps_what_it_refused(self):
        question = self._register(self.pipe).question_ids
        refused = question.referral_id
        refused.with_user(self.operator).action_refuse("Не наш дом")
        chosen = self._chosen(
            refused,
            source="referral",
            participant_id=self.participant.id,
            only_emergency=True,
            words="прорывы труб",
        )
        self.assertEqual(chosen, refused)
        self.assertFalse(self._chosen(refused, source="referral", only_open=True))

    def test_periods_are_days_of_the_service(self):
        # 23:30 of the 9th and 00:30 of the 10th in Barnaul
        moments = {
            "yesterday": datetime(2026, 3, 9, 16, 30),
            "today": datetime(2026, 3, 9, 17, 30),
            "last_month": datetime(2026, 2, 28, 16, 30),
        }
        questions = {}
        for name, moment in moments.items():
            with freeze_time(moment):
                questions[name] = self._register(self.heating).question_ids
        every = self.env["gorod24.question"].union(*questions.values())
        with freeze_time(NOON):
            for name, question in questions.items():
                with self.subTest(period=name):
                    self.assertEqual(self._chosen(every, period=name), question)
            self.assertEqual(
                self._chosen(every, period="month"), every - questions["last_month"]
            )
            self.assertEqual(
                self._chosen(every, period="dates", date_to="2026-02-28"),
                questions["last_month"],
            )
            self.assertEqual(self._chosen(every, period="year"), every)

    def test_dates_must_make_sense(self):
        with self.assertRaises(ValidationError):
            self.Selection.create({"name": "Без дат", "period": "dates"})
        with self.assertRaises(ValidationError):
            self.Selection.create(
                {
                    "name": "Наоборот",
                    "period": "dates",
                    "date_from": "2026-03-02",
                    "date_to": "2026-03-01",
                }
            )

    def test_summary_says_what_is_chosen(self):
        selection = self.Selection.create(
            {
                "name": "Проба",
                "period": "dates",
                "date_from": "2026-03-01",
                "only_paid": True,
                "district_id": self.district.id,
                "words": "лифт",
            }
        )
        self.assertEqual(
            selection.summary,
            f"01.03.2026 – …, paid, {self.district.display_name}, «лифт»",
        )

    def test_own_is_seen_by_its_owner_only_and_shared_by_everybody(self):
        own = self.Selection.create({"name": "Моя"})
        shared = self.Selection.with_user(self.supervisor).create(
            {"name": "Общая", "is_shared": True}
        )
        seen = self.Selection.search([])
        self.assertIn(own, seen)
        self.assertIn(shared, seen)
        self.assertNotIn(own, self.Selection.with_user(self.manager).search([]))
        names = [one["name"] for one in self.Selection.get_for_list("question")]
        self.assertIn("Общая", names)
        self.assertTrue(shared.with_user(self.operator).action_open()["domain"])
        with self.assertRaises(AccessError):
            own.with_user(self.manager).name = "Чужая"

    def test_only_a_supervisor_keeps_the_shared(self):
        shared = self.Selection.with_user(self.supervisor).create(
            {"name": "Общая", "is_shared": True}
        )
        with self.assertRaises(AccessError):
            self.Selection.create({"name": "Самозванка", "is_shared": True})
        for values in ({"is_shared": False}, {"name": "Переименована"}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                shared.with_user(self.operator).write(values)
        with self.assertRaises(AccessError):
            shared.with_user(self.operator).unlink()
        other = new_test_user(
            self.env, "test_supervisor2", groups="gorod24_appeals.group_supervisor"
        )
        shared.with_user(other).name = "Подправлена"
        self.assertEqual(shared.name, "Подправлена")


class TestJournalPrint(JournalCase):
    def _prepare(self, domain=None, source="gorod24.referral", user=None):
        Print = self.env["gorod24.journal.print"].with_user(user or self.operator)
        domain = domain or [("section_id", "=", self.section.id)]
        action = Print.prepare(source, domain, "Журнал участка")
        return Print.browse(action["res_id"])

    def test_lines_go_oldest_first(self):
        first, second = self._sent(), self._sent()
        sheet = self._prepare()._get_sheet()
        numbers = [row[0] for rows in sheet["sheets"] for row in rows]
        names = [line.question_id.name for line in first | second]
        self.assertEqual(numbers[-2:], names)
        self.assertEqual(sheet["count"], len(numbers))
        self.assertIn(self.operator.name, sheet["made"])

    def test_who_wrote_the_journal_out_is_logged(self):
        question = self._register().question_ids
        Printing = self.env["gorod24.journal.print"].with_user(self.operator)
        action = Printing.prepare(
            "gorod24.question", [("id", "=", question.id)], "Журнал"
        )
        Printing.browse(action["res_id"])._get_sheet()
        log = self.env["gorod24.appeal.view"].search(
            [("appeal_id", "=", question.appeal_id.id), ("source", "=", "journal")]
        )
        self.assertEqual(log.user_id, self.operator)

    def test_empty_journal_and_strange_model_are_refused(self):
        with self.assertRaisesRegex(UserError, "not a single line"):
            self._prepare([("id", "=", 0)])
        with self.assertRaisesRegex(UserError, "not a journal"):
            self._prepare(source="res.users")

    def test_too_long_a_journal_is_refused_in_words(self):
        self._sent()
        printing = self._prepare()
        printing.sudo().row_count = 2001
        self.assertTrue(printing.is_too_long)
        for work in (printing.action_pdf, printing._get_sheet):
            with self.assertRaisesRegex(UserError, "2001 lines.*2000"):
                work()

    def test_printing_of_another_is_closed(self):
        self._sent()
        printing = self._prepare()
        with self.assertRaises(AccessError):
            printing.with_user(self.manager).read(["search_domain"])

    def test_sheet_has_heading_columns_and_room_for_a_signature(self):
        line = self._sent()
        printing = self._prepare()
        report = self.env["ir.actions.report"].with_user(self.operator)
        html, _kind = report._render_qweb_html(
            "gorod24_appeals.journal_document", printing.ids
        )
        page = etree.HTML(html)
        self.assertEqual(page.findtext(".//h1"), "Журнал участка")
        heads = [th.text for th in page.iterfind(".//thead//th")]
        titles = [title for _key, title, _share in line._journal_columns()]
        self.assertEqual(heads, titles)
        self.assertEqual(heads[-1], "Signature")
        cells = [td.text or "" for td in page.findall(".//tbody/tr")[-1]]
        self.assertEqual(cells[0], line.question_id.name)
        self.assertEqual(cells[-1], "")
