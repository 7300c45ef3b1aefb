# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase


class TogetherCommon(TransactionCase):
    """Real transactions side by side over an appeal of their own, cleaned up after."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self._env(cr)
            appeal = env["helpdesk.ticket"].create(
                {"name": "Вместе", "description": "Пробное обращение"}
            )
            self.appeal_id = appeal.id
            self.addCleanup(self._clean)
            self.main_id = self._add(env, state="accepted").id

    def _env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _main(self, cr):
        return self._env(cr)["gorod24.question"].browse(self.main_id)

    def _add(self, env, **vals):
        """A question of the appeal, each of a citizen who told his number only."""
        position = env["gorod24.question"].search_count(
            [("appeal_id", "=", self.appeal_id)]
        )
        return env["gorod24.question"].create(
            {
                "appeal_id": self.appeal_id,
                "name": f"test-together/{position + 1}",
                "position": position + 1,
                "phone_e164": f"+7385200000{position}",
                **vals,
            }
        )

    def _clean(self):
        with self.registry.cursor() as cr:
            for statement in (
                "DELETE FROM gorod24_question_event WHERE appeal_id = %(id)s",
                "UPDATE gorod24_question SET joined_to_id = NULL"
                " WHERE appeal_id = %(id)s",
                "DELETE FROM gorod24_question WHERE appeal_id = %(id)s",
                "DELETE FROM mail_message"
                " WHERE model = 'helpdesk.ticket' AND res_id = %(id)s",
                "DELETE FROM mail_followers"
                " WHERE res_model = 'helpdesk.ticket' AND res_id = %(id)s",
                "DELETE FROM helpdesk_ticket WHERE id = %(id)s",
            ):
                cr.execute(statement, {"id": self.appeal_id})
