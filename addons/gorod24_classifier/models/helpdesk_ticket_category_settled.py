# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: topics whose questions end in the conversation itself.

The classifier knows only the code of a regime; what the regime is for is said by the
regulation, so that the town's own copy counts like its original.
"""

from odoo import api, fields, models

#: Kinds of regimes settled in the conversation: nobody has to be found for them.
SETTLED = ("reference", "navigation")


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    settled_in_call = fields.Boolean(
        "Answered in the call",
        compute="_compute_settled_in_call",
        help="Answered in the conversation: from a standard answer, or by telling"
        " where to apply.",
    )

    @api.depends("regime_code")
    def _compute_settled_in_call(self):
        codes = self._get_regime_codes(*SETTLED)
        for topic in self:
            topic.settled_in_call = bool(topic.regime_code in codes)

    @api.model
    def _get_regime_codes(self, *families):
        """Return the codes of the regimes of these kinds, archived ones too. Hook.

        Without a regulation every topic is sent to somebody.
        """
        return ()
