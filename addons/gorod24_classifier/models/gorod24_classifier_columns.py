# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: a node of a classifier as a row of a table, both ways."""

from odoo import models

from ..editions import read_flag, read_season
from .classifier_specs import HINTS, LABELS, SPECS


class BadCell(ValueError):
    """A cell that cannot be read; the text is the sentence for the person."""


class Gorod24Classifier(models.Model):
    _inherit = "gorod24.classifier"

    def _get_specs(self, kind):
        """Columns of a classifier of that kind, in the language of the user.

        Columns of fields that this database does not have are left out.
        """
        known = self.env["helpdesk.ticket.category"]._fields
        return [
            spec._replace(
                label=self.env._(LABELS[spec.name]),
                hint=self.env._(HINTS[spec.name]) if spec.name in HINTS else "",
            )
            for spec in SPECS
            if kind in spec.kinds and (not spec.field or spec.field in known)
        ]

    # CELL → VALUE

    def _read_cell(self, spec, text):
        """Value of the field for the text of a cell.

        :raise BadCell: with a sentence for the person
        """
        text = (text or "").replace("_x000D_\n", "\n").replace("\r\n", "\n").strip()
        return getattr(self, f"_read_{spec.kind}")(spec, text)

    def _read_text(self, spec, text):
        return " ".join(text.split()) or False

    def _read_longtext(self, spec, text):
        return text or False

    def _read_lines(self, spec, text):
        return "\n".join(plain_lines(text)) or False

    def _read_number(self, spec, text):
        if not text:
            return None
        if not text.lstrip("-").isdigit():
            raise BadCell(self.env._("A whole number is expected."))
        return int(text)

    def _read_flag(self, spec, text):
        if not text:
            return None
        value = read_flag(text)
        if value is None:
            raise BadCell(self.env._("“Yes” or “no” is expected."))
        return value

    def _read_season(self, spec, text):
        value = read_season(text)
        if value is None:
            raise BadCell(
                self.env._("A day of the year is expected, for example 15.10.")
            )
        return value or False

    def _read_choice(self, spec, text):
        if not text:
            return None
        choices = self._get_choices(spec.field)
        value = choices.get(text.lower())
        if value is None:
            names = dict(
                self.env["helpdesk.ticket.category"]
                ._fields[spec.field]
                ._description_selection(self.env)
            )
            raise BadCell(
                self.env._(
                    "Unknown value; possible: %(values)s.",
                    values=", ".join(names.values()),
                )
            )
        return value

    def _get_choices(self, field):
        """{what may stand in the cell, in small letters: key} in every language."""
        model = self.env["helpdesk.ticket.category"]
        choices = {}
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        for lang in {"en_US", *installed}:
            env = self.with_context(lang=lang).env
            for key, label in model._fields[field]._description_selection(env):
                choices[label.lower()] = key
                choices[key.lower()] = key
        return choices

    def _read_regime(self, spec, text):
        code = text.upper()
        known = self.env["helpdesk.ticket.category"]._get_known_regimes()
        if code and known and code not in known:
            raise BadCell(
                self.env._(
                    "There is no such regime; known: %(codes)s.",
                    codes=", ".join(sorted(known)),
                )
            )
        return code or False

    def _read_participant(self, spec, text):
        if not text:
            return False
        found = self.env["res.partner"].search(
            [
                ("is_participant", "=", True),
                "|",
                ("participant_code", "=", text),
                ("name", "=", text),
            ]
        )
        if len(found) != 1:
            sentence = (
                self.env._("Several participants have this name: give the code.")
                if found
                else self.env._("There is no participant with this code or name.")
            )
            raise BadCell(sentence)
        return found.id

    # VALUE → CELL

    def _write_cell(self, spec, value):
        """Text of a cell for the value of a field, in the language of the user."""
        if spec.kind == "flag":
            return self.env._("yes") if value else self.env._("no")
        if spec.kind == "choice":
            model = self.env["helpdesk.ticket.category"]
            labels = dict(model._fields[spec.field]._description_selection(self.env))
            return labels.get(value, value or "")
        if spec.kind == "participant":
            return value.participant_code or value.name or ""
        if spec.kind == "number":
            return str(value)
        return (value or "").replace("\r\n", "\n")


def plain_lines(text):
    """Wordings of one cell: by lines or semicolons, without doubles and blanks."""
    lines = [" ".join(part.split()) for part in text.replace(";", "\n").split("\n")]
    return list(dict.fromkeys(line for line in lines if line))
