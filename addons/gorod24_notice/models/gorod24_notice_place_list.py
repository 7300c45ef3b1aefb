# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the places of a notice read from the words of an announcement."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.gorod24_address.parsing import house_sort_key, parse_list

from .gorod24_notice_place import WHOLE_SIDE


class NoticePlaceList(models.Model):
    _inherit = "gorod24.notice"

    def add_places(self, text):
        """Add the places a text names: «ул. Попова, 50–98 чёт.; пр. Ленина 3, 5».

        :return: how many lines were added; those that stand there already are not
        :raises UserError: naming every part that was not understood; nothing is added
        """
        self.ensure_one()
        self.check_access("write")
        Building = self.env["gorod24.building"]
        parsed = [(item, *Building._match_item(item)) for item in parse_list(text)]
        houses = Building._read_houses(
            {s["id"] for _i, found, _r in parsed for s in found}
        )
        lines, wrong = [], []
        for item, streets, reason in parsed:
            street = Building._choose_street(item, streets, houses)
            if street:
                more, faults = self._read_item(item, street, houses)
                lines += more
                wrong += faults
            else:
                wrong.append(f"{item.text}: {self._tell_unread(streets, reason)}")
        if wrong or not lines:
            self._refuse_list(wrong)
        fresh = self._without_known(lines)
        self.write({"place_ids": [Command.create(line) for line in fresh]})
        return len(fresh)

    def _tell_unread(self, streets, reason):
        if streets and not reason:
            names = self.env["gorod24.building"]._name_streets(streets)
            return self.env._("several streets fit: %s", names)
        return reason or self.env._("this is no list of houses")

    def _refuse_list(self, wrong):
        wrong = wrong or [self.env._("no street is named")]
        raise UserError(
            self.env._(
                "These places were not understood:\n%(parts)s",
                parts="\n".join(f"• {line}" for line in wrong),
            )
        )

    def _read_item(self, item, street, houses):
        """Return (values of the lines of one street, what was not found in words).

        A list with «кроме» is taken house by house: a range has no exceptions.
        """
        Building = self.env["gorod24.building"]
        found, absent = Building._match_houses(item, street, houses)
        faults = [f"{part['text']}: {part['reason']}" for part in absent]
        if any(numbers.excluded for numbers in item.numbers):
            return [{"kind": "house", "building_id": house} for house in found], faults
        keys = houses.get(street["id"], {})
        lines = []
        for numbers in item.numbers:
            if numbers.is_range or numbers.first is None:
                lines.append(self._as_range(numbers, street, keys))
            elif numbers.first.key in keys:
                house = keys[numbers.first.key]
                lines.append({"kind": "house", "building_id": house})
        return lines, faults

    def _as_range(self, numbers, street, keys):
        if numbers.first is None and not numbers.parity:
            return {"kind": "street", "address_id": street["id"]}
        ends = (numbers.first, numbers.last)
        if numbers.first is None:
            # one side of the whole street, new houses at its end included
            last = max((house_sort_key(key)[0] for key in keys), default=1)
            ends = (1, last + WHOLE_SIDE)
        return {
            "kind": "range",
            "address_id": street["id"],
            "house_from": str(ends[0]),
            "house_to": str(ends[1]),
            "parity": numbers.parity or "all",
        }

    def _without_known(self, lines):
        """Lines that do not stand in the notice yet, each once."""
        known = {place._get_mark() for place in self.place_ids}
        fresh = {}
        for line in lines:
            mark = self.env["gorod24.notice.place"].new(line)._get_mark()
            if mark not in known:
                fresh.setdefault(mark, line)
        return list(fresh.values())

    def action_open_place_list(self):
        """Open the window to paste an announcement into."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Places from a text"),
            "res_model": "gorod24.notice.place.list",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_notice_id": self.id},
        }


class NoticePlace(models.Model):
    _inherit = "gorod24.notice.place"

    def _get_mark(self):
        """What tells a line from the others of the same notice."""
        self.ensure_one()
        return (
            self.kind,
            self.building_id.id,
            self.address_id.id,
            self.house_from or "",
            self.house_to or "",
            self.parity,
        )
