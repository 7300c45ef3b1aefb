# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.gorod24_address.tabular import read_table, write_table

from .common import ClassifierCase

TITLES = ["тема", "район", "улица", "дома", "участник", "участок", "с", "по"]


@tagged("post_install", "-at_install")
class TestCompetenceImport(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.houses = cls.house | cls._house("52") | cls._house("54-в")
        cls.manager.participant_code = "TST-UK"
        cls.section = cls.env["gorod24.section"].create(
            {"name": "Участок 1", "participant_id": cls.manager.id}
        )
        cls.cold.code = "TST-01"

    def setUp(self):
        super().setUp()
        self.rows = [
            ["tst-01", "", "", "ул. Попова, 50, 52", "TST-UK", "участок 1", "", ""],
            [
                "Отопление",
                "Индустриальный район",
                "",
                "",
                "теплосети",
                "",
                "01.03.2026",
                "2026-12-31",
            ],
            ["Отопление / Холодно в квартире", "", "Попова", "", "УК Уют", "", "", ""],
            ["", "", "Попова", "54В", "УК «Уют»", "", "2026-03-01", ""],
            ["Дороги", "весь город", "", "", "Теплосети", "", "", ""],
        ]

    def _wizard(self, rows, titles=None, user=None):
        model = self.env["gorod24.competence.import"]
        return (
            (model.with_user(user) if user else model)
            .with_context(lang="ru_RU")
            .create(
                {
                    "file": base64.b64encode(
                        write_table(titles or TITLES, rows, "csv")
                    ),
                    "filename": "правила.csv",
                }
            )
        )

    def _rules(self):
        return self.Competence.search(
            [("participant_id", "in", (self.manager | self.network).ids)], order="id"
        )

    def _problems(self, row, titles=None):
        wizard = self._wizard([row], titles)
        wizard.action_check()
        wizard.action_apply()
        self.assertFalse(self._rules())
        return [(p["row"], p["column"], p["message"]) for p in wizard.problems]

    def test_a_good_sheet_twice(self):
        wizard = self._wizard(self.rows)
        wizard.action_check()
        self.assertEqual(
            (wizard.problem_count, wizard.created_count), (0, 5), wizard.problems
        )
        self.assertFalse(self._rules(), "a check writes nothing")
        wizard.action_apply()
        listed, district, street, house, town = self._rules()
        self.assertEqual(listed.building_ids, self.houses[:2])
        self.assertEqual(listed.section_id, self.section)
        self.assertEqual(listed.topic_id, self.cold)
        self.assertEqual(district.address_id, self.district)
        self.assertEqual(district.date_from, date(2026, 3, 1))
        self.assertEqual(district.date_to, date(2026, 12, 31))
        self.assertEqual((street.topic_id, street.address_id), (self.cold, self.street))
        self.assertEqual(house.building_ids, self.houses[2])
        self.assertFalse(house.topic_id)
        self.assertFalse(town.address_id)
        again = self._wizard(self.rows)
        again.action_check()
        self.assertEqual((again.created_count, again.unchanged_count), (0, 5))

    def test_a_shared_code_means_the_topic_of_the_operator(self):
        """Topics that came from the national classifier have its codes too."""
        national = self.env["gorod24.classifier"].create(
            {"name": "Общероссийский", "kind": "national", "edition": "проба"}
        )
        self.Category.create(
            {
                "name": "Холодно в квартире",
                "code": self.cold.code,
                "classifier_id": national.id,
                "is_topic": True,
            }
        )
        wizard = self._wizard(self.rows[:1])
        wizard.action_check()
        wizard.action_apply()
        self.assertEqual(self._rules().topic_id, self.cold)

    def test_a_changed_row_changes_its_rule_only(self):
        wizard = self._wizard(self.rows)
        wizard.action_check()
        wizard.action_apply()
        before = self._rules()
        self.rows[1][7] = "31.01.2027"
        wizard = self._wizard(self.rows)
        wizard.action_check()
        self.assertEqual((wizard.updated_count, wizard.unchanged_count), (1, 4))
        wizard.action_apply()
        self.assertEqual(self._rules(), before)
        self.assertEqual(before[1].date_to, date(2027, 1, 31))

    def test_one_error_stops_everything_and_is_named(self):
        self.rows.append(["Холодно в квартиле", "", "", "", "Теплосети", "", "", ""])
        wizard = self._wizard(self.rows)
        wizard.action_check()
        wizard.action_apply()
        self.assertFalse(self._rules())
        self.assertEqual(wizard.problem_count, 1, wizard.problems)
        problem = wizard.problems[0]
        self.assertEqual((problem["row"], problem["column"]), (7, "topic"))
        self.assertIn("Холодно в квартире", problem["message"])

    def test_what_can_be_wrong_in_a_row(self):
        self._topic("Дороги")
        self.env["res.partner"].create(
            {"name": "Старая УК", "is_participant": True, "active": False}
        )
        for place, value, column, word in (
            (0, "Дороги", "topic", "Подходит несколько"),
            (1, "Индустриальная", "district", "Индустриальный"),
            (2, "Папова Иван Кузьмич", "street", "Не найдено"),
            (3, "ул. Попова, 50, 99", "houses", "99"),
            (3, "как получится", "houses", "не список домов"),
            (4, "Тепласети", "participant", "Теплосети"),
            (4, "Старая УК", "participant", "в архиве"),
            (4, "", "participant", "Укажите участника"),
            (5, "Участок 9", "section", "Участок 1"),
            (6, "30.02.2026", "date_from", "не дата"),
            (7, "01.01.2020", "date_to", "раньше начала"),
        ):
            row = ["TST-01", "", "", "", "TST-UK", "", "01.03.2026", ""]
            row[place] = value
            problems = self._problems(row)
            self.assertEqual(len(problems), 1, (value, problems))
            number, found, message = problems[0]
            self.assertEqual((number, found), (2, column), value)
            self.assertIn(word, message)

    def test_the_same_rule_twice_in_one_sheet(self):
        wizard = self._wizard([self.rows[0], self.rows[0]])
        wizard.action_check()
        (problem,) = wizard.problems
        self.assertEqual(problem["row"], 3)
        self.assertIn("строке 2", problem["message"])

    def test_meeting_another_participant_is_told(self):
        self._list = self._rule(
            self.network, topic=self.cold, building_ids=[Command.set(self.house.ids)]
        )
        wizard = self._wizard(self.rows[:1])
        wizard.action_check()
        self.assertIn("Двойная ответственность", wizard.report)

    def test_what_is_exported_comes_back_without_a_change(self):
        wizard = self._wizard(self.rows)
        wizard.action_check()
        wizard.action_apply()
        rules = self._rules()
        rules[0].person_id = self.env["res.partner"].create(
            {"name": "Иванов Пётр", "parent_id": self.manager.id}
        )
        action = self.env["gorod24.competence.export"].action_export(rules)
        export = self.env[action["res_model"]].browse(action["res_id"])
        for file_format in ("xlsx", "csv", "json"):
            export.file_format = file_format
            back = self.env["gorod24.competence.import"].create(
                {"file": export.file, "filename": export.filename}
            )
            back.action_check()
            self.assertFalse(back.problems)
            self.assertEqual((back.unchanged_count, back.updated_count), (5, 0))
        table = read_table(base64.b64decode(export.file), export.filename)
        self.assertEqual(len(table.rows), 5)

    def test_a_number_tells_which_rule_gets_other_houses(self):
        rule = self._rule(
            self.manager, topic=self.cold, building_ids=[Command.set(self.house.ids)]
        )
        titles = ["номер правила", *TITLES]
        row = [str(rule.id), *self.rows[0]]
        wizard = self._wizard([row], titles)
        wizard.action_check()
        self.assertEqual((wizard.updated_count, wizard.created_count), (1, 0))
        wizard.action_apply()
        self.assertEqual(rule.building_ids, self.houses[:2])
        wizard = self._wizard([["999999", *self.rows[0]]], titles)
        wizard.action_check()
        self.assertEqual(wizard.problems[0]["column"], "number")

    def test_a_rule_named_by_number_is_nobody_elses(self):
        rule = self._rule(
            self.manager, topic=self.cold, building_ids=[Command.set(self.house.ids)]
        )
        titles = ["номер правила", *TITLES]
        place = ["", "", "ул. Попова, 50", "TST-UK", "", "", ""]
        rows = [[str(rule.id), "Дороги", *place], ["", "tst-01", *place]]
        wizard = self._wizard(rows, titles)
        wizard.action_check()
        self.assertEqual((wizard.updated_count, wizard.created_count), (1, 1))
        wizard = self._wizard([rows[0], [str(rule.id), "tst-01", *place]], titles)
        wizard.action_check()
        self.assertEqual(wizard.problems[0]["column"], "number")

    def test_rights(self):
        clerk = new_test_user(self.env, "imp_clerk", groups="base.group_user")
        curator = new_test_user(
            self.env,
            "imp_curator",
            groups="gorod24_classifier.group_classifier_curator",
        )
        with self.assertRaises(AccessError):
            self._wizard(self.rows, user=clerk)
        wizard = self._wizard(self.rows, user=curator)
        wizard.action_check()
        wizard.action_apply()
        self.assertEqual(len(self._rules()), 5)
