# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class CallRef(models.Model):
    """A name by which an exchange knows a call.

    Exchanges use their names again after days or weeks. The newest use is the live one;
    the earlier ones are kept as retired.
    """

    _name = "gorod24.call.ref"
    _description = "Reference of a call"
    _order = "id"
    _rec_name = "value"

    call_id = fields.Many2one(
        "gorod24.call", required=True, index=True, ondelete="cascade"
    )
    system = fields.Char(required=True)
    kind = fields.Char(required=True)
    value = fields.Char(required=True)
    retired = fields.Boolean(help="The exchange uses this name for a later call.")

    _live_uidx = models.UniqueIndex(
        "(system, kind, value) WHERE retired IS NOT TRUE",
        "This reference already belongs to another call.",
    )
    # Recordings look calls up by the value alone; retired names are found by it too.
    _value_idx = models.Index("(value, kind)")

    @api.model
    def _of(self, refs):
        """Return all records, retired too, of the given (system, kind, value)."""
        found = self.search([("value", "in", [ref.value for ref in refs])])
        wanted = {(ref.system, ref.kind, ref.value) for ref in refs}
        return found.filtered(lambda r: (r.system, r.kind, r.value) in wanted)
