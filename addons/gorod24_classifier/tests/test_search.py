# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ClassifierCase

#: What citizens say → code of the topic that must come first.
WANTED = {
    "батареи холодные": "L-JKH-05",
    "нету света в падике": "L-JKH-12",
    "воняет газом": "L-JKH-16",
    "яма на дороге": "L-TR-01",
    "прорвало трубу": "L-JKH-06",
    "лифт застрял": "L-JKH-10",
    "снег во дворе": "L-BL-03",
    "не горит фонарь": "L-BL-01",
    "мусор не вывозят": "0005.0005.0056.1160",
    "у нас третий день нет горячей воды": "L-JKH-02",
    "нет света": "0005.0005.0056.1153",
    "соседи сверху топят": "L-JKH-06",
    "открытый люк": "L-JKH-15",
    "светофор не работает": "L-TR-02",
    "автобус мимо проехал": "L-TR-03",
    "сосульки": "L-JKH-14",
    "течёт крыша": "L-JKH-11",
    "передать показания": "L-EN-01",
    "в подъезде грязно": "L-JKH-13",
    "гололёд": "L-BL-04",
    "унитаз забился": "L-JKH-08",
    "бродячие собаки": "0003.0011.0127.0866",
    "упало дерево на машину": "L-BL-02",
    "искрит провод": "L-EN-02",
    "домофон сломался": "L-JKH-17",
    "вода ржавая": "L-JKH-04",
    "слабый напор": "L-JKH-03",
    "не могу дозвониться в поликлинику": "L-HE-01",
    "скорая не едет": "0002.0014.0143.0393",
    "соседи шумят ночью": "L-OR-01",
    "очередь в садик": "0002.0013.0139.0329",
    "свалка в лесу": "0005.0005.0056.1161",
    "водитель хамит": "L-TR-04",
    "знак упал": "0003.0009.0099.0744",
    "запах гари": "0003.0011.0130.0875",
    "сломаны качели": "L-BL-05",
    # typing errors
    "батореи халодные": "L-JKH-05",
    "сасульки висят": "L-JKH-14",
    "светафор": "L-TR-02",
    # unfinished typing
    "домоф": "L-JKH-17",
}


