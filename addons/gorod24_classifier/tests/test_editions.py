# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_table import FIRST, TableCase

SECOND = [
    *(row for row in FIRST if row[0] not in ("0001.0001.0002.0002",)),
    ("0005.0002.0003.0010", "Скользкие тротуары"),
]


def _changed(rows):
    """The second edition: one renamed, one moved, one removed, one added."""
    changes = {
        "0001.0001.0001.0001": (
            "0001.0001.0001.0001",
            "Нет ответа на обращение в срок",
        ),
        "0001.0001.0001.0009": ("0001.0001.0002.0011", "Личный приём"),
    }
    return [changes.get(row[0], row) for row in rows]


@tagged("post_install", "-at_install")
class TestEditionTransition(TableCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day_old = fields.Date.to_date("2025-06-01")
        cls.day_new = fields.Date.to_date("2026-06-01")

    def _two_editions(self):
        old = self._load(FIRST, "1", "2025-01-01")
        local = self._classifier()

        def topic(code, target):
            return self._topic(
                f"Тема {code}",
                code=code,
                classifier_id=local.id,
                is_topic=True,
                maps_to_ids=[(4, self._node(old, target).id)],
            )

        self.renamed = topic("Р", "0001.0001.0001.0001")
        self.moved = topic("П", "0001.0001.0001.0009")
        self.removed = topic("У", "0001.0001.0002.0002")
        self.ticket = self.env["helpdesk.ticket"].create(
            {"name": "x", "description": "x", "category_id": self.moved.id}
        )
        new = self._load(_changed(SECOND), "2", "2026-01-01")
        transition = (
            self.env["gorod24.edition.transition"]
            .with_user(self.curator)
            .create({"old_id": old.id, "new_id": new.id})
        )
        transition.action_compare()
        return old, new, transition

    def test_comparison(self):
        _old, _new, transition = self._two_editions()

        def codes(lines):
            return [(line.old_code, line.new_code) for line in lines]

        self.assertEqual(
            codes(transition.renamed_line_ids),
            [("0001.0001.0001.0001", "0001.0001.0001.0001")],
        )
        self.assertEqual(
            codes(transition.moved_line_ids),
            [("0001.0001.0001.0009", "0001.0001.0002.0011")],
        )
        self.assertEqual(
            codes(transition.removed_line_ids), [("0001.0001.0002.0002", False)]
        )
        self.assertEqual(
            codes(transition.added_line_ids), [(False, "0005.0002.0003.0010")]
        )
        self.assertEqual(transition.same_count, len(FIRST) - 3)
        self.assertEqual(transition.unmapped_count, 1)

    def test_old_appeals_keep_their_code(self):
        old, new, transition = self._two_editions()
        transition.action_apply()
        self.assertEqual(old.valid_to, fields.Date.to_date("2025-12-31"))
        self.assertEqual(new.previous_id, old)
        node = self._node(old, "0001.0001.0001.0009")
        self.assertEqual(node.replaced_by_id.code, "0001.0001.0002.0011")

        def code(topic, day):
            return topic._get_code_for("national", day).code

        topic = self.ticket.category_id
        self.assertEqual(topic, self.moved)
        self.assertEqual(code(topic, self.day_old), "0001.0001.0001.0009")
        self.assertEqual(code(topic, self.day_new), "0001.0001.0002.0011")
        self.assertEqual(code(self.renamed, self.day_new), "0001.0001.0001.0001")
        self.assertEqual(
            self.renamed._get_code_for("national", self.day_new).classifier_id, new
        )
        self.assertEqual(code(self.removed, self.day_old), "0001.0001.0002.0002")
        self.assertFalse(code(self.removed, self.day_new))
        action = transition.action_open_unmapped()
        self.assertEqual(self.Category.search(action["domain"]), self.removed)

    def test_successor_chosen_by_hand(self):
        _old, new, transition = self._two_editions()
        line = transition.removed_line_ids
        line.new_category_id = self._node(new, "0001.0001.0002.0011")
        self.assertTrue(line.is_accepted)
        transition.action_compare()
        line = transition.removed_line_ids
        self.assertEqual(line.new_code, "0001.0001.0002.0011", "kept when compared")
        transition.action_apply()
        self.assertFalse(transition.unmapped_count)
        self.assertEqual(
            self.removed._get_code_for("national", self.day_new).code,
            "0001.0001.0002.0011",
        )
        with self.assertRaises(UserError):
            line.is_accepted = False

    def test_taken_back(self):
        old, new, transition = self._two_editions()
        maps = {topic: topic.maps_to_ids for topic in (self.renamed, self.moved)}
        transition.action_apply()
        transition.action_undo()
        self.assertFalse(old.valid_to)
        self.assertFalse(old.category_ids.replaced_by_id)
        self.assertFalse(any(old.category_ids.mapped("valid_to")))
        for topic, targets in maps.items():
            self.assertEqual(topic.maps_to_ids, targets)
        transition.action_apply()
        self.assertEqual(old.valid_to, fields.Date.to_date("2025-12-31"))

    def test_pos_through_national_follows_the_edition(self):
        old, _new, transition = self._two_editions()
        pos = self._classifier("pos", valid_from="2025-01-01")
        fact = self._topic("Факт", code="Ф", classifier_id=pos.id)
        self._node(old, "0001.0001.0001.0009").maps_to_ids = fact
        self.assertEqual(self.moved._get_code_for("pos", self.day_old), fact)
        transition.action_apply()
        self.assertEqual(self.moved._get_code_for("pos", self.day_new), fact)
        self.assertFalse(self.renamed._get_code_for("pos", self.day_new))

    def test_order_of_editions(self):
        old, new, transition = self._two_editions()
        new.valid_from = old.valid_from
        with self.assertRaises(UserError):
            transition.action_apply()
        self.assertFalse(old.valid_to)
        with self.assertRaises(ValidationError):
            transition.copy({"new_id": old.id})

    def test_operator_looks_but_does_not_touch(self):
        _old, _new, transition = self._two_editions()
        seen = transition.with_user(self.operator)
        self.assertEqual(seen.added_count, 1)
        for action in ("action_apply", "action_compare", "unlink"):
            with self.assertRaises(AccessError):
                getattr(seen, action)()


@tagged("post_install", "-at_install")
class TestDeletion(TableCase):
    def test_used_nodes_stay(self):
        group = self._topic("Группа")
        topic = self._topic("Тема", group)
        self.env["helpdesk.ticket"].create(
            {"name": "x", "description": "x", "category_id": topic.id}
        )
        for node in (topic, group):
            with self.assertRaises(UserError):
                node.unlink()
        self.assertTrue(topic.exists())

    def test_archived_uses_count_too(self):
        topic = self._topic("Тема")
        rule = self._rule(self.network, topic=topic)
        rule.active = False
        with self.assertRaises(UserError):
            topic.unlink()

    def test_targets_of_a_mapping_stay(self):
        target = self._topic("Код")
        self._topic("Тема", maps_to_ids=[(4, target.id)])
        with self.assertRaises(UserError):
            target.unlink()

    def test_unused_group_goes_with_its_topics(self):
        group = self._topic("Группа")
        topics = self._topic("Одна", group) | self._topic("Другая", group)
        group.unlink()
        self.assertFalse(topics.exists())


@tagged("post_install", "-at_install")
class TestSeparation(TableCase):
    def test_operator_topics_are_no_national_nodes(self):
        national = self.Category.search([("classifier_id.kind", "=", "national")])
        self.assertFalse(national.filtered("is_topic"))
        self.assertTrue(national.filtered(lambda n: n.code == "0005.0005.0056.1154"))
        below_local = national.filtered(
            lambda n: n.parent_id.classifier_id.kind == "local"
        )
        self.assertFalse(below_local)

    def test_a_code_of_the_town_repeats_no_national_question(self):
        local, national = self._classifier(), self._classifier("national")
        group = self._topic("Группа", code="Г", classifier_id=local.id)
        topic = self._topic(
            "Своя тема",
            group,
            code="OWN-1",
            classifier_id=national.id,
            is_topic=True,
        )
        self.env["gorod24.classifier"]._separate_topics()
        self.assertEqual(topic.classifier_id, local)
        self.assertFalse(topic.maps_to_ids)
        national_codes = self.Category.search([("classifier_id", "=", national.id)])
        self.assertFalse(national_codes)

    def test_topic_keeps_its_appeals_and_its_code(self):
        local, national = self._classifier(), self._classifier("national")
        group = self._topic("Группа", code="Г", classifier_id=local.id)
        theme = self._topic(
            "Тема", code="0005.0005.0000.0000", classifier_id=national.id
        )
        topic = self._topic(
            "Вопрос",
            group,
            code="0005.0005.0056.1147",
            classifier_id=national.id,
            is_topic=True,
        )
        user = self._topic("Своя", group, maps_to_ids=[(4, topic.id)])
        for _time in (1, 2):
            self.env["gorod24.classifier"]._separate_topics()
            self.assertEqual(topic.classifier_id, local)
            node = topic.maps_to_ids
            self.assertEqual((node.code, node.parent_id), (topic.code, theme))
            self.assertEqual(user.maps_to_ids, node)
            self.assertFalse(node.is_topic)
