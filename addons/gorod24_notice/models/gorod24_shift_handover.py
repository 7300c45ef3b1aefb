# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the next shift knows which notices end before long and which are overdue."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.gorod24_appeals.models.gorod24_shift_handover_blocks import SHOWN


class ShiftHandover(models.Model):
    _inherit = "gorod24.shift.handover"

    @api.model
    def _get_blocks(self):
        blocks = super()._get_blocks()
        titles = self._get_block_titles()
        now, tonight = fields.Datetime.now(), self._tonight()
        active = Domain("state", "=", "active")
        mine = [
            self._notice_block(
                "notices_overdue", active & Domain("due_at", "<", now), titles
            ),
            self._notice_block(
                "notices_tonight",
                active & Domain("due_at", ">=", now) & Domain("due_at", "<", tonight),
                titles,
            ),
            self._notice_block("notices_draft", Domain("state", "=", "draft"), titles),
        ]
        # First: a few lines, and citizens are told of them all night.
        return [*mine, *blocks]

    @api.model
    def _get_block_titles(self):
        return {
            **super()._get_block_titles(),
            "notices_overdue": self.env._("Notices overdue: ask the service"),
            "notices_tonight": self.env._("Notices ending soon"),
            "notices_draft": self.env._("Notices to check and publish"),
        }

    @api.model
    def _notice_block(self, key, domain, titles):
        notices = self.env["gorod24.notice"].search(
            domain, limit=SHOWN, order="due_at, id"
        )
        types = dict(notices._fields["type"]._description_selection(self.env))
        rows = [
            {
                "id": notice.id,
                "model": "gorod24.notice",
                "number": notice.number,
                "title": notice.name,
                "place": notice.places_text or "",
                "who": notice.participant_id.name or "",
                "urgent": notice.type == "emergency",
                "badge": types[notice.type],
                **self._when(notice.due_at),
            }
            for notice in notices
        ]
        return {**self._block(key, notices, domain, rows), "title": titles[key]}
