# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import code_translations


@tagged("post_install", "-at_install")
class TestWordsOfOdoo(TransactionCase):
    """Odoo's own screens, as far as its Russian lacks words (``i18n_extra``)."""

    def test_labels_of_other_modules_are_russian(self):
        partner = self.env["res.partner"].with_context(lang="ru_RU")
        kinds = dict(partner.fields_get(["company_type"])["company_type"]["selection"])
        self.assertEqual(kinds["person"], "Человек")
        page = self.env.ref("web.login").with_context(lang="ru_RU").arch_db
        self.assertNotIn("Enter your password", page)

    def test_the_browser_gets_the_words_its_own_module_lacks(self):
        words = code_translations.get_web_translations("gorod24", "ru_RU")["messages"]
        self.assertIn(
            {"id": "Missing required fields", "string": "Заполните обязательные поля"},
            words,
        )
