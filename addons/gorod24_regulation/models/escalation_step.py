# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import ormcache

from .. import clockwork
from .kinds import KINDS


class Gorod24EscalationStep(models.Model):
    """A step of the ladder: whom to tell when a term nears its end or is over."""

    _name = "gorod24.escalation.step"
    _description = "Escalation step"
    _inherit = ["gorod24.regulation.cached"]
    _order = "regime_id, kind, sequence, id"

    sequence = fields.Integer(default=10)
    regime_id = fields.Many2one(
        "gorod24.regime",
        ondelete="cascade",
        index=True,
        help="Empty: for all regimes that have no steps of their own for this term.",
    )
    kind = fields.Selection(
        KINDS,
        required=True,
        default="execution",
        string="Term",
    )
    moment = fields.Selection(
        [
            ("warning", "When the term nears its end"),
            ("breach", "When the term is over"),
            ("after", "After the term"),
        ],
        required=True,
        default="breach",
    )
    delay = fields.Integer(
        "Minutes after the term", aggregator=None, help="Real minutes round the clock."
    )
    role = fields.Selection(
        [
            ("duty", "Duty officer"),
            ("responsible", "Responsible"),
            ("head", "Head"),
            ("supervisor", "Supervisor of the hotline"),
        ],
        required=True,
        default="duty",
        string="Tell",
    )
    active = fields.Boolean(default=True)

    _check_delay = models.Constraint(
        "CHECK (moment = 'after' AND delay > 0 OR moment <> 'after' AND delay = 0)",
        "Give the minutes only to a step after the term, and more than zero.",
    )

    @api.depends("kind", "moment", "delay", "role")
    def _compute_display_name(self):
        def label(step, name):
            return dict(step._fields[name]._description_selection(self.env))[step[name]]

        for step in self:
            parts = [label(step, name) for name in ("kind", "moment", "role")]
            if step.delay:
                minutes = self.env._("%(minutes)s min", minutes=step.delay)
                parts[1] = f"{parts[1]} ({minutes})"
            step.display_name = ": ".join((", ".join(parts[:2]), parts[2]))

    @api.onchange("moment")
    def _onchange_moment(self):
        for step in self:
            step.delay = (step.delay or 60) if step.moment == "after" else 0

    @api.model
    @ormcache("regime_id", "kind", cache="stable")
    def _get_rungs(self, regime_id, kind):
        """Steps of a term as `clockwork.Rung`: the regime's own or the common ones."""
        # the same answer for every user; the sweep runs for all of them
        steps = self.sudo().search(
            [("kind", "=", kind), ("regime_id", "in", (regime_id, False))]
        )
        own = steps.filtered("regime_id")
        return tuple(
            clockwork.Rung(step.id, step.moment, step.delay, step.role)
            for step in own or steps
        )