@tagged("post_install", "-at_install")
class TestTopicSearch(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the order of topics must not depend on the season of the run
        model = cls.env.registry[cls.Category._name]
        cls.classPatch(model, "_is_met_now", lambda topic: True)

    def test_the_right_topic_comes_first(self):
        wrong = {}
        for words, code in WANTED.items():
            found = [topic["code"] for topic in self.Category.suggest(words, limit=3)]
            if found[:1] != [code]:
                wrong[words] = found
        self.assertFalse(wrong)

    def test_gas_brings_the_stop_phrase(self):
        best = self.Category.suggest("воняет газом")[0]
        self.assertIn("позвоните 104", best["stop_phrase"])

    def test_answer_holds_what_the_card_needs(self):
        best = self.Category.suggest("батареи холодные")[0]
        self.assertEqual(best["regime_code"], "HOT")
        self.assertEqual(best["path"], "Жилищно-коммунальное хозяйство")
        self.assertEqual(best["urgency"], "planned")
        self.assertLessEqual(0, best["score"])

    def test_nothing_typed_gives_the_most_used(self):
        self.cold.use_count = 10**6
        self.assertEqual(self.Category.suggest("")[0]["topic_id"], self.cold.id)

    def test_nonsense_gives_nothing_and_never_fails(self):
        hostile = {
            "щщщщщ": 0,
            "' & | ! :* (": None,
            "'; DROP TABLE res_users; --": None,
            "батареи & | ! <-> :*ABC ( )": "L-JKH-05",
            "\\ \x00 %s %(a)s {} ${x}": None,
            "🔥🔥🔥 батареи холодные 😡": "L-JKH-05",
            "😡😡😡": None,
            "батареи холодные " * 300: "L-JKH-05",
            "а" * 5000: 0,
            "ё й " * 1000: None,
            "1 2 3 4 5 6 7": None,
            "<b>яма</b> на\tдороге\r\n": "L-TR-01",
            "и в на у нас": None,
        }
        for text, right in hostile.items():
            found = self.Category.suggest(text)
            self.assertIsInstance(found, list)
            if isinstance(right, str):
                self.assertEqual(found[0]["code"], right, text[:40])
            elif right == 0:
                self.assertEqual(found, [], text[:40])
        for nothing in ("", "   ", "!!!", None, False):
            self.assertTrue(self.Category.suggest(nothing), "the most used topics")

    def test_new_synonym_is_found_at_once(self):
        self.cold.synonyms = "зуб на зуб не попадает"
        best = self.Category.suggest("зуб на зуб не попадает")[0]
        self.assertEqual(best["topic_id"], self.cold.id)

    def test_change_within_one_transaction_is_found(self):
        for words in ("квазиодин", "квазидва", "квазитри"):
            self.cold.synonyms = words
            best = self.Category.suggest(words)[0]
            self.assertEqual(best["topic_id"], self.cold.id)
        self.assertFalse(self.Category.suggest("квазиодин"))

    def test_undone_change_is_not_found(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.cold.synonyms = "квазислово"
            self.assertTrue(self.Category.suggest("квазислово"))
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertFalse(self.Category.suggest("квазислово"))

    def test_change_past_the_orm_is_found(self):
        self.env.cr.execute(
            "UPDATE helpdesk_ticket_category SET synonyms = 'квазислово' WHERE id = %s",
            [self.cold.id],
        )
        self.env.invalidate_all()
        best = self.Category.suggest("квазислово")[0]
        self.assertEqual(best["topic_id"], self.cold.id)

    def test_name_is_found_in_each_language(self):
        self.cold.with_context(lang="ru_RU").name = "Квазихолод"
        self.cold.with_context(lang="en_US").name = "Quasicold"
        for lang in ("ru_RU", "en_US"):
            Category = self.Category.with_context(lang=lang)
            for words in ("квазихолод", "quasicold"):
                best = Category.suggest(words)[0]
                self.assertEqual(best["topic_id"], self.cold.id)
                self.assertEqual(best["name"], Category.browse(self.cold.id).name)

    def test_why_names_the_words(self):
        best = self.Category.suggest("толчок забился")[0]
        self.assertEqual(best["why"], "толчок → унитаз, забился → засор")
        best = self.Category.suggest("svetofor ytn ufpf")[0]
        self.assertIn("газа", best["why"])

    def test_out_of_season_sinks_but_danger_does_not(self):
        winter = self._topic("Квазиявление зимнее", is_topic=True, use_count=50)
        summer = self._topic("Квазиявление летнее", is_topic=True)
        first = self.Category.suggest("квазиявление")[0]
        self.assertEqual(first["topic_id"], winter.id)
        summer_only = lambda topic: topic.danger or topic != winter  # noqa: E731
        with patch.object(
            self.env.registry[self.Category._name], "_is_met_now", summer_only
        ):
            first = self.Category.suggest("квазиявление")[0]
            self.assertEqual(first["topic_id"], summer.id)
            winter.danger = True
            first = self.Category.suggest("квазиявление")[0]
            self.assertEqual(first["topic_id"], winter.id)

    def test_topics_hidden_by_rules_do_not_hide_the_others(self):
        """However many better topics a user may not see, he finds his own."""
        other = self.env["res.company"].create({"name": "Другая"})
        self.Category.create(
            [
                {
                    "name": f"Квазиявление {number}",
                    "is_topic": True,
                    "company_id": other.id,
                    "synonyms": "квазиявление",
                }
                for number in range(60)
            ]
        )
        mine = self._topic("Редкое квазиявление у реки", is_topic=True)
        clerk = new_test_user(self.env, "srch_clerk", groups="base.group_user")
        found = self.Category.with_user(clerk).suggest("квазиявление", limit=3)
        self.assertIn(mine.id, [topic["topic_id"] for topic in found])

    def test_few_questions_to_the_base(self):
        """The state of the words, the topics, the habits, the groups' names."""
        self.Category.suggest("батареи холодные")
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            self.Category.suggest("батареи холодные")

    def test_popularity_decides_between_equals(self):
        one = self._topic("Квазиявление редкое", is_topic=True)
        two = self._topic("Квазиявление редкое", is_topic=True, use_count=5)
        found = [t["topic_id"] for t in self.Category.suggest("квазиявление")]
        self.assertEqual(found[:2], [two.id, one.id])

    def test_groups_and_archived_topics_are_not_offered(self):
        self.cold.active = False
        ids = [t["topic_id"] for t in self.Category.suggest("отопление холодно", 50)]
        self.assertNotIn(self.cold.id, ids)
        self.assertNotIn(self.heating.id, ids)

    def test_cron_counts_uses(self):
        self.env["helpdesk.ticket"].create(
            {"name": "Проба", "description": "-", "category_id": self.cold.id}
        )
        self.Category._cron_refresh_popularity()
        self.assertEqual(self.cold.use_count, 1)

    def test_portal_may_not_search_topics_of_employees(self):
        portal = new_test_user(self.env, "srch_portal", groups="base.group_portal")
        self.cold.company_id = self.env["res.company"].create({"name": "Другая"})
        ids = [
            t["topic_id"] for t in self.Category.with_user(portal).suggest("холодно")
        ]
        self.assertNotIn(self.cold.id, ids)
        public = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            self.Category.with_user(public).suggest("холодно")


@tagged("post_install", "-at_install")
class TestClassifierTree(ClassifierCase):
    def test_starter_classifier_is_complete(self):
        topics = self.Category.search([("is_topic", "=", True), ("code", "!=", False)])
        local = topics.filtered(lambda t: t.code.startswith("L-"))
        self.assertEqual(len(topics), 188)
        self.assertEqual(len(local), 43)
        self.assertFalse(topics.filtered(lambda t: not t.regime_code))
        self.assertFalse(topics.filtered(lambda t: not t.usual_participant))
        unmapped = local.filtered(lambda t: not t.maps_to_ids).mapped("code")
        self.assertEqual(set(unmapped), {"L-OR-02", "L-OR-03", "L-OR-04"})
        groups = topics.parent_id
        self.assertEqual("".join(sorted(groups.mapped("code"))), "ABCDEFGHIJ")
        self.assertEqual(sum(groups.mapped("topic_count")), 188)

    def test_codes(self):
        topic = self.env.ref("gorod24_classifier.topic_l_jkh_01")
        self.assertEqual(topic.path_code, "A/L-JKH-01")
        self.assertEqual(topic.maps_to_ids.code, "0005.0005.0056.1154")
        self.assertEqual(topic.maps_to_ids.path_code, "0005.0005.0056.1154")
        self.assertEqual(topic.display_name, "Нет холодной воды в доме")

    @mute_logger("odoo.sql_db")
    def test_code_is_unique_within_a_classifier(self):
        classifier = self.env.ref("gorod24_classifier.classifier_local")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._topic("Второй", code="L-JKH-01", classifier_id=classifier.id)
        self._topic("Другой", code="L-JKH-01")

    def test_no_cycles(self):
        with self.assertRaises(UserError):
            self.heating.parent_id = self.cold
        with self.assertRaises(ValidationError):
            self.heating.replaced_by_id = self.heating
