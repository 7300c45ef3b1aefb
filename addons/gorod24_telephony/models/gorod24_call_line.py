# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache

from ..conversation.lines import Lines, read_numbers


class CallLine(models.Model):
    """A line of the hotline: the numbers that citizens dial, under one name.

    A call keeps the name of its line, so that one which nobody answered, or which was
    given up in the queue of the exchange, still counts for the line it came by.
    """

    _name = "gorod24.call.line"
    _description = "Line"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    numbers = fields.Char(
        "Dialled numbers",
        required=True,
        help="Route points and city numbers as the exchange tells them, divided by"
        " commas; 77* is a series.",
    )
    emergency = fields.Boolean(
        "Emergency line",
        help="Of an emergency service: whoever nobody answered is rung back by day and"
        " by night.",
    )

    _name_uniq = models.Constraint("UNIQUE (name)", "There is such a line already.")

    @api.constrains("numbers")
    def _check_numbers(self):
        owners = {}
        for line in self.search([]):
            try:
                numbers = read_numbers(line.numbers)
            except ValueError as error:
                raise ValidationError(
                    self.env._("“%(word)s” is no number of a line.", word=error)
                ) from None
            if not numbers:
                raise ValidationError(self.env._("A line needs a number."))
            for number in numbers:
                other = owners.setdefault(number, line)
                if other != line:
                    raise ValidationError(
                        self.env._(
                            "The number %(number)s is of the line “%(line)s” already.",
                            number=number,
                            line=other.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self._name_calls()
        return lines

    def write(self, vals):
        done = super().write(vals)
        if {"name", "numbers", "sequence"} & vals.keys():
            self._name_calls()
        return done

    def unlink(self):
        done = super().unlink()
        self._name_calls()
        return done

    @api.model
    @ormcache()
    def _lines(self):
        return Lines([(line.name, line.numbers) for line in self.search([])])

    @api.model
    def _name_of(self, direction, dialled):
        """Return the name of the line that a call came by, False for one out."""
        return (direction == "in" and self._lines().name_of(dialled)) or False

    @api.model
    def _name_calls(self):
        """Give the calls of earlier the names of now, by one statement."""
        self.env.registry.clear_cache()
        # Lines are the administrator's; calls are written by nobody else.
        calls = self.env["gorod24.call"].sudo()
        calls.flush_model(["direction", "dialed_number", "line"])
        known = self.env.execute_query(
            SQL(
                "SELECT DISTINCT dialed_number, line FROM gorod24_call"
                " WHERE direction = 'in' AND dialed_number IS NOT NULL"
            )
        )
        names = {number: self._name_of("in", number) for number, _line in known}
        changed = {number for number, line in known if names[number] != line}
        if not changed:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE gorod24_call c SET line = n.name"
                " FROM unnest(%s::text[], %s::text[]) AS n(number, name)"
                " WHERE c.direction = 'in' AND c.dialed_number = n.number"
                " AND c.line IS DISTINCT FROM n.name",
                list(changed),
                [names[number] for number in changed],
            )
        )
        calls.invalidate_model(["line"])
