# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import ormcache


class HelpdeskTicketChannel(models.Model):
    """By what way a citizen reached the service. Channels are data, not code."""

    _inherit = "helpdesk.ticket.channel"

    code = fields.Char(
        index="btree_not_null", help="Short name for exchange and reports."
    )
    on_card = fields.Boolean(
        "Offered on the card", help="Operators choose it when they register by hand."
    )
    starts_written = fields.Boolean(
        "May be a written appeal",
        default=True,
        help="Off for e-mail: since 30.03.2025 (547-FZ) an electronic appeal counts as"
        " written only when the person was identified, so no term of 59-FZ starts.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "There is already a channel with this code."
    )

    @api.model
    @ormcache("lang", cache="stable")
    def _get_offered(self, lang):
        """Channels of the card as ((id, name, starts_written), …)."""
        # sudo: the same answer for every operator; a channel is no secret
        found = self.sudo().with_context(lang=lang).search([("on_card", "=", True)])
        return tuple((one.id, one.name, one.starts_written) for one in found)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache("stable")
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache("stable")
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache("stable")
        return super().unlink()
