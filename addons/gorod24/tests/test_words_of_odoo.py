# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools.translate import code_translations


@tagged("post_install", "-at_install")
class TestWordsOfOdoo(TransactionCase):
    """Odoo's own screens, as far as its Russian lacks words (``i18n_extra``)."""

    def test_labels_of_other_modules_are_russian(self):
        partner = self.env["res.partner"].with_context(lang="ru_RU")
        kinds = dict(partner.fields_get(["company_type"])["company_type"]["selection"])
        self.assertEqual(kinds["person"], "Человек")

    def test_the_browser_gets_the_words_its_own_module_lacks(self):
        words = code_translations.get_web_translations("gorod24", "ru_RU")["messages"]
        self.assertIn(
            {"id": "Missing required fields", "string": "Заполните обязательные поля"},
            words,
        )


@tagged("post_install", "-at_install")
class TestLoginPage(HttpCase):
    """The first page of everybody: the service's own words, no way in for strangers."""

    def test_it_asks_for_login_and_password_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        page = self.url_open("/web/login", headers={"Accept-Language": "ru"}).text
        self.assertIn("Логин", page)
        self.assertIn("Введите пароль", page)
        for foreign in ("Email", "Enter your", "/web/signup"):
            self.assertNotIn(foreign, page)

    def test_nobody_makes_himself_an_account(self):
        answer = self.url_open("/web/signup")
        self.assertEqual(answer.status_code, 404)
