# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A call that was merged into another is still asked for by its old id.

A card was opened on it, a tab shows it. The old id stays as one more name of the call
that was kept.
"""

from odoo import api, models
from odoo.tools import SQL

SYSTEM = "gorod24"
KIND = "gorod24_call"


class Call(models.Model):
    _inherit = "gorod24.call"

    def _leave_names(self, kept):
        """Let these calls, which go away, be found as ``kept``."""
        self.env["gorod24.call.ref"].create(
            [
                {
                    "call_id": kept.id,
                    "system": SYSTEM,
                    "kind": KIND,
                    "value": str(call.id),
                }
                for call in self
            ]
        )

    @api.model
    def _now_known_as(self, call_id):
        """Return the call of this id, or the one it was merged into; may be empty."""
        call = self.browse(call_id or ()).exists()
        if call or not call_id:
            return call
        # Operators do not read the names of calls; this one is ours, and only the
        # call is told.
        ref = (
            self.env["gorod24.call.ref"]
            .sudo()
            .search(
                [
                    ("system", "=", SYSTEM),
                    ("kind", "=", KIND),
                    ("value", "=", str(call_id)),
                ],
                limit=1,
            )
        )
        return self.browse(ref.call_id.ids)

    def _keep_alive(self):
        """Let nobody merge the call away before this transaction ends.

        When it is being merged just now, the transaction is repeated by the server
        and finds the call that was kept.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "SELECT FROM gorod24_call WHERE id = ANY(%s) FOR KEY SHARE",
                    self.ids,
                )
            )
