# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: a row of the file → its town, street and house, known or new."""

import re

from odoo import models

from ..gar import number_key
from ..parsing import street_key, street_type
from .gorod24_address_import import Street

_HOUSE_WORD = re.compile(r"^(?:д|дом)\b\.?\s*|^№\s*", re.IGNORECASE)
_FLAT = re.compile(r"\bкв\b|\bкв\.|квартира")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Words of the column “Kind” besides the titles of our kinds.
KINDS = {
    "apartment": "мкд многоквартирный многоэтажный жилой apartment",
    "private": "ижс частный индивидуальный private",
    "public": "общественный нежилой школа больница public",
    "other": "прочее другое иное other",
}


class Gorod24AddressImport(models.TransientModel):
    _inherit = "gorod24.address.import"

    def _read_place(self, plan, book, row):
        """(town, district or empty) of a row, or None with a problem."""
        town = self.town_id
        if name := row.values.get("town", ""):
            towns = [t for t in book["towns"].get(_town_key(name), ()) if t.active]
            if len(towns) != 1:
                message = (
                    self.env._("There are several such towns: choose it above.")
                    if towns
                    else self.env._("There is no such town in the directory.")
                )
                if len(towns) < 2 or self.town_id not in towns:
                    plan.refuse(row, "town", message)
                    return None
            else:
                town = towns[0]
        if not town:
            plan.refuse(row, "town", self.env._("The town is not given."))
            return None
        district = self.env["gorod24.address"]
        if name := row.values.get("district", ""):
            found = book["districts"].get((town.id, _town_key(name)), ())
            if len(found) != 1:
                plan.refuse(
                    row, "district", self.env._("The town has no such district.")
                )
                return None
            district = found[0]
        return town, district

    def _plan_street(self, plan, book, row, town, district):
        """The street of a row in the plan, or None with a problem."""
        written, kind = _split_type(row.values.get("street", ""))
        if given := row.values.get("street_type", ""):
            kind = street_type(given) or given
        found = self._find_street(plan, book, row, town, written, kind)
        if found is None:
            return None
        key = found.id or (town.id, street_key(written), kind)
        street = plan.data["streets"].get(key)
        if not street:
            values = {} if found else self._prepare_street(town, written, kind)
            street = Street(key, found, values, [])
            plan.data["streets"][key] = street
        if not row.values.get("house"):
            self._add_street_values(plan, book, street, row, district)
        names = re.split(r"[;\n]", row.values.get("former_names", ""))
        street.names.extend(n.strip() for n in names if street_key(n))
        return street

    def _find_street(self, plan, book, row, town, written, kind):
        """The street of the directory, an empty record, or None with a problem."""
        name_key = street_key(written)
        if not name_key:
            if town.level == "settlement" and row.values.get("house"):
                return town  # villages have houses without streets
            plan.refuse(row, "street", self.env._("The street is not given."))
            return None
        place = (town.id, name_key)
        found = [s for s in book["streets"].get(place, ()) if s.active]
        # a former name counts where no street bears it now
        found = found or [s for s in book["others"].get(place, ()) if s.active]
        if kind:
            found = [
                s
                for s in found
                if (street_type(s.type_name or "") or s.type_name or kind) == kind
            ]
        direct = [s for s in found if s.parent_id == town]
        found = direct if len(direct) == 1 else found
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(s.display_name for s in found[:4])
            message = self.env._("Several streets fit: %s. Give the type.", names)
        elif not kind:
            message = self.env._(
                "There is no such street in the directory. To add it, give its type."
            )
        else:
            return self.env["gorod24.address"]
        plan.refuse(row, "street", message)
        return None

    def _prepare_street(self, town, name, kind):
        return {
            "name": name,
            "type_name": kind or False,
            "level": "street",
            "parent_id": town.id,
        }

    def _add_street_values(self, plan, book, street, row, district):
        """A row without a house tells of the street itself."""
        if district:
            street.values["district_id"] = district.id
        if code := self._read_postal_code(plan, row):
            street.values["postal_code"] = code
        guid = self._read_guid(plan, row)
        if not guid:
            return
        owner = book["guids"].get(guid)
        if owner and owner != street.record:
            message = self.env._(
                "The GUID belongs to another street: %s.", owner.display_name
            )
            plan.refuse(row, "guid", message)
        elif street.record.objectguid and not owner:
            message = self.env._("The street has another GUID in the directory.")
            plan.refuse(row, "guid", message)
        street.values["objectguid"] = guid

    def _read_house(self, plan, row, district):
        """Values of a house from its row, or None with problems."""
        before = len(plan.problems)
        number = _HOUSE_WORD.sub("", " ".join(row.values["house"].split()))
        key = number_key(number)
        if not any(char.isdigit() for char in key) or _FLAT.search(number.lower()):
            plan.refuse(row, "house", self.env._("This is no house number."))
        values = {"house": number, "house_key": key}
        if district:
            values["district_id"] = district.id
        if code := self._read_postal_code(plan, row):
            values["postal_code"] = code
        for column, field in (("flats", "flat_count"), ("residents", "residents")):
            if text := row.values.get(column, "").removesuffix(".0"):
                if not text.isdecimal() or len(text) > 6:
                    plan.refuse(row, column, self.env._("A whole number is needed."))
                    continue
                values[field] = int(text)
        if text := row.values.get("kind", ""):
            values["kind"] = self._read_kind(plan, row, text)
        if guid := self._read_guid(plan, row):
            values["objectguid"] = guid
        return values if len(plan.problems) == before else None

    def _read_postal_code(self, plan, row):
        code = row.values.get("postal_code", "")
        if code and not re.fullmatch(r"\d{6}", code):
            message = self.env._("A postal code has six digits.")
            plan.refuse(row, "postal_code", message)
            return ""
        return code

    def _read_kind(self, plan, row, text):
        titles = self.env["gorod24.building"]._fields["kind"]
        titles = titles._description_selection(self.env)
        first = text.lower().split()[0].strip(".,")
        for name, title in titles:
            if text.lower() == title.lower() or first in KINDS[name].split():
                return name
        choice = ", ".join(title for _name, title in titles)
        plan.refuse(row, "kind", self.env._("The kind is one of: %s.", choice))
        return None

    def _read_guid(self, plan, row):
        guid = row.values.get("guid", "").lower().strip("{} ")
        if guid and not _GUID.fullmatch(guid):
            plan.refuse(row, "guid", self.env._("This is no GUID."))
            return ""
        first = plan.data["guids"].setdefault(guid, row.number) if guid else 0
        if guid and first != row.number:
            message = self.env._("The same GUID as in row %s.", first)
            plan.refuse(row, "guid", message)
            return ""
        return guid

    def _match_houses(self, plan):
        """Find the houses of the file in the directory, all at once."""
        streets = plan.data["streets"]
        Building = self.env["gorod24.building"].with_context(active_test=False)
        ids = [s.record.id for s in streets.values() if s.record]
        guids = [h.values.get("objectguid") for h in plan.data["houses"]]
        records = Building.search_fetch(
            [
                "|",
                ("street_id", "in", ids),
                ("objectguid", "in", [g for g in guids if g]),
            ],
            [
                *("street_id", "house", "house_key", "objectguid", "active", "kind"),
                *("district_id", "postal_code", "flat_count", "residents"),
            ],
        )
        spots = {}
        for record in records.sorted("active"):  # an active one comes last and stays
            spots[record.street_id.id, record.house_key] = record
        by_guid = {r.objectguid: r for r in records if r.objectguid}
        houses = []
        for house in plan.data["houses"]:
            street = streets[house.street].record
            spot = spots.get((street.id, house.values["house_key"])) if street else None
            known = by_guid.get(house.values.get("objectguid"))
            if self._check_match(plan, house, spot, known, street):
                houses.append(house._replace(record=known or spot or Building))
        plan.data["houses"] = houses

    def _check_match(self, plan, house, spot, known, street):
        """Whether the house found by address and the one found by GUID agree."""
        if known and spot and known != spot:
            message = self.env._(
                "The GUID belongs to another house: %s.", known.display_name
            )
            plan.refuse(house.row, "guid", message)
        elif known and known.street_id != street:
            message = self.env._(
                "The GUID belongs to a house of another street: %s.",
                known.display_name,
            )
            plan.refuse(house.row, "guid", message)
        elif spot and spot.objectguid and house.values.get("objectguid") and not known:
            message = self.env._("The house has another GUID in the directory.")
            plan.refuse(house.row, "guid", message)
        elif (known or spot) and not (known or spot).active:
            message = self.env._("This house is archived: restore it first.")
            plan.refuse(house.row, "house", message)
        else:
            return True
        return False


def _town_key(name):
    """Key of a town or district written with or without its type."""
    words = street_key(
        re.sub(r"\b(г|гор|город|с|п|пос|р-н|район)\b\.?", " ", name, flags=re.I)
    )
    return words or street_key(name)


def _split_type(text):
    """(name, type) of «ул. Попова», «Павловский тракт», «Попова»."""
    words = text.split()
    if len(words) > 1:
        for place in (0, -1):
            kind = street_type(words[place])
            if kind:
                del words[place]
                return " ".join(words), kind
    return " ".join(words), ""
