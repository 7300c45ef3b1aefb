# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    likely_call_id = fields.Many2one(
        "gorod24.call", "Likely call", compute="_compute_likely_call_id"
    )

    def _compute_likely_call_id(self):
        likely = self._likely_calls()
        for appeal in self:
            appeal.likely_call_id = likely.get(appeal.id, False)

    def _likely_calls(self):
        """Return {appeal id: call id}: the talk the appeal most likely came of.

        A talk of the same number or of the operator who registered the appeal, begun at
        most three hours before it and over at most an hour before it.
        """
        if not self.ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT t.id, near.id FROM helpdesk_ticket t CROSS JOIN LATERAL (
                    SELECT c.id FROM gorod24_call c
                    WHERE c.started_at BETWEEN t.registered_at - interval '3 hours'
                          AND t.registered_at + interval '5 minutes'
                      AND COALESCE(c.ended_at, t.registered_at)
                          >= t.registered_at - interval '1 hour'
                      AND c.result = 'answered'
                      AND (c.number_e164 = t.phone_e164 OR c.user_id = t.create_uid)
                    ORDER BY (c.number_e164 IS NOT DISTINCT FROM t.phone_e164) DESC,
                        (c.user_id IS NOT DISTINCT FROM t.create_uid) DESC,
                        c.card_due DESC NULLS LAST,
                        abs(extract(epoch FROM t.registered_at - c.started_at)), c.id
                    LIMIT 1
                ) near WHERE t.id = ANY(%s)
                """,
                self.ids,
            )
        )
        return dict(rows)

    def action_link_likely_call(self):
        """Link each appeal to the talk it most likely came of."""
        for appeal in self:
            if not appeal.likely_call_id:
                raise UserError(
                    self.env._("%(appeal)s: no call fits.", appeal=appeal.number)
                )
            appeal.likely_call_id._settle_with(appeal)
