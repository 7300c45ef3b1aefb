# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the localisation of an emergency on the page of a request."""

from odoo import fields, models

from ..due_text import remaining


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _localise_before(self):
        """Moment (UTC) the damage has to be localised before, or False.

        A co-executor and whoever has not accepted are not asked.
        """
        self.ensure_one()
        if self.role != "main" or self.state != "accepted":
            return False
        return self.localise_due

    def _prepare_portal_row(self):
        return {
            **super()._prepare_portal_row(),
            "localised": self._format_moment(self.localised_at),
        }

    def _portal_due(self):
        """Until the damage is localised that term comes first."""
        due = self._localise_before()
        if not due:
            return self._name_localisation(super()._portal_due())
        left = remaining(fields.Datetime.now(), due, self.sent_at)
        return {
            "text": self._remaining_text(left),
            "level": left.level,
            "moment": self._format_moment(due),
            "label": self.env._("Localise"),
        }

    def _name_localisation(self, shown):
        """Not accepted for long: what is late then is the localisation."""
        first = self.localise_due and self._running_due() == self.localise_due
        if shown and first and self.localise_due != self.accept_due:
            return {**shown, "label": self.env._("Localise")}
        return shown

    def _get_portal_values(self):
        values = super()._get_portal_values()
        # sudo: as in the method above; one moment of the question leaves
        to_localise = bool(self.sudo()._localise_before())
        local = self.env["gorod24.clock"]._to_local(fields.Datetime.now())
        return {
            **values,
            "to_localise": to_localise,
            "local_now": local.strftime("%Y-%m-%dT%H:%M"),
        }

    def _portal_terms(self):
        terms = super()._portal_terms()
        due = self._localise_before()
        if not due:
            return terms
        clock = self.question_id._clock_find(
            "localisation", [("state", "!=", "stopped")]
        )
        term = {
            "label": self.env._("Localise before"),
            "moment": self._format_moment(due),
            "why": clock.explanation or "",
        }
        return [term, *terms]

    def _portal_events(self, outcome):
        events = super()._portal_events(outcome)
        if not self.localised_at:
            return events
        localised = {
            "moment": self._format_moment(self.localised_at),
            "label": self.env._("Damage localised"),
            "who": self.localised_by_id.name or "",
            "note": self.localised_note or "",
        }
        after = 2 if self.accepted_at else 1
        return [*events[:after], localised, *events[after:]]
