# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: houses of a pasted list, and what of it was not found."""

from odoo import api, models

from ..parsing import ParsedAddress, format_name, parse_list

NEAR = 0.6
SAMPLES = 3


class Gorod24Building(models.Model):
    _inherit = "gorod24.building"

    @api.model
    @api.readonly
    def find_list(self, text):
        """Houses named by a list such as «ул. Попова, 50–98 чёт.; пр. Ленина 3, 5, 7а».

        :return: {"building_ids": [ids, each once], "items": [{"text", "street" (name),
            "address_id", "building_ids"}], "missing": [{"text", "reason", "street"
            (its name when only the house is missing)}] in the order of the text,
            "skipped": [words that hold no houses]}
        """
        self.browse().check_access("read")
        parsed = [(item, *self._match_item(item)) for item in parse_list(text)]
        houses = self._read_houses({s["id"] for _i, found, _r in parsed for s in found})
        items, missing, skipped = [], [], []
        for item, streets, reason in parsed:
            street = self._choose_street(item, streets, houses)
            if street:
                found, absent = self._match_houses(item, street, houses)
                missing += absent
                items.append(
                    {
                        "text": item.text,
                        "street": self._name_street(street),
                        "address_id": street["id"],
                        "building_ids": found,
                    }
                )
            elif streets or reason:
                names = self._name_streets(streets)
                reason = reason or self.env._("several streets fit: %s", names)
                missing.append({"text": item.text, "reason": reason, "street": ""})
            else:
                skipped.append(item.text)
        ids = dict.fromkeys(i for item in items for i in item["building_ids"])
        return {
            "building_ids": list(ids),
            "items": items,
            "missing": missing,
            "skipped": skipped,
        }

    # Streets -------------------------------------------------------------------------

    @api.model
    def _match_item(self, item):
        """(streets that fit equally well, reason when none does).

        Both are empty for prose, in which nothing is missing.
        """
        if item.problem == "stretch":
            return [], self.env._(
                "a stretch is not read as houses: name the numbers of its houses"
            )
        if not item.street:
            digits = any(char.isdigit() for char in item.text)
            only_numbers = digits and len(item.text) < 60
            return [], self.env._("no street is named") if only_numbers else ""
        parsed = ParsedAddress(
            street_type=item.street_type, street=item.street, locality=item.locality
        )
        streets = self._best_streets(parsed)
        if item.problem:
            return [], self._tell_numberless(item, streets)
        if streets:
            return streets, ""
        near = [s for s in self._find_streets(parsed) if s["score"] >= NEAR]
        if near:
            names = self._name_streets(near)
            return [], self.env._("no such street; similar: %s", names)
        return [], self.env._("no such street")

    @api.model
    def _tell_numberless(self, item, streets):
        """Reason for a street without numbers; "" for words that are no street."""
        if item.problem == "unread" and not streets:
            return ""
        return self.env._(
            "no house numbers; write «вся улица» before the name to take all houses"
        )

    @api.model
    def _choose_street(self, item, streets, houses):
        """The one street meant, or None: a namesake is never guessed.

        A city comes before villages; among the rest the one that has the houses.
        """
        if len(streets) < 2:
            return streets[0] if streets else None
        in_city = [s for s in streets if s["town_level"] == "city"]
        if len(in_city) == 1:
            return in_city[0]
        streets = in_city or streets
        having = [s for s in streets if self._match_houses(item, s, houses)[0]]
        return having[0] if len(having) == 1 else None

    @api.model
    def _name_street(self, street):
        name = format_name(street["type_name"], street["name"])
        village = street["town"] and street["town_level"] != "city"
        return f"{name}, {street['town']}" if village else name

    @api.model
    def _name_streets(self, streets):
        """Names for a sentence, with towns, at most SAMPLES of them."""
        several = len(self._get_towns()) > 1
        names = []
        for street in streets[:SAMPLES]:
            name = format_name(street["type_name"], street["name"])
            town = street["town"] if several else ""
            names.append(f"{name} ({town})" if town else name)
        more = len(streets) > SAMPLES
        return "; ".join([*names, self.env._("and others")] if more else names)

    # Houses --------------------------------------------------------------------------

    @api.model
    def _read_houses(self, street_ids):
        """{street id: {house key: building id}} of all houses of some streets."""
        result = {street_id: {} for street_id in street_ids}
        rows = self.search_fetch(
            [("street_id", "in", list(street_ids))], ["street_id", "house_key"]
        )
        for building in rows:
            result[building.street_id.id][building.house_key] = building.id
        return result

    @api.model
    def _match_houses(self, item, street, houses):
        """(ids of the houses an item names, [{"text", "reason"}] of what is not there).

        Numbers of a range without a house are no error; an empty range is.
        """
        keys = houses.get(street["id"], {})
        found, absent = {}, []
        for numbers in item.numbers:
            ids = [i for key, i in keys.items() if numbers.holds(key)]
            if numbers.excluded:
                for building_id in ids:
                    found.pop(building_id, None)
                continue
            if not ids:
                absent.append(self._prepare_absent(street, numbers))
            found.update(dict.fromkeys(ids))
        return list(found), absent

    @api.model
    def _prepare_absent(self, street, numbers):
        name = self._name_street(street)
        if numbers.first is None:
            reason = self.env._("the street has no houses here")
            return {"text": name, "reason": reason, "street": name}
        reason = (
            self.env._("no houses in this range")
            if numbers.is_range
            else self.env._("no such house")
        )
        return {"text": f"{name}, {numbers}", "reason": reason, "street": name}
