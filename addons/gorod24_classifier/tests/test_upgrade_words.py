# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.modules.module import load_script
from odoo.tests import new_test_user, tagged
from odoo.tools import file_path

from .common import ClassifierCase

SCRIPT = "gorod24_classifier/migrations/19.0.2.0.0/post-curated-words.py"


@tagged("post_install", "-at_install")
class TestUpgradeWords(ClassifierCase):
    """New wordings of the starter reach topics as they were shipped, and only them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipped = cls.env.ref("gorod24_classifier.topic_l_jkh_05")
        cls.mine = cls.env.ref("gorod24_classifier.topic_l_jkh_08")
        cls.curator = new_test_user(
            cls.env, "words_curator", "gorod24_classifier.group_classifier_curator"
        )

    def _migrate(self):
        self.env.flush_all()
        load_script(file_path(SCRIPT), "curated_words").migrate(
            self.env.cr, "19.0.1.0.0"
        )
        self.env.invalidate_all()

    def _use(self, counts):
        topics = self.env.registry["helpdesk.ticket.category"]
        with patch.object(topics, "_get_use_counts", lambda self, days: counts):
            self.Category._cron_refresh_popularity()

    def test_words_of_a_curator_stay_his_own(self):
        whole = self.shipped.synonyms.splitlines()
        self.shipped.synonyms = whole[0]
        self.mine.with_user(self.curator).synonyms = "наше словечко"
        self._migrate()
        self.assertEqual(set(self.shipped.synonyms.splitlines()), set(whole))
        self.assertEqual(self.mine.synonyms, "наше словечко")

    def test_the_daily_count_of_uses_takes_no_topic_from_its_curator(self):
        self.mine.with_user(self.curator).synonyms = "засор"
        self.shipped.use_count = 9
        self._use({self.mine.id: 3})
        self.assertEqual(self.mine.write_uid, self.curator)
        self.assertEqual((self.mine.use_count, self.shipped.use_count), (3, 0))

    def test_words_counted_by_the_old_way_are_known_by_themselves(self):
        # Before, the count was written as the system and hid the curator.
        self.mine.synonyms = "наше словечко"
        self._migrate()
        self.assertEqual(self.mine.synonyms, "наше словечко")
