# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common_table import FIRST, TableCase


@tagged("post_install", "-at_install")
class TestMapping(TableCase):
    def setUp(self):
        super().setUp()
        self.old = self._load(FIRST, "1", "2019-01-01")
        self.old.valid_to = "2019-12-31"
        self.national = self._load(FIRST, "2", "2020-01-01")
        self.pos = self._classifier("pos")
        self.fact = self._topic("Факт", code="Ф", classifier_id=self.pos.id)
        self.local = self._classifier()
        shared = {"classifier_id": self.local.id, "is_topic": True}
        self.snow = self._topic("Плохая уборка снега", code="1", **shared)
        self.phone = self._topic("Прочее", code="2", **shared)
        self.phone.synonyms = "телефонизация дома"

    def test_screen_changes_the_edition_of_today_only(self):
        before = self._node(self.old, "0005.0002.0003.0004")
        self.snow.maps_to_ids = before
        self.assertFalse(self.snow.national_ids)
        node = self._node(self.national, "0005.0002.0003.0004")
        self.snow.with_user(self.curator).national_ids = node
        self.assertEqual(self.snow.national_ids, node)
        self.assertEqual(self.snow.maps_to_ids, before | node)
        self.snow.national_ids = False
        self.assertEqual(self.snow.maps_to_ids, before)

    def test_filters(self):
        node = self._node(self.national, "0005.0002.0003.0004")
        self.snow.national_ids = node
        node.maps_to_ids = self.fact
        mine = [("classifier_id", "=", self.local.id)]

        def search(*domain):
            return self.Category.search([*mine, *domain])

        self.assertEqual(search(("national_ids", "=", False)), self.phone)
        self.assertEqual(search(("national_ids", "!=", False)), self.snow)
        self.assertEqual(search(("pos_ids", "=", False)), self.phone)
        self.assertEqual(search(("pos_ids", "=", self.fact.id)), self.snow)
        self.assertEqual(search(("national_ids", "ilike", "уборка снега")), self.snow)
        self.assertEqual(self.snow.pos_ids, self.fact)
        self.assertTrue(self.snow.pos_is_indirect)
        self.snow.pos_ids = self.fact
        self.assertFalse(self.snow.pos_is_indirect)

    def test_suggestions_by_name_and_by_citizens_words(self):
        wizard = (
            self.env["gorod24.mapping.suggest"]
            .with_user(self.curator)
            .create({"topic_ids": [(6, 0, (self.snow | self.phone).ids)]})
        )
        wizard.action_search()
        offers = {line.topic_id: line.target_id.code for line in wizard.line_ids}
        self.assertEqual(offers[self.snow], "0005.0002.0003.0004")
        self.assertEqual(offers[self.phone], "0001.0001.0002.0002")
        self.assertFalse(self.snow.maps_to_ids, "an offer writes nothing")
        wizard.line_ids.is_accepted = False
        wizard.line_ids.filtered(lambda x: x.topic_id == self.snow).is_accepted = True
        wizard.action_apply()
        self.assertEqual(self.snow.national_ids.code, "0005.0002.0003.0004")
        self.assertFalse(self.phone.national_ids)

    def test_table_of_the_mapping(self):
        headers = ("Код", "Общероссийский код", "Код ПОС")
        rows = [
            ("1", "0005.0002.0003.0004; 0005.0002.0003.0003", "Ф"),
            ("2", "0001.0001.0002.00021", ""),
            ("3", "", ""),
        ]
        values = {"classifier_id": self.local.id, "mapping_only": True}
        wizard = self._import(rows, headers, **values)
        self.assertEqual(
            [(row, column) for row, column, _m in self._problems(wizard)],
            [(3, "national"), (4, "code")],
        )
        wizard = self._import(rows[:1], headers, **values)
        self.assertEqual(self._counts(wizard), (0, 1, 0, 0))
        wizard.action_apply()
        self.assertEqual(len(self.snow.national_ids), 2)
        self.assertEqual(self.snow.pos_ids, self.fact)
        content = self.local._export_table("xlsx", mapping_only=True)
        wizard = self._import([], content=content, file_format="xlsx", **values)
        self.assertEqual(self._counts(wizard), (0, 0, 2, 0))
