# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from openpyxl import load_workbook

from odoo.tests import HttpCase, new_test_user, tagged

PATH = "/gorod24/import/sample/"


@tagged("post_install", "-at_install")
class TestTableSample(HttpCase):
    """The empty sheet a curator fills in before an import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        base = cls.registry["gorod24.table.import"]
        names = [
            name
            for name, model in cls.registry.items()
            if issubclass(model, base) and not model._abstract
        ]
        cls.wizards = sorted(names)
        new_test_user(cls.env, "sample_user", groups="base.group_user")

    def test_the_sheet_has_every_column(self):
        self.authenticate("admin", "admin")
        for name in self.wizards:
            with self.subTest(wizard=name):
                response = self.url_open(PATH + name)
                self.assertEqual(response.status_code, 200)
                sheet = load_workbook(io.BytesIO(response.content)).active
                lang = self.env.ref("base.user_admin").lang
                wizard = self.env[name].with_context(lang=lang)
                labels = [column.label for column in wizard._get_columns()]
                self.assertEqual([cell.value for cell in sheet[1]], labels)

    def test_nothing_else_is_given(self):
        self.authenticate("admin", "admin")
        for name in ("gorod24.table.import", "res.partner", "no.such.model"):
            with self.subTest(model=name):
                self.assertEqual(self.url_open(PATH + name).status_code, 404)

    def test_who_may_not_import_gets_no_sheet(self):
        self.authenticate("sample_user", "sample_user")
        for name in self.wizards:
            with self.subTest(wizard=name):
                self.assertEqual(self.url_open(PATH + name).status_code, 403)
