# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Gorod24SearchTrialMixin(models.AbstractModel):
    """A box where a phrase is tried: what the search finds and why. Saves nothing.

    The model may name a synonym that counts in the trial before it is saved:
    override :meth:`_get_trial_synonym`.
    """

    _name = "gorod24.search.trial.mixin"
    _description = "Trial of the search of topics"

    trial_phrase = fields.Char(
        string="Phrase to try",
        store=False,
        help="Words of a caller; nothing is saved.",
    )
    trial_result = fields.Html(
        string="What the search finds", compute="_compute_trial_result"
    )

    @api.depends("trial_phrase")
    def _compute_trial_result(self):
        for record in self:
            record.trial_result = record._render_trial()

    def _get_trial_synonym(self):
        """(word, meaning) to count in the trial, ("", "") for none."""
        return "", ""

    def _render_trial(self):
        self.ensure_one()
        if not (self.trial_phrase or "").strip():
            return False
        trial = self.env["helpdesk.ticket.category"]._try_phrase(
            self.trial_phrase, self._get_trial_synonym()
        )
        return self.env["ir.qweb"]._render("gorod24_classifier.search_trial", trial)
