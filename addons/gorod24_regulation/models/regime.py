# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from .. import clockwork


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
    family = fields.Selection(
        [
            ("reference", "Answered in the call"),
            ("navigation", "Navigation"),
            ("hotline", "Hotline"),
            ("emergency_house", "Emergency in a house"),
            ("emergency_city", "Emergency in the street"),
            ("written", "Written appeal (59-FZ)"),
            ("oral", "Oral appeal (59-FZ)"),
            ("platform", "State feedback platform"),
            ("service", "Complaint on a public service"),
            ("outage", "Interruption of a utility service"),
            ("call", "Unanswered call"),
            ("call_emergency", "Unanswered call of an emergency service"),
        ],
        help="What kind of regime it is, whatever its code. A copy is of the kind of"
        " its original and is used in its place once it is approved or has topics.",
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

    def _for_emergency(self, in_house=True):
        """This regime if it is for emergencies, else the first one that is.

        :param in_house: resolution 416 counts for apartment buildings only; what
            happens in a street lives by the town's own norms.
        """
        if self and self.id in self._get_emergency_ids() and self._is_in_force():
            return self
        family = "emergency_house" if in_house else "emergency_city"
        found = self._of_family(family)
        others = self.sudo().browse(self._get_emergency_ids())
        others = others.filtered(lambda one: one._is_in_force())
        return found or others[:1].with_env(self.env) or self

    def _is_in_force(self, day=None):
        """Whether the regime times new questions on a local day (default: today)."""
        self.ensure_one()
        day = day or self.env["gorod24.clock"]._get_today()
        return (not self.valid_from or self.valid_from <= day) and (
            not self.valid_to or day <= self.valid_to
        )

    @api.model
    def _of_family(self, family):
        """The regime of a kind that is used now: the town's own copy before the law's.

        :return: one regime, empty when none of the kind is in force
        """
        # sudo: which regime is in force is the same for every user
        regimes = (
            self.sudo()
            .browse(self._get_family_ids(family))
            .filtered(lambda one: one._is_in_force())
        )
        if len(regimes) > 1:
            regimes = regimes.filtered(lambda one: one._is_used()) or regimes
        return regimes[:1].with_env(self.env)

    def _is_used(self):
        """Whether a copy has been put in the place of its original. Hook."""
        self.ensure_one()
        return bool(self.origin_id and self.approval)

    def _is_of(self, *families):
        """Whether the regime is of one of these kinds; an empty one is of none."""
        # the same answer for every user
        return self.sudo().family in families

    def _rule_for(self, kind, day, **case):
        """The clockwork rule of a kind in force on a local day, or None.

        :param case: what the term is about, see ``clockwork.choose``
        """
        if not self:
            return None
        return clockwork.choose(self._get_rules(self.id), kind, day, **case)

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
    @ormcache("family", cache="stable")
    def _get_family_ids(self, family):
        # the same answer for every user
        return tuple(self.sudo().search([("family", "=", family)]).ids)

    @api.model
    @ormcache("families", cache="stable")
    def _get_family_codes(self, families):
        """Codes of all regimes of some kinds, originals first, archived ones too."""
        # the same answer for every user
        regimes = self.sudo().with_context(active_test=False)
        found = regimes.search([("family", "in", families)])
        return tuple(found.sorted("is_shipped", reverse=True).mapped("code"))

    @api.model
    def _get_original_code(self, family):
        """Code of the regime of a kind that came with the program, "" if none did."""
        return next(iter(self._get_family_codes((family,))), "")

    @api.model
    @ormcache("regime_id", cache="stable")
    def _get_rules(self, regime_id):
        # the same answer for every user; clocks run for portal users too
        rules = self.env["gorod24.regime.rule"].sudo()
        found = rules.search([("regime_id", "=", regime_id)], order="valid_from, id")
        # NULLS come last in PostgreSQL, but "always" is the oldest start
        always = found.filtered(lambda rule: not rule.valid_from)
        return tuple(rule._as_clockwork() for rule in always + (found - always))
