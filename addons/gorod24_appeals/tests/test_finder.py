# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..models import gorod24_question_words as words
from .common import AppealsCommon


class FinderCase(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.street.alias_ids = [(0, 0, {"name": "Забытая"})]
        cls.appeal = cls._save("Семёнова Пелагея Опытовна", "83852123456", "7")
        cls.question = cls.appeal.question_ids
        cls.finder = cls.env["gorod24.finder"].with_user(cls.operator)

    @classmethod
    def _save(cls, name, number, flat, text="Холодные батареи у ёлки"):
        saved = cls.card.register(
            {
                "person_name": name,
                "number": number,
                "building_id": cls.house.id,
                "flat": flat,
                "questions": [{"topic_id": cls.heating.id, "text": text}],
            }
        )
        return cls.env["helpdesk.ticket"].browse(saved["appeal_id"])

    def _found(self, text, key):
        """Return the items of a group of the answer."""
        groups = {group["key"]: group["items"] for group in self.finder.find(text)}
        return groups.get(key, [])

    def _opened(self, item):
        """Return the records an item opens."""
        action = item["action"]
        model = self.env[action["res_model"]]
        if "res_id" in action:
            return model.browse(action["res_id"])
        return model.search(action["domain"])


class TestFinder(FinderCase):
    def test_number_is_found_whole_short_and_of_a_question(self):
        number = self.appeal.number
        for text in (number, f"№ {number}", number[-4:], f" {number.lstrip('0')} "):
            with self.subTest(text=text):
                opened = [self._opened(one) for one in self._found(text, "number")]
                self.assertIn(self.appeal, opened)
        item = self._found(f"{number}/1", "number")[0]
        self.assertEqual(self._opened(item), self.question)
        self.assertEqual(self._found(f"{number}/9", "number"), [])

    def test_short_number_is_of_the_last_years(self):
        last = self.env["helpdesk.ticket"].search([], limit=1)
        last.number = f"{last.number[:4]}-000007"
        opened = [self._opened(one) for one in self._found("7", "number")]
        self.assertIn(last, opened)

    def test_short_number_is_the_whole_end_of_a_number_of_any_year(self):
        other = self._save("Другой Иван", "83852777777", "1")
        longer = self._save("Третий Иван", "83852777778", "1")
        self.appeal.number = "2025-000812"
        other.number = "2026-0000812"
        longer.number = "2026-000001812"
        opened = [self._opened(one) for one in self._found("812", "number")]
        self.assertEqual(opened, [other, self.appeal])
        self.assertEqual(self._found("0000", "number"), [])

    def test_number_of_a_merged_appeal_is_found_and_says_where_it_goes_on(self):
        other = self._save("Семёнова Пелагея Опытовна", "83852123456", "7")
        question = other.question_ids
        # merged are appeals of one person only
        other.sudo().write(
            {"partner_id": self.appeal.partner_id.id, "flat": self.appeal.flat}
        )
        supervisor = new_test_user(
            self.env, "test_finder_chief", groups="gorod24_appeals.group_supervisor"
        )
        merge = self.env["gorod24.merge"].with_user(supervisor)
        merge._merge(self.appeal.with_user(supervisor), other.with_user(supervisor))
        self.env.invalidate_all()
        self.assertFalse(other.active)
        item = self._found(other.number, "number")[0]
        self.assertEqual(self._opened(item), other)
        self.assertIn(f"merged with {self.appeal.number}", item["hint"])
        # the number the citizen was told for his question is kept by the question
        item = self._found(f"{other.number}/1", "number")[0]
        self.assertEqual(self._opened(item), question)
        self.assertNotIn("merged", self._found(self.appeal.number, "number")[0]["hint"])

    def test_appeal_put_away_is_not_found(self):
        self.appeal.sudo().active = False
        self.assertEqual(self._found(self.appeal.number, "number"), [])

    def test_phone_is_found_in_every_spelling(self):
        for text in (
            "+73852123456",
            "8 (3852) 12-34-56",
            "3852 123456",
            "123456",
            "983852123456",
            "sip:83852123456@gw",
            "23456",
        ):
            with self.subTest(text=text):
                opened = [self._opened(one) for one in self._found(text, "phone")]
                self.assertIn(self.appeal, opened)

    def test_anonymous_appeals_of_a_number_are_found(self):
        anonymous = self._save("", "83852998877", "")
        self.assertFalse(anonymous.partner_id)
        item = self._found("998877", "phone")[-1]
        self.assertEqual(self._opened(item), anonymous)

    def test_person_is_found_by_names_in_any_order_and_case(self):
        for text in (
            "Семёнова Пелагея",
            "пелагея семенова",
            "Семенов",
            "СЕМЁНОВА П О",
            "Ctv`yjdf Gtkfutz",
        ):
            with self.subTest(text=text):
                item = self._found(text, "person")[0]
                self.assertEqual(item["title"], "Семёнова Пелагея Опытовна")
                self.assertIn("12-34-56", item["hint"])
                self.assertEqual(self._opened(item), self.appeal)

    def test_short_surnames_and_initials_are_names_too(self):
        li = self._save("Ли Пелагея", "83852777777", "9").partner_id
        for text in ("Ли Пелагея", "ли пел"):
            titles = [item["title"] for item in self._found(text, "person")]
            self.assertEqual(titles[:1], [li.name], text)
        for text in ("П. Семёнова", "П.О. Семенова", "Семёнова П. О."):
            titles = [item["title"] for item in self._found(text, "person")]
            self.assertIn("Семёнова Пелагея Опытовна", titles, text)

    def test_phone_is_found_as_people_write_and_remember_it(self):
        mobile = self._save("Жильцова Мария", "89051234567", "9").partner_id
        for text in (
            "тел. 8-905-123-45-67",
            "8‑905‑123‑45‑67",
            "8 905 123-45-67 доб. 3",
            "8905123",
            "890512",
            "05123456",
        ):
            hints = [item["hint"] for item in self._found(text, "phone")]
            self.assertTrue(any(mobile.name in hint for hint in hints), text)

    def test_crossing_is_found_by_its_second_street(self):
        other = self.street.copy({"name": "Поперечная"})
        self.question.cross_address_id = other
        items = self._found("Поперечная", "address")
        self.assertIn(self.question, [self._opened(one) for one in items][0])

    def test_misspelt_name_is_found_when_nothing_else_is(self):
        for text in ("Симёнова Пелогея", "Пелагия"):
            with self.subTest(text=text):
                titles = [one["title"] for one in self._found(text, "person")]
                self.assertIn("Семёнова Пелагея Опытовна", titles)

    def test_archived_person_is_not_shown(self):
        self.appeal.partner_id.sudo().active = False
        self.assertEqual(self._found("Пелагея", "person"), [])

        self.assertEqual(self._found("Симёнова Пелогея", "person"), [])

    def test_misspelt_name_means_the_names_people_have(self):
        person = self.appeal.partner_id.sudo()
        for name, typed in (
            ("Жемчужникова Аэлита", "Жимчужнекова Аелита"),
            ("Римская-Корсакова Ия", "Римскоя-Корсокова И"),
            ("Римская-Корсакова Ия", "Корсокова"),
        ):
            with self.subTest(typed=typed):
                person.name = name
                titles = [one["title"] for one in self._found(typed, "person")]
                self.assertEqual(titles, [name])
        # nobody is called so any longer; two who saved one name at once left it twice
        self.env.cr.execute(
            "INSERT INTO gorod24_name_word (name) VALUES ('римская-корсакова')"
        )
        self.env["gorod24.name.word"]._gc_words()
        known = self.env["gorod24.name.word"].search([]).mapped("name")
        self.assertEqual(len(known), len(set(known)))
        self.assertIn("римская-корсакова", known)
        self.assertNotIn("жемчужникова", known)

    def test_surname_goes_before_a_patronymic(self):
        for number in range(3):
            self._save(f"Опытова Анна {number}", f"8385299990{number}", "1")
        titles = [one["title"] for one in self._found("опытов", "person")]
        self.assertEqual(len(titles), 4)
        self.assertEqual(titles[-1], "Семёнова Пелагея Опытовна")

    def test_house_is_found_by_street_and_by_its_former_name(self):
        for text in ("опытная 10", "ул. Опытная, д.10", "Забытая 10", "jgsnyfz 10"):
            with self.subTest(text=text):
                item = self._found(text, "address")[0]
                self.assertIn("Опытная, 10", item["title"])
                self.assertIn(self.question, self._opened(item))

    def test_street_opens_questions_of_all_its_houses(self):
        item = self._found("Забытая", "address")[0]
        self.assertIn(self.question, self._opened(item))

    def test_words_are_found_in_other_forms_and_unfinished(self):
        for text in ("батарея", "холодных батареях", "елка", "холодные бат"):
            with self.subTest(text=text):
                opened = [self._opened(one) for one in self._found(text, "words")]
                self.assertIn(self.question, opened)
        self.assertEqual(self._found("батискаф", "words"), [])

    def test_many_questions_with_the_words_are_behind_one_line(self):
        for flat in range(8):
            self._save("Жильцова Мария", "83852111111", str(flat), "Катамаран во дворе")
        items = self._found("катамараны", "words")
        questions = self.env["gorod24.question"].search(
            [("text", "ilike", "катамаран")]
        )
        self.assertEqual(len(items), 8)
        self.assertEqual(self._opened(items[0]), questions[0])
        self.assertEqual(self._opened(items[-1]), questions)

    def test_many_questions_with_an_unfinished_word_are_behind_one_line(self):
        for flat in range(8):
            self._save("Жильцова Мария", "83852111111", str(flat), "Катамаран во дворе")
        mine = self.env["gorod24.question"].search([("text", "ilike", "катамаран")])
        for text in ("ката", "дворе катам"):
            items = self._found(text, "words")
            self.assertEqual(len(items), 8)
            self.assertEqual(self._opened(items[-1]), mine)

    def _save_two_with_one_in_the_sample(self):
        """Return two questions about a catamaran, the older one of the sample."""
        sequence, step = "gorod24_question_id_seq", words.SAMPLE
        self.env.cr.execute(
            "SELECT setval(%s, (nextval(%s) / %s + 1) * %s - 1)",
            [sequence, sequence, step, step],
        )
        texts = ("Катамаран во дворе", "Катамаран у ёлки")
        older, newer = (
            self._save("Жильцова Мария", "83852111111", "1", text).question_ids
            for text in texts
        )
        self.assertEqual(older.id % step, 0)
        return older, newer

    def test_words_are_found_whether_said_often_or_seldom(self):
        older, newer = self._save_two_with_one_in_the_sample()
        for said, limits, expected in (
            ("seldom", {"FRESH": 0, "RECENT": 0}, [newer, older]),
            ("these days", {"FRESH": 0, "OFTEN": 1}, [newer, older]),
            ("last season", {"FRESH": 0, "RECENT": 0, "OFTEN": 1}, [older]),
        ):
            with self.subTest(said=said), patch.multiple(words, **limits):
                items = self._found("катамараны", "words")
                self.assertEqual([self._opened(one) for one in items], expected)
        often = {"OFTEN": 1}
        for limits in ({"OFTEN": 9}, often, {**often, "RECENT": 0}, {"RARE": 1}):
            with self.subTest(limits=limits), patch.multiple(words, **limits):
                found = self.env["gorod24.question"].search(
                    [("search_words", "ilike", "катамаран елка")]
                )
                self.assertEqual(found, newer)

    def test_newest_questions_are_counted_though_refused_cards_left_gaps(self):
        Question = self.env["gorod24.question"]
        newest = self.question
        for flat in "12":
            self.env.cr.execute(
                "SELECT setval('gorod24_question_id_seq', %s)", [newest.id + 5000]
            )
            newest = self._save("Жильцова Мария", "83852111111", flat).question_ids
        self.assertEqual(Question._id_before_newest(2), self.question.id)
        beyond = Question.search_count([]) + 1
        self.assertEqual(Question._id_before_newest(beyond), 0)

    def test_what_a_rule_hides_is_not_found_by_any_index(self):
        number, partner = self.appeal.number, self.appeal.partner_id
        for model, domain in (
            ("gorod24.question", [("id", "!=", self.question.id)]),
            ("helpdesk.ticket", [("id", "!=", self.appeal.id)]),
            ("res.partner", [("id", "!=", partner.id)]),
            ("gorod24.phone", [("partner_id", "!=", partner.id)]),
        ):
            self.env["ir.rule"].create(
                {
                    "name": "Чужое",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "domain_force": repr(domain),
                }
            )
        for text in (number, number[-4:], f"{number}/1", "Пелагея", "Пелогея"):
            with self.subTest(text=text):
                self.assertEqual(self.finder.find(text), [])
        self.assertEqual(self._found("батареи", "words"), [])
        self.assertEqual(self._found("23456", "phone"), [])
        page = self.env["gorod24.question"].with_user(self.operator)
        found = page.search_fetch([("text", "ilike", "ёлки")], ["name"], limit=5)
        self.assertNotIn(self.question, found)

    def test_nothing_is_found_by_signs_and_emptiness(self):
        for text in ("", " ", "'; --", "%%%", "& | !", "()", "щ-ъ", None):
            with self.subTest(text=text):
                self.assertEqual(self.finder.find(text), [])

    def test_outsiders_find_nothing(self):
        curator = new_test_user(
            self.env, "test_finder_curator", groups="gorod24_appeals.group_curator"
        )
        for user in (curator, self.duty):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.finder.with_user(user).find("Семёнова")
        found = self.finder.with_user(self.manager).find("Пелагея")
        self.assertEqual([group["key"] for group in found], ["person"])

    def test_search_reads_a_few_queries_however_much_it_finds(self):
        for flat in range(8):
            self._save(f"Пелагея {flat}", f"8385211111{flat}", str(flat))
        self.env.flush_all()
        for text in ("Пелагея", "батареи", "опытная 10"):
            # the first time fills the caches of rights and streets
            self.finder.find(text)
            self.env.invalidate_all()
            with self.subTest(text=text), self.assertQueryCount(12):
                self.finder.find(text)


class TestSearchFields(FinderCase):
    """Each parameter apart, in the search views of questions and appeals."""

    def test_questions_are_searched_by_every_parameter(self):
        other = self._save("Другой Иван", "83852777777", "1", "Просит справку")
        for field, value in (
            ("search_words", "батарея"),
            ("search_phone", "8 (3852) 12-34-56"),
            ("partner_id", "Пелагея"),
        ):
            with self.subTest(field=field):
                found = self.env["gorod24.question"].search([(field, "ilike", value)])
                self.assertEqual(found, self.question)
        for piece in ("12-34-5", "83852123", "3852123"):
            with self.subTest(piece=piece):
                for model in ("gorod24.question", "gorod24.referral"):
                    found = self.env[model].search([("search_phone", "ilike", piece)])
                    mine = self.question
                    mine = mine.referral_id if model == "gorod24.referral" else mine
                    self.assertEqual(found, mine)
                found = self.env["helpdesk.ticket"].search(
                    [("phone_search", "ilike", piece)]
                )
                self.assertEqual(found, self.appeal)
        few = [("search_phone", "ilike", "12-34")]
        self.assertFalse(self.env["gorod24.question"].search(few))
        both = self.question | other.question_ids
        for domain in (
            [("search_street", "ilike", "забытая")],
            [("building_id", "ilike", "опытная 10")],
            [("district_id", "=", self.district.id)],
            [("author_type", "=", "individual")],
            [("repeated", "=", False)],
        ):
            with self.subTest(domain=domain):
                found = self.env["gorod24.question"].search(
                    [*domain, ("id", "in", both.ids)]
                )
                self.assertEqual(found, both)

    def test_appeals_are_searched_by_what_their_questions_hold(self):
        other = self._save("Другой Иван", "83852777777", "1", "Просит справку")
        other.question_ids.sudo().outcome = "explained"
        both = self.appeal | other
        for domain, expected in (
            ([("search_words", "ilike", "батарея")], self.appeal),
            ([("search_street", "ilike", "забытая")], both),
            ([("district_id", "=", self.district.id)], both),
            ([("participant_id", "=", self.participant.id)], both),
            ([("section_id", "ilike", "Северный")], both),
            ([("outcome", "=", "explained")], other),
            ([("outcome", "!=", "explained")], self.appeal),
        ):
            with self.subTest(domain=domain):
                found = self.env["helpdesk.ticket"].search(
                    [*domain, ("id", "in", both.ids)]
                )
                self.assertEqual(found, expected)


@tagged("post_install", "-at_install")
class TestFinderTour(FinderCase, HttpCase):
    def test_operator_finds_a_person_with_the_keyboard(self):
        self.start_tour(
            "/odoo/appeals", "gorod24_finder", login="test_operator", timeout=180
        )
