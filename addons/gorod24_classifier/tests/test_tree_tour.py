# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_classifier_tree import TreeCase


@tagged("post_install", "-at_install")
class TestTreeTour(TreeCase, HttpCase):
    @mute_logger("odoo.http")  # the move that is refused
    def test_curator(self):
        self.start_tour(
            "/odoo/classifier-tree",
            "gorod24_classifier_tree",
            login="tree_curator",
            timeout=180,
        )
        self.assertEqual(self.rusty.parent_id, self.light)
        self.assertEqual(self.no_hot.parent_id, self.hot)
        self.assertFalse(self.water.parent_id)

    def test_reader(self):
        self.start_tour(
            "/odoo/classifier-tree",
            "gorod24_classifier_tree_reader",
            login="tree_reader",
            timeout=180,
        )
