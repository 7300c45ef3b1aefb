# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ClassifierCase


class TreeCase(ClassifierCase):
    """A classifier of our own: two groups, one of them with a group inside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tree = cls.env["gorod24.classifier"].create(
            {"name": "Пробный классификатор", "kind": "local"}
        )
        cls.water = cls._node("Вода", sequence=10)
        cls.hot = cls._node("Горячая", cls.water)
        cls.no_hot = cls._node("Нет горячей", cls.hot, is_topic=True, use_count=3)
        cls.rusty = cls._node("Ржавая", cls.hot, is_topic=True, use_count=4)
        cls.light = cls._node("Свет", sequence=20)
        cls.lamp = cls._node("Не горит лампа", cls.light, is_topic=True)
        cls.curator = new_test_user(
            cls.env,
            "tree_curator",
            groups="gorod24_classifier.group_classifier_curator",
            lang="ru_RU",
        )
        cls.reader = new_test_user(cls.env, "tree_reader", groups="base.group_user")

    @classmethod
    def _node(cls, name, parent=None, **values):
        values.setdefault("classifier_id", cls.tree.id)
        return cls._topic(name, parent, **values)

    def _levels(self, *parents, tree=None, **options):
        return self.Category.get_tree_levels(
            (tree or self.tree).id, [p.id if p else 0 for p in parents], **options
        )

    def _names(self, *parents, **options):
        levels = self._levels(*(parents or [None]), **options)
        return [node["name"] for level in levels.values() for node in level]


@tagged("post_install", "-at_install")
class TestTreeLevels(TreeCase):
    def test_top_level_and_children(self):
        self.assertEqual(self._names(), ["Вода", "Свет"])
        levels = self._levels(None, self.water, self.hot)
        self.assertEqual([n["name"] for n in levels[str(self.water.id)]], ["Горячая"])
        self.assertEqual(
            [n["name"] for n in levels[str(self.hot.id)]], ["Нет горячей", "Ржавая"]
        )

    def test_counts_of_the_branch(self):
        water, light = self._levels(None)["0"]
        self.assertEqual(water["topics"], 2)
        self.assertEqual(water["children"], 1)
        self.assertEqual(water["uses"], 0)
        self.assertEqual(water["uses_below"], 7)
        self.assertEqual((light["topics"], light["uses_below"]), (1, 0))
        self.rusty.active = False
        water = self._levels(None)["0"][0]
        self.assertEqual(water["topics"], 1)
        self.assertEqual(self.water.topic_count, 1)

    def test_archived_on_demand(self):
        self.lamp.active = False
        self.assertEqual(self._levels(self.light), {str(self.light.id): []})
        (node,) = self._levels(self.light, archived=True)[str(self.light.id)]
        self.assertFalse(node["active"])
        self.assertEqual(self._levels(None)["0"][1]["children"], 0)
        self.assertEqual(self._levels(None, archived=True)["0"][1]["children"], 1)

    def test_active_under_an_archived_parent_is_not_lost(self):
        self.light.active = False
        self.assertEqual(self._names(), ["Вода", "Не горит лампа"])

    def test_guest_is_named_and_stays(self):
        other = self.env["gorod24.classifier"].create(
            {"name": "Общероссийский", "kind": "national"}
        )
        guest = self._node("Вопрос", self.light, classifier_id=other.id)
        here = self._levels(self.light)[str(self.light.id)][-1]
        self.assertEqual((here["guest"], here["movable"]), ("Общероссийский", True))
        (home,) = self._levels(None, tree=other)["0"]
        self.assertEqual((home["guest"], home["movable"]), ("", False))
        guest.move_in_tree(self.water.id)  # within the tree it stands in
        with self.assertRaisesRegex(UserError, "Пробный классификатор"):
            guest.move_in_tree(False)

    def test_one_query_for_counts_whatever_the_size(self):
        def count(*parents):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._levels(*parents)
            return self.env.cr.sql_log_count - before

        count(None, self.hot)
        few = count(None, self.hot)
        for number in range(60):
            parent = self._node(f"Группа {number}", sequence=30 + number)
            self._node(f"Тема {number}", parent, is_topic=True, season_from="10-15",
                       season_to="04-15", replaced_by_id=self.lamp.id)  # fmt: skip
        # What is kept between requests is read anew after a change, once.
        count(None, self.hot)
        self.assertEqual(count(None, self.hot), few)
        self.assertLessEqual(few, 6)

    def test_search_keeps_the_branch(self):
        found = self.Category.search_tree(self.tree.id, "ГОРЯЧЕЙ")
        self.assertEqual(found["matches"], self.no_hot.ids)
        self.assertEqual(found["total"], 1)
        self.assertEqual([n["name"] for n in found["levels"]["0"]], ["Вода"])
        (node,) = found["levels"][str(self.hot.id)]
        self.assertEqual(node["name"], "Нет горячей")
        self.assertNotIn(str(self.light.id), found["levels"])

    def test_search_by_code_words_and_yo(self):
        self.rusty.write({"code": "W-7", "synonyms": "жёлтая 100% вода"})
        for text in ("w-7", "желтая", "ЖЁЛТАЯ вода", "100%"):
            found = self.Category.search_tree(self.tree.id, text)
            self.assertEqual(found["matches"], self.rusty.ids, text)
        found = self.Category.search_tree(self.tree.id, "%")
        self.assertEqual(found["matches"], self.rusty.ids)

    def test_search_says_how_many_more(self):
        found = self.Category.search_tree(self.tree.id, "", limit=2)
        self.assertEqual((found["total"], len(found["matches"])), (6, 2))

    def test_start(self):
        start = self.Category.with_user(self.curator).get_tree_start()
        self.assertTrue(start["can_edit"])
        ours = [c for c in start["classifiers"] if c["id"] == self.tree.id]
        self.assertEqual(ours[0]["count"], 6)
        start = self.Category.with_user(self.reader).get_tree_start()
        self.assertFalse(start["can_edit"])

    def test_reader_reads_and_portal_does_not(self):
        self.assertTrue(
            self.Category.with_user(self.reader).get_tree_levels(self.tree.id, [0])
        )
        public = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            self.Category.with_user(public).get_tree_levels(self.tree.id, [0])

    def test_other_company_is_not_counted(self):
        company = self.env["res.company"].create({"name": "Другая"})
        self.rusty.company_id = company
        env = self.Category.with_user(self.reader)
        water = env.get_tree_levels(self.tree.id, [0])["0"][0]
        self.assertEqual((water["topics"], water["uses_below"]), (1, 3))

    def test_place_of_a_node(self):
        self.assertEqual(
            self.rusty.get_tree_place(),
            {"classifier_id": self.tree.id, "path": [self.water.id, self.hot.id]},
        )


@tagged("post_install", "-at_install")
class TestTreeMove(TreeCase):
    def test_move_and_undo(self):
        answer = self.no_hot.move_in_tree(self.light.id, self.lamp.id)
        self.assertEqual(self._names(self.light), ["Нет горячей", "Не горит лампа"])
        self.assertIn("Нет горячей", answer["message"])
        self.Category.undo_move(answer["undo"])
        self.assertEqual(self.no_hot.parent_id, self.hot)
        self.assertEqual(self._names(self.hot), ["Нет горячей", "Ржавая"])

    def test_reorder_within_a_parent(self):
        third = self._node("Третья", self.hot)
        answer = third.move_in_tree(self.hot.id, self.rusty.id)
        names = ["Нет горячей", "Третья", "Ржавая"]
        self.assertEqual(self._names(self.hot), names)
        self.no_hot.move_in_tree(self.hot.id)
        self.assertEqual(self._names(self.hot), names[1:] + names[:1])
        self.Category.undo_move(answer["undo"])
        self.assertEqual(self._names(self.hot), ["Ржавая", "Нет горячей", "Третья"])

    def test_many_moves_to_one_spot_keep_the_order(self):
        nodes = [self._node(f"N{n}", self.light) for n in range(8)]
        for node in nodes:
            node.move_in_tree(self.light.id, self.lamp.id)
        wanted = [f"N{n}" for n in range(8)] + ["Не горит лампа"]
        self.assertEqual(self._names(self.light), wanted)

    def test_no_cycle(self):
        for target in (self.water, self.hot, self.rusty):
            with self.assertRaisesRegex(UserError, "“Вода”.*branch"):
                self.water.move_in_tree(target.id)
        self.assertFalse(self.water.parent_id)

    def test_not_into_another_classifier(self):
        other = self.env["gorod24.classifier"].create({"name": "Чужой"})
        strange = self._node("Чужая группа", classifier_id=other.id)
        with self.assertRaisesRegex(UserError, "Чужой"):
            self.hot.move_in_tree(strange.id)

    def test_not_into_an_archived_group(self):
        self.light.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self.hot.move_in_tree(self.light.id)

    def test_branch_without_classifier_is_adopted(self):
        loose = self._node("Ничья", classifier_id=False)
        below = self._node("Ничья тема", loose, classifier_id=False)
        answer = loose.move_in_tree(self.light.id)
        self.assertEqual((loose | below).classifier_id, self.tree)
        self.Category.undo_move(answer["undo"])
        self.assertFalse((loose | below).classifier_id)
        self.assertFalse(loose.parent_id)

    def test_undo_is_refused_when_moved_again(self):
        answer = self.rusty.move_in_tree(self.light.id)
        self.rusty.move_in_tree(self.water.id)
        with self.assertRaisesRegex(UserError, "moved again"):
            self.Category.undo_move(answer["undo"])
        self.assertEqual(self.rusty.parent_id, self.water)

    def test_only_the_curator_moves(self):
        with self.assertRaises(AccessError):
            self.rusty.with_user(self.reader).move_in_tree(self.light.id)
        answer = self.rusty.with_user(self.curator).move_in_tree(self.light.id)
        with self.assertRaises(AccessError):
            self.Category.with_user(self.reader).undo_move(answer["undo"])

    def test_codes_follow_the_move(self):
        self.light.code, self.rusty.code = "L", "R"
        self.rusty.move_in_tree(self.light.id)
        self.assertEqual(self.rusty.path_code, "L/R")

    def test_targets_are_outside_the_own_branch(self):
        names = [t["name"] for t in self.hot.get_move_targets()]
        self.assertEqual(names, ["Вода", "Свет"])
        names = [t["name"] for t in self.hot.get_move_targets("лампа")]
        self.assertEqual(names, ["Не горит лампа"])
        self.assertEqual(self.hot.get_move_targets("ржавая"), [])
