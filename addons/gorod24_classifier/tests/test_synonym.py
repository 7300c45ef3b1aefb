# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ClassifierCase


@tagged("post_install", "-at_install")
class TestSynonym(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Synonym = cls.env["gorod24.synonym"]
        cls.curator = new_test_user(
            cls.env, "syn_cur", groups="gorod24_classifier.group_classifier_curator"
        )
        cls.clerk = new_test_user(cls.env, "syn_clerk", groups="base.group_user")
        cls.portal = new_test_user(cls.env, "syn_port", groups="base.group_portal")
        cls.stove = cls._topic("Дымит квазипечь", is_topic=True)

    def _first(self, text):
        found = self.Category.suggest(text, limit=1)
        return found[0]["topic_id"] if found else None

    def test_any_ending_of_the_word_counts_at_once(self):
        self.assertNotEqual(self._first("наша буржуйкина"), self.stove.id)
        synonym = self.Synonym.create({"word": "буржуйкина", "meaning": "квазипечь"})
        best = self.Category.suggest("нашу буржуйкину")[0]
        self.assertEqual(best["topic_id"], self.stove.id)
        self.assertIn("буржуйкину → квазипечь", best["why"])
        synonym.meaning = "не печь"
        self.assertNotEqual(self._first("нашу буржуйкину"), self.stove.id)
        synonym.meaning = "квазипечь"
        self.assertEqual(self._first("нашу буржуйкину"), self.stove.id)
        synonym.active = False
        self.assertNotEqual(self._first("нашу буржуйкину"), self.stove.id)

    def test_mistyped_synonym_is_understood(self):
        self.Synonym.create({"word": "буржуйкина", "meaning": "квазипечь"})
        self.assertEqual(self._first("буржуйкена"), self.stove.id)

    def test_words_of_every_call_are_refused(self):
        for word, meaning in (("дом", "подъезд"), ("!!!", "подъезд"), ("падик", "и")):
            with self.assertRaises(ValidationError):
                self.Synonym.create({"word": word, "meaning": meaning})
        with self.assertRaises(ValidationError):
            self.Synonym.create({"word": "Лёд!", "meaning": "лед"})

    @mute_logger("odoo.sql_db")
    def test_same_synonym_twice_is_refused(self):
        self.Synonym.create({"word": "буржуйкина", "meaning": "печь"})
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.Synonym.create({"word": "Буржуйкина", "meaning": "печь"})
        self.Synonym.create({"word": "буржуйкина", "meaning": "камин"})

    def test_trial_counts_the_synonym_before_it_is_saved(self):
        with Form(self.Synonym.with_user(self.curator)) as form:
            form.word = "буржуйкина"
            form.trial_phrase = "у нас буржуйкина"
            self.assertNotIn("Дымит квазипечь", form.trial_result or "")
            form.meaning = "квазипечь"
            self.assertIn("Дымит квазипечь", form.trial_result)
            self.assertIn("буржуйкина → квазипечь", form.trial_result)
            self.assertFalse(self.Synonym.search([("word", "=", "буржуйкина")]))

    def test_trial_of_hostile_text_is_shown_as_text(self):
        trial = self.env["gorod24.search.trial"].with_user(self.curator)
        with Form(trial) as form:
            form.trial_phrase = "<script>alert(1)</script> батареи"
            self.assertNotIn("<script", form.trial_result)

    def test_trial_names_what_it_did_not_understand(self):
        result = self.Category._try_phrase("щщщыыы батореи")
        ways = {word["text"]: word["unknown"] for word in result["said"]}
        self.assertEqual(ways, {"щщщыыы": True, "батореи": False})

    def test_roles(self):
        values = {"word": "буржуйкина", "meaning": "печь"}
        synonym = self.Synonym.with_user(self.curator).create(values)
        self.assertTrue(self.Synonym.with_user(self.clerk).search([], limit=1))
        for user in (self.clerk, self.portal):
            with self.assertRaises(AccessError):
                self.Synonym.with_user(user).create(values)
            with self.assertRaises(AccessError):
                synonym.with_user(user).write({"meaning": "камин"})
            with self.assertRaises(AccessError):
                self.env["gorod24.search.trial"].with_user(user).create({})
            with self.assertRaises(AccessError):
                self.env["gorod24.topic.habit"].with_user(user).search([])
        with self.assertRaises(AccessError):
            self.Synonym.with_user(self.portal).search([])
        synonym.with_user(self.curator).unlink()
