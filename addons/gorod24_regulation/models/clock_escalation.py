# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .. import clockwork


class Gorod24ClockEscalation(models.Model):
    """A step of the ladder that a term has passed: told, or passed over."""

    _name = "gorod24.clock.escalation"
    _description = "Escalation of a term"
    _order = "at, id"

    clock_id = fields.Many2one(
        "gorod24.clock", required=True, ondelete="cascade", index=True
    )
    step_id = fields.Many2one(
        "gorod24.escalation.step", required=True, ondelete="restrict"
    )
    role = fields.Selection(related="step_id.role")
    at = fields.Datetime(required=True)
    told = fields.Boolean(
        help="No: passed over, because a higher step was reached at the same time."
    )
    void = fields.Boolean(help="The term was moved later; the step will be taken anew.")

    _once_uidx = models.UniqueIndex(
        "(clock_id, step_id) WHERE void IS NOT TRUE",
        "This step has already been taken for this term.",
    )

    def _lies_ahead(self, now):
        """Whether the term was moved so that this step is still to come."""
        self.ensure_one()
        step, clock = self.step_id, self.clock_id
        rung = clockwork.Rung(step.id, step.moment, step.delay)
        moment = clockwork.rung_time(rung, clock.warn_at or None, clock.target)
        return moment is None or moment > now
