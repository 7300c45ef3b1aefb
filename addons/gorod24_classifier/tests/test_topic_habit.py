# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..models.gorod24_topic_habit import FORGOTTEN, HALF_LIFE, LEARNED_UNTIL
from .common import ClassifierCase


@tagged("post_install", "-at_install")
class TestTopicHabit(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Habit = cls.env["gorod24.topic.habit"]
        cls.Habit.search([]).unlink()
        cls.one = cls._topic("Квазишум лифтовой", is_topic=True)
        cls.two = cls._topic("Квазишум насосный", is_topic=True)

    def _learn(self, choices):
        hook = patch.object(
            self.env.registry["gorod24.topic.habit"],
            "_get_recent_choices",
            lambda self, since: choices,
        )
        with hook:
            self.Habit._cron_learn()

    def _first(self, text):
        return self.Category.suggest(text, limit=1)[0]["topic_id"]

    def test_what_operators_choose_comes_first(self):
        self.one.sequence, self.two.sequence = 1, 2
        for chosen in (self.two, self.one):
            self.Habit.search([]).unlink()
            self._learn([("опять этот квазишум", chosen.id)] * 10)
            self.assertEqual(self._first("квазишум"), chosen.id)

    def test_better_words_beat_habits(self):
        self._learn([("квазишум", self.two.id)] * 50)
        self.assertEqual(self._first("квазишум лифтовой"), self.one.id)

    def test_no_name_or_address_of_a_caller_is_kept(self):
        self._learn([("Иванов с Песчаной 12 квазишум лифтовой", self.one.id)])
        kept = " ".join(self.Habit.search([]).mapped("key"))
        self.assertIn("квазишум", kept)
        for word in ("иванов", "песчан", "12"):
            self.assertNotIn(word, kept)

    def test_choices_add_up(self):
        self._learn([("квазишум", self.one.id)] * 2)
        self._learn([("квазишума", self.one.id)])
        habit = self.Habit.search([("topic_id", "=", self.one.id)])
        self.assertEqual(len(habit), 1)
        self.assertAlmostEqual(habit.count, 3, places=2)

    def test_old_habits_fade_and_are_forgotten(self):
        with freeze_time("2026-03-01"):
            self._learn([("квазишум", self.one.id)] * 3)
        with freeze_time("2026-04-30"):  # 60 days later
            self.assertEqual(HALF_LIFE, 60)
            self._learn([])
        habit = self.Habit.search([("topic_id", "=", self.one.id)])
        self.assertAlmostEqual(habit.count, 1.5, places=2)
        with freeze_time("2027-03-01"):
            self._learn([])
        self.assertLess(habit.count if habit.exists() else 0, FORGOTTEN)
        self.assertFalse(habit.exists())

    def test_only_new_choices_are_asked_for(self):
        asked = []
        hook = patch.object(
            self.env.registry["gorod24.topic.habit"],
            "_get_recent_choices",
            lambda self, since: asked.append(since) or [],
        )
        parameters = self.env["ir.config_parameter"]
        parameters.set_param(LEARNED_UNTIL, "2026-05-01 00:00:00")
        with hook, freeze_time("2026-05-02 03:00:00"):
            self.Habit._cron_learn()
            self.Habit._cron_learn()
        self.assertEqual([str(moment) for moment in asked][0], "2026-05-01 00:00:00")
        self.assertEqual([str(moment) for moment in asked][1], "2026-05-02 03:00:00")

    def test_choice_of_a_deleted_topic_is_passed_over(self):
        gone = self.two.id
        self.two.unlink()
        self._learn([("квазишум", gone), ("квазишум", self.one.id)])
        self.assertEqual(self.Habit.search([]).topic_id, self.one)
