# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..opening import Special


class Gorod24NavigatorSpecial(models.Model):
    """Days on which one service, or every service, does not keep its usual hours."""

    _name = "gorod24.navigator.special"
    _description = "Special Day of Services"
    _order = "date_from desc, id desc"

    name = fields.Char("Reason", required=True)
    navigator_id = fields.Many2one(
        "gorod24.navigator",
        "Service",
        index=True,
        ondelete="cascade",
        help="Empty: every service.",
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    is_closed = fields.Boolean("Closed", default=True)
    time_from = fields.Float("Open from", default=9.0)
    time_to = fields.Float("Open to", default=18.0)

    _check_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "The days cannot end before they begin."
    )
    _check_hours = models.Constraint(
        "CHECK (is_closed OR"
        " (time_from >= 0 AND time_to > time_from AND time_to <= 24))",
        "Hours end after they begin, and not after 24:00.",
    )
    _period_idx = models.Index("(date_to, date_from)")

    @api.model
    def _get_specials(self, navigators, today):
        """{navigator id: [opening.Special]} from a day on, its own first."""
        mine = Domain("navigator_id", "in", [False, *navigators.ids])
        found = self.search(mine & Domain("date_to", ">=", today), order="id desc")
        common = [one._as_special() for one in found if not one.navigator_id]
        result = {navigator.id: [] for navigator in navigators}
        for special in found.filtered("navigator_id"):
            result[special.navigator_id.id].append(special._as_special())
        return {key: own + common for key, own in result.items()}

    def _as_special(self):
        self.ensure_one()
        if self.is_closed:
            return Special(self.date_from, self.date_to)
        hours = round(self.time_from * 60), round(self.time_to * 60)
        return Special(self.date_from, self.date_to, *hours)
