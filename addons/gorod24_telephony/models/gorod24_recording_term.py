# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

PROFILES = [
    ("any", "All other"),
    ("appeal", "Appeal"),
    ("emergency", "Emergency"),
    ("reference", "Reference"),
    ("navigated", "Navigated"),
    ("no_card", "No card"),
]


class RecordingTerm(models.Model):
    """How long the sound of calls of one kind is kept."""

    _name = "gorod24.recording.term"
    _description = "Term of recordings"
    _order = "profile"
    _rec_name = "profile"

    profile = fields.Selection(PROFILES, "Kind of call", required=True)
    days = fields.Integer("Kept, days", required=True, default=183)
    basis = fields.Char("Ground", help="The order or law that sets the term.")
    active = fields.Boolean(default=True)

    _profile_uniq = models.Constraint(
        "UNIQUE (profile)", "This kind of call already has its term."
    )
    _days_sane = models.Constraint(
        "CHECK (days BETWEEN 1 AND 36500)", "A term is from a day to a hundred years."
    )

    def _terms(self):
        """Return {profile: days} of the terms in force."""
        return {term.profile: term.days for term in self.search([])}
