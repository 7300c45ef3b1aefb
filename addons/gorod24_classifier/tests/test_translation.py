# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import polib

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import file_path
from odoo.tools.translate import code_translations


@tagged("post_install", "-at_install")
class TestHelpdeskInRussian(TransactionCase):
    """helpdesk_mgmt speaks Russian through our terms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env["ir.module.module"]._load_module_terms(
            ["helpdesk_mgmt", "gorod24_classifier"], ["ru_RU"]
        )
        cls.env["ir.http"]._add_code_translations("ru_RU")
        cls.russian = cls.env(context={"lang": "ru_RU"})

    def test_menu_and_action(self):
        menu = self.russian.ref("helpdesk_mgmt.helpdesk_all_ticket_menu")
        self.assertEqual(menu.name, "Все обращения")
        action = self.russian.ref("helpdesk_mgmt.helpdesk_ticket_action")
        self.assertEqual(action.name, "Обращения")

    def test_field_labels_and_selection(self):
        labels = self.russian["helpdesk.ticket"].fields_get()
        self.assertEqual(labels["stage_id"]["string"], "Этап")
        self.assertEqual(labels["team_id"]["string"], "Группа")
        self.assertEqual(labels["channel_id"]["string"], "Канал")
        self.assertEqual(labels["category_id"]["string"], "Тема")
        self.assertIn(("3", "Очень высокий"), labels["priority"]["selection"])

    def test_stage_and_channel_names(self):
        stage = self.russian.ref("helpdesk_mgmt.helpdesk_ticket_stage_in_progress")
        self.assertEqual(stage.name, "В работе")
        channel = self.russian.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        self.assertEqual(channel.name, "Телефон")

    def test_view(self):
        view = self.env.ref("helpdesk_mgmt.ticket_view_form")
        arch = self.russian["helpdesk.ticket"].get_view(view.id, "form")["arch"]
        self.assertIn("Отметить как дубликат", arch)

    def test_message_of_python_code(self):
        wizard = self.russian["helpdesk.ticket.duplicate.wizard"]
        ticket = self.russian["helpdesk.ticket"].create(
            {"name": "Проба", "description": "-"}
        )
        message = "Укажите правильное обращение, которое дублируется."
        with self.assertRaisesRegex(UserError, message):
            wizard.create(
                {"ticket_id": ticket.id, "duplicate_of_id": ticket.id}
            ).action_confirm()

    def test_message_of_browser_code(self):
        web = code_translations.get_web_translations("helpdesk_mgmt", "ru_RU")
        texts = [message["string"] for message in web["messages"]]
        self.assertTrue(any("больше допустимого размера" in t for t in texts))

    def test_words_the_client_itself_left_english(self):
        web = code_translations.get_web_translations("web", "ru_RU")
        words = {message["id"]: message["string"] for message in web["messages"]}
        self.assertEqual(words["Custom Filter..."], "Свой отбор…")
        self.assertIn("Не всё заполнено", words["Missing required fields"])

    def test_every_term_is_translated(self):
        terms = polib.pofile(file_path("gorod24_classifier/i18n_extra/ru.po"))
        self.assertGreater(len(terms), 280)
        self.assertFalse(terms.untranslated_entries() + terms.fuzzy_entries())

    def test_groups_named_in_a_refusal_are_russian(self):
        clerk = new_test_user(self.env, "tr_clerk", groups="base.group_user")
        settings = self.env["res.config.settings"].with_user(clerk)
        with self.assertRaisesRegex(AccessError, "Роль / Администратор"):
            settings.with_context(lang="ru_RU").create({})
