# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ClassifierCase


@tagged("post_install", "-at_install")
class TestTopicArchive(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pit = cls._topic("Яма", cls.roads, is_topic=True)

    def _wizard(self, topic, **values):
        return self.env["gorod24.topic.archive"].create(
            {"topic_id": topic.id, **values}
        )

    def _ticket(self, topic):
        return self.env["helpdesk.ticket"].create(
            {"name": "Проба", "description": "-", "category_id": topic.id}
        )

    def test_use_is_shown(self):
        self._ticket(self.cold)
        self._rule(self.manager, topic=self.cold)
        wizard = self._wizard(self.heating)
        self.assertEqual(wizard.rule_count, 1)
        self.assertEqual(wizard.below_count, 1)
        self.assertGreaterEqual(wizard.open_count, 1)
        self.assertTrue(wizard.in_use)

    def test_used_topic_wants_a_successor(self):
        self._rule(self.manager, topic=self.cold)
        with self.assertRaisesRegex(UserError, "Холодно в квартире.*successor"):
            self._wizard(self.cold).action_apply()
        self.assertTrue(self.cold.active)
        self._wizard(self.cold, without_successor=True).action_apply()
        self.assertFalse(self.cold.active)
        self.assertFalse(self.cold.replaced_by_id)

    def test_rules_and_mappings_follow(self):
        rule = self._rule(self.manager, topic=self.cold)
        mapped = self._topic("Своя тема", is_topic=True, maps_to_ids=self.cold.ids)
        self._wizard(self.cold, successor_id=self.pit.id).action_apply()
        self.assertEqual(rule.topic_id, self.pit)
        self.assertEqual(mapped.maps_to_ids, self.pit)
        self.assertEqual(self.cold.replaced_by_id, self.pit)

    def test_rules_stay_when_not_asked(self):
        rule = self._rule(self.manager, topic=self.cold)
        wizard = self._wizard(self.cold, successor_id=self.pit.id, hand_over=False)
        wizard.action_apply()
        self.assertEqual(rule.topic_id, self.cold)

    def test_branch_goes_together(self):
        rule = self._rule(self.manager, topic=self.cold)
        self._wizard(self.heating, successor_id=self.roads.id).action_apply()
        self.assertFalse((self.heating | self.cold).filtered("active"))
        self.assertEqual(self.cold._get_current(), self.roads)
        self.assertEqual(rule.topic_id, self.roads)

    def test_successor_must_live(self):
        with self.assertRaisesRegex(UserError, "together with"):
            self._wizard(self.heating, successor_id=self.cold.id).action_apply()
        self.pit.active = False
        with self.assertRaisesRegex(UserError, "archived itself"):
            self._wizard(self.cold, successor_id=self.pit.id).action_apply()

    def test_chain_of_successors(self):
        self.assertEqual(self.cold._get_current(), self.cold)
        self.cold.replaced_by_id = self.heating
        self.heating.replaced_by_id = self.pit
        self.assertEqual(self.cold._get_current(), self.pit)

    def test_archive_button_asks_only_when_used(self):
        self._rule(self.manager, topic=self.cold)
        action = self.cold.action_archive()
        self.assertEqual(action["res_model"], "gorod24.topic.archive")
        self.assertTrue(self.cold.active)
        self.pit.action_archive()
        self.assertFalse(self.pit.active)
        with self.assertRaisesRegex(UserError, "“Отопление”"):
            (self.heating | self.cold).action_archive()

    def test_topic_that_lives_again_has_no_successor(self):
        self._wizard(self.cold, successor_id=self.pit.id).action_apply()
        self.cold.action_unarchive()
        self.assertEqual(self.cold._get_current(), self.cold)

    def test_used_topic_is_not_deleted(self):
        self._ticket(self.cold)
        with self.assertRaisesRegex(UserError, "Archive"):
            self.cold.unlink()
        with self.assertRaisesRegex(UserError, "“Отопление”"):
            self.heating.unlink()  # would take the topic with it
        self.assertTrue(self.cold.exists())

    def test_successor_and_target_of_a_mapping_are_not_deleted(self):
        self.cold.replaced_by_id = self.pit
        with self.assertRaises(UserError):
            self.pit.unlink()
        target = self._topic("Общероссийский вопрос")
        self.cold.maps_to_ids = target
        with self.assertRaises(UserError):
            target.unlink()

    def test_unused_branch_is_deleted(self):
        self.heating.unlink()
        self.assertFalse(self.cold.exists())

    def test_only_the_curator_archives(self):
        reader = new_test_user(self.env, "arch_reader", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["gorod24.topic.archive"].with_user(reader).create(
                {"topic_id": self.cold.id}
            )
        with self.assertRaises(AccessError):
            self.cold.with_user(reader).action_archive_with_successor()
        curator = new_test_user(
            self.env, "arch_curator",
            groups="gorod24_classifier.group_classifier_curator",
        )  # fmt: skip
        self._ticket(self.cold)  # which the curator may not read
        wizard = self.env["gorod24.topic.archive"].with_user(curator)
        wizard.create(
            {"topic_id": self.cold.id, "successor_id": self.pit.id}
        ).action_apply()
        self.assertFalse(self.cold.active)
