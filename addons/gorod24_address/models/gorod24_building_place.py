# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: words for places that are no house, or lie beside one."""

from odoo import api, models

from ..parsing import format_name, readings


class Gorod24Building(models.Model):
    _inherit = "gorod24.building"

    @api.model
    def _describe_place(self, parsed):
        """(place_kind, note in words, label of the crossing street or "")."""
        cross = self._name_end(parsed.cross_street) if parsed.cross_street else ""
        parts = [
            self._note_crossing(parsed, cross),
            self.env._("lamp post %s", parsed.pole) if parsed.pole else "",
            self.env._("stop «%s»", parsed.stop) if parsed.stop else "",
            self.env._("yard") if parsed.place_kind == "yard" else "",
            " ".join(word for word in (parsed.note, parsed.landmark) if word),
            self.env._("entrance %s", parsed.entrance) if parsed.entrance else "",
            self.env._("floor %s", parsed.floor) if parsed.floor else "",
        ]
        note = ", ".join(part for part in parts if part)
        is_crossing = parsed.place_kind == "crossing"
        return parsed.place_kind, note, cross if is_crossing else ""

    @api.model
    def _note_crossing(self, parsed, cross):
        if parsed.place_kind == "stretch":
            return self.env._(
                "from %(begin)s to %(end)s",
                begin=cross,
                end=self._name_end(parsed.stretch_to),
            )
        return self.env._("crossing with %s", cross) if cross else ""

    @api.model
    def _name_end(self, text):
        """A street typed as the end of a stretch, by its name in the directory."""
        if text.startswith("д. "):
            return text
        parsed = readings(text, limit=1)[0].address
        if not parsed.street:
            return text
        found = self._best_streets(parsed)
        if not found:
            return text
        name = format_name(found[0]["type_name"], found[0]["name"])
        return f"{name}, {parsed.house}" if parsed.house else name
