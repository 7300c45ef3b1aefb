# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import clockwork
from .kinds import KINDS, SERVICES

# What a due date was computed from: frozen once a clock has used the rule.
_FROZEN = {
    "regime_id",
    "kind",
    "base",
    "amount",
    "window_from",
    "window_to",
    "in_calling_hours",
    "shift",
    "valid_from",
    "service",
}


def _minutes(hours):
    return round(hours * 60)


class Gorod24RegimeRule(models.Model):
    """One time limit of a regime, with its legal basis and period of validity."""

    _name = "gorod24.regime.rule"
    _description = "Time limit"
    _inherit = ["gorod24.regulation.cached"]
    _order = "regime_id, sequence, valid_from, id"

    regime_id = fields.Many2one(
        "gorod24.regime", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True)
    base = fields.Selection(
        [
            ("calendar_days", "Calendar days"),
            ("working_days", "Working days"),
            ("minutes", "Minutes"),
            ("working_minutes", "Working minutes"),
        ],
        required=True,
        default="calendar_days",
        help="Days end at 23:59 of the last day; minutes run round the clock;"
        " working minutes only on working days, within the hours given here (a"
        " shortened day ends an hour earlier).",
    )
    amount = fields.Integer(required=True)
    start_from = fields.Selection(
        [("start", "Registration"), ("previous", "Previous stage")],
        required=True,
        default="start",
        string="Counted from",
    )
    window_from = fields.Float(
        "From hour",
        help="Minutes are counted only between these hours; a term in days ends"
        " at the closing hour. Leave both at 0 for no window.",
    )
    window_to = fields.Float("To hour")
    in_calling_hours = fields.Boolean(
        help="Minutes are counted only in the hours when citizens may be rung, as"
        " set for the hotline; the hours written here are not looked at then.",
    )
    warning_share = fields.Float(
        default=0.8,
        help="Warn when this part of the term has passed: 0.8 is 80%. 0 is never.",
    )
    shift = fields.Selection(
        [
            ("none", "Do not move"),
            ("earlier", "To the working day before"),
            ("later", "To the working day after"),
        ],
        required=True,
        default="none",
        string="From a day off",
        help="Where a term in calendar days goes when its last day is a day off.",
    )
    extension_days = fields.Integer(
        "Extension, days",
        aggregator=None,
        help="By how many calendar days the term may be extended in all. 0: it"
        " cannot be extended.",
    )
    extension_notice = fields.Boolean(
        "With notice", help="The citizen must be told about the extension."
    )
    service = fields.Selection(
        SERVICES,
        help="Of a restoration: the utility service that is interrupted.",
    )
    condition = fields.Char(
        translate=True,
        help="In which case this limit of the service counts: how many sources, how"
        " warm it is in the rooms. The first limit of a service counts until somebody"
        " knows better.",
    )
    month_hours = fields.Float(
        "Hours a month",
        aggregator=None,
        help="How long the service may be interrupted within a month in all.",
    )
    amount_hours = fields.Float("Hours at once", compute="_compute_amount_hours")
    legal_basis = fields.Text()
    valid_from = fields.Date()
    valid_to = fields.Date()

    _amount_check = models.Constraint(
        "CHECK (amount >= 0 AND amount <= 1000000)",
        "A time limit is a number from 0 to 1,000,000.",
    )
    _window_check = models.Constraint(
        "CHECK (COALESCE(window_from, 0) = 0 AND COALESCE(window_to, 0) = 0"
        " OR window_from >= 0 AND window_from < window_to AND window_to <= 24)",
        "The window must begin before it ends, within one day (0 to 24).",
    )
    _working_check = models.Constraint(
        "CHECK (base <> 'working_minutes' OR in_calling_hours OR window_to > 0)",
        "Working minutes need the hours of the working day: from and to.",
    )
    _extension_check = models.Constraint(
        "CHECK (COALESCE(extension_days, 0) BETWEEN 0 AND 3650)",
        "The days of extension are a number from 0 up.",
    )
    _service_check = models.Constraint(
        "CHECK ((kind = 'restoration') = (service IS NOT NULL))",
        "A limit to restore names its utility service; other limits name none.",
    )
    _warning_check = models.Constraint(
        "CHECK (warning_share >= 0 AND warning_share < 1)",
        "The warning share is a part of the term: from 0 up to, not including, 1.",
    )
    _dates_check = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "The time limit must begin before it ends.",
    )

    @api.depends("amount", "base")
    def _compute_amount_hours(self):
        for rule in self:
            hours = rule.amount / 60 if rule.base == "minutes" else 0
            rule.amount_hours = hours

    @api.depends("regime_id.code", "kind", "base", "amount", "service", "condition")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        bases = dict(self._fields["base"]._description_selection(self.env))
        services = dict(self._fields["service"]._description_selection(self.env))
        for rule in self:
            base = bases.get(rule.base, "").lower()
            kind = kinds.get(rule.kind, "")
            rule.display_name = f"{rule.regime_id.code} {kind}: {rule.amount} {base}"
            if rule.service:
                hours = self.env._("%(hours)s h", hours=f"{rule.amount_hours:g}")
                service = services[rule.service]
                parts = filter(None, [service, rule.condition, hours])
                rule.display_name = " · ".join(parts)

    @api.constrains(
        "regime_id", "kind", "valid_from", "valid_to", "service", "condition"
    )
    def _check_overlap(self):
        """Two limits of one kind may not be in force on the same day."""
        for rule in self:
            for other in rule.regime_id.rule_ids - rule:
                if rule._is_same_case(other) and rule._overlaps(other):
                    raise ValidationError(
                        self.env._(
                            "%(rule)s and %(other)s are in force at the same time."
                            " End the older one first.",
                            rule=rule.display_name,
                            other=other.display_name,
                        )
                    )

    def _is_same_case(self, other):
        """Whether both limit the same thing. Hook."""
        return all(
            (self[name] or "") == (other[name] or "")
            for name in ("kind", "service", "condition")
        )

    def _overlaps(self, other):
        ends_before = self.valid_to and other.valid_from
        begins_after = self.valid_from and other.valid_to
        return not (
            (ends_before and self.valid_to < other.valid_from)
            or (begins_after and other.valid_to < self.valid_from)
        )

    def write(self, vals):
        changed = [
            rule
            for rule in self
            if any(
                rule._fields[name].convert_to_write(rule[name], rule) != vals[name]
                for name in _FROZEN & vals.keys()
            )
        ]
        if changed:
            self.browse([rule.id for rule in changed])._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        """Every due date must stay explainable: used rules are only ended."""
        # every clock is a reason, whoever may read it
        clocks = self.env["gorod24.clock"].sudo()
        if self.ids and clocks.search_count([("rule_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Terms were already counted by this time limit. Give it an end"
                    " date and add a new one."
                )
            )

    def _as_clockwork(self):
        """This rule for the pure calculation."""
        self.ensure_one()
        window = (_minutes(self.window_from), _minutes(self.window_to))
        if self.in_calling_hours:
            window = tuple(self.env["gorod24.hotline.hours"]._get_calling_hours())
        return clockwork.Rule(
            kind=self.kind,
            base=self.base,
            amount=self.amount,
            window=window if window[1] else None,
            warning_share=self.warning_share,
            shift=self.shift,
            start_from=self.start_from,
            valid_from=self.valid_from or None,
            valid_to=self.valid_to or None,
            rule_id=self.id,
            service=self.service or "",
            rank=self.sequence if self.service else 0,
        )
