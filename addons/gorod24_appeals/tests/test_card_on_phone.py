# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo import api
from odoo.tests import HttpCase, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestCardOnPhone(AppealsCommon, HttpCase):
    browser_size = "375x667"

    def test_choice_between_two_drafts_is_within_reach(self):
        @api.model
        def save_draft(draft, values):
            return {"status": "conflict", "version": 5, "payload": values["payload"]}

        drafts = type(self.env["gorod24.card.draft"])
        with patch.object(drafts, "save_draft", save_draft):
            self.start_tour(
                "/odoo/card", "gorod24_appeals_card_on_phone", login="test_operator"
            )
