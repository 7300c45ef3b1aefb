# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the calls on the printed card of an appeal."""

from odoo import models

from odoo.addons.gorod24_appeals.phone_number import pretty

from .gorod24_timeline import as_minutes


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_paper_calls(self):
        calls = self.call_ids | self.question_ids.informing_ids.call_ids
        return super()._get_paper_calls() + [
            self._get_paper_call(call) for call in calls.sorted("started_at")
        ]

    def _get_paper_call(self, call):
        local = self.env["gorod24.clock"]._to_local(call.started_at)
        labels = [
            dict(call._fields[field]._description_selection(self.env)).get(call[field])
            for field in ("direction", "result")
        ]
        labels.insert(1, pretty(call.number_e164) or call.number_raw)
        return {
            "at": local.strftime("%d.%m.%Y %H:%M"),
            "what": ", ".join(filter(None, labels)),
            "operator": call.user_id.name or "–",
            "length": as_minutes(call.talk_seconds),
        }
