# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class Gorod24Regime(models.Model):
    """A legal set of time limits that a question lives under."""

    _name = "gorod24.regime"
    _description = "Legal regime"
    _inherit = ["gorod24.regulation.cached"]
    _order = "sequence, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(
        required=True, help="Short code used by the classifier, for example HOT."
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    is_emergency = fields.Boolean(
        "Emergency",
        help="Questions marked as an emergency are moved under the first of the"
        " emergency regimes, unless they are under one already.",
    )
    legal_basis = fields.Text(help="Act, article and paragraph, as printed in answers.")
    note = fields.Text()
    rule_ids = fields.One2many("gorod24.regime.rule", "regime_id", "Time limits")
    active = fields.Boolean(default=True)
    valid_from = fields.Date("In force from")
    valid_to = fields.Date("In force until")

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "There is already a regime with this code."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for regime in self:
            regime.display_name = f"{regime.code} {regime.name}"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """A regime that has ever timed something is archived, never deleted."""
        # every clock is a reason, whoever may read it
        if (
            self.env["gorod24.clock"]
            .sudo()
            .search_count([("regime_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._(
                    "Time limits were counted under this regime. Archive it instead."
                )
            )

    @api.model
    def _by_code(self, code):
        """The regime with that code, archived ones included; empty if unknown."""
        return self.browse(self._get_id_by_code(code))

    @api.model
    def _as_regime(self, regime):
        """Accept a regime or its code; raise UserError for an unknown code."""
        if not isinstance(regime, str):
            return regime
        found = self._by_code(regime)
        if not found:
            raise UserError(
                self.env._("There is no legal regime with code %(code)s.", code=regime)
            )
        return found

    def _for_emergency(self):
        """This regime if it is for emergencies, else the first one that is."""
        if self and self.id in self._get_emergency_ids():
            return self
        return self.browse(self._get_emergency_ids()[:1]) or self

    def _rule_for(self, kind, day):
        """The clockwork rule of a kind in force on a local day, or None."""
        if not self:
            return None
        rules = self._get_rules(self.id)
        fitting = [r for r in rules if r.kind == kind and r.is_valid_on(day)]
        return fitting[-1] if fitting else None

    @api.model
    @ormcache("code", cache="stable")
    def _get_id_by_code(self, code):
        # the same answer for every user: codes are no secret
        regimes = self.sudo().with_context(active_test=False)
        return regimes.search([("code", "=", code)], limit=1).id

    @api.model
    @ormcache(cache="stable")
    def _get_emergency_ids(self):
        # the same answer for every user
        return tuple(self.sudo().search([("is_emergency", "=", True)]).ids)

    @api.model
    @ormcache("regime_id", cache="stable")
    def _get_rules(self, regime_id):
        # the same answer for every user; clocks run for portal users too
        rules = self.env["gorod24.regime.rule"].sudo()
        found = rules.search([("regime_id", "=", regime_id)], order="valid_from, id")
        # NULLS come last in PostgreSQL, but "always" is the oldest start
        always = found.filtered(lambda rule: not rule.valid_from)
        return tuple(rule._as_clockwork() for rule in always + (found - always))
