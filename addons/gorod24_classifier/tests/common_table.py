# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.tests import new_test_user

from odoo.addons.gorod24_address.tabular import write_table

from .common import ClassifierCase

#: (code, name): two sections, a shared sub-question, numbers that run over the level.
FIRST = [
    ("0001.0000.0000.0000", "Государство"),
    ("0001.0001.0000.0000", "Управление"),
    ("0001.0001.0001.0000", "Обращения граждан"),
    ("0001.0001.0001.0001", "Нет ответа на обращение"),
    ("0001.0001.0001.0009", "Личный приём"),
    ("0001.0001.0002.0000", "Связь"),
    ("0001.0001.0002.0002", "Телефонизация"),
    ("0005.0000.0000.0000", "Жилищно-коммунальная сфера"),
    ("0005.0002.0000.0000", "Жилище"),
    ("0005.0002.0003.0000", "Содержание дорог"),
    ("0005.0002.0003.0003", "Ямы на дороге"),
    ("0005.0002.0003.0003.0110", "ремонт дорог"),
    ("0005.0002.0003.0004", "Уборка снега и льда"),
    ("0005.0002.0003.0004.0110", ""),
]


class TableCase(ClassifierCase):
    """Classifiers filled from tables; the curator works in Russian."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gorod24.classifier"].search([]).write(
            {"valid_from": "2000-01-01", "valid_to": "2000-12-31"}
        )
        cls.curator = new_test_user(
            cls.env,
            "table_curator",
            groups="gorod24_classifier.group_classifier_curator",
        )
        cls.operator = new_test_user(
            cls.env, "table_operator", groups="base.group_user"
        )

    def _table(self, rows, headers=("code", "name"), file_format="csv"):
        return write_table(headers, rows, file_format)

    def _import(self, rows, headers=("code", "name"), content=None, **values):
        """The wizard after the check; not applied."""
        file_format = values.pop("file_format", "csv")
        content = content or self._table(rows, headers, file_format)
        wizard = (
            self.env["gorod24.classifier.import"]
            .with_user(values.pop("user", self.curator))
            .create(
                {
                    "file": base64.b64encode(content),
                    "filename": f"table.{file_format}",
                    **values,
                }
            )
        )
        wizard.action_check()
        return wizard

    def _load(self, rows, edition="1", valid_from="2025-01-01", **values):
        """A new national edition made of rows."""
        wizard = self._import(
            rows,
            mode="new",
            kind="national",
            name="Общероссийский",
            edition=edition,
            valid_from=valid_from,
            **values,
        )
        self.assertFalse(wizard.problems)
        wizard.action_apply()
        return wizard.classifier_id.with_env(self.env)

    def _node(self, classifier, code):
        return self.Category.with_context(active_test=False).search(
            [("classifier_id", "=", classifier.id), ("code", "=", code)]
        )

    def _classifier(self, kind="local", **values):
        return self.env["gorod24.classifier"].create(
            {"name": f"Проба {kind}", "kind": kind, "valid_from": "2020-01-01"} | values
        )

    def _counts(self, wizard):
        return (
            wizard.created_count,
            wizard.updated_count,
            wizard.unchanged_count,
            wizard.archived_count,
        )

    def _problems(self, wizard):
        return [(p["row"], p["column"], p["message"]) for p in wizard.problems]
