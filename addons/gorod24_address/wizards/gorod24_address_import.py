# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Streets and houses of a table: who is known is changed, who is not is added."""

import re
from typing import NamedTuple

from odoo import api, fields, models

from ..gar import number_key
from ..parsing import street_key, street_type
from ..tabular import Column, ImportPlan

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOWN_LEVELS = ("city", "settlement")
STREET_LEVELS = ("street", "plan")
#: Words of the column “Kind” besides the titles of our kinds.
KINDS = {
    "apartment": "мкд многоквартирный многоэтажный жилой apartment",
    "private": "ижс частный индивидуальный private",
    "public": "общественный нежилой школа больница public",
    "other": "прочее другое иное other",
}


class Street(NamedTuple):
    """A street of the file: found in the directory (`record`) or new."""

    key: tuple
    record: object
    values: dict
    names: list


class House(NamedTuple):
    """A house of the file; `street` is the key of its Street."""

    row: object
    street: tuple
    record: object
    values: dict


class Gorod24AddressImport(models.TransientModel):
    _name = "gorod24.address.import"
    _inherit = "gorod24.table.import"
    _description = "Import of Streets and Houses from a Table"

    town_id = fields.Many2one(
        "gorod24.address",
        string="Town",
        domain=[("level", "in", TOWN_LEVELS)],
        default=lambda self: self._default_town_id(),
        help="Of the rows whose column “Town” is empty or missing.",
    )

    @api.model
    def _default_town_id(self):
        """The only city, if there is one."""
        Address = self.env["gorod24.address"]
        cities = Address.search([("level", "=", "city")], limit=2)
        return cities if len(cities) == 1 else Address

    def _get_title(self):
        return self.env._("Import of streets and houses")

    @api.model
    def _get_columns(self):
        _ = self.env._
        empty = _("an empty cell changes nothing")
        return [
            Column("town", _("Town"), aliases=("город", "населённый пункт", "нп")),
            Column("district", _("District"), aliases=("район", "район города")),
            Column("street_type", _("Street type"), aliases=("тип", "тип улицы")),
            Column("street", _("Street"), True, ("улица", "наименование улицы")),
            Column("house", _("House"), aliases=("дом", "номер дома", "№ дома")),
            Column("kind", _("Kind"), aliases=("вид", "вид дома", "тип дома")),
            Column("postal_code", _("Postal code"), aliases=("индекс",)),
            Column(
                "flats", _("Flats"), aliases=("квартир", "число квартир"), hint=empty
            ),
            Column("residents", _("Residents"), aliases=("жителей",), hint=empty),
            Column(
                "former_names",
                _("Former names"),
                aliases=("прежние названия", "прежние имена"),
                hint=_("divided by a semicolon"),
            ),
            Column("guid", _("Register GUID"), aliases=("гуид", "objectguid", "фиас")),
        ]

    # CHECK

    def _plan(self, rows):
        """Streets, then houses; nothing is written."""
        plan = ImportPlan(data={"streets": {}, "houses": []})
        book = self._load_directory()
        seen = {}
        for row in rows:
            place = self._read_place(plan, book, row)
            if place:
                self._plan_row(plan, book, row, place, seen)
        self._match_houses(plan)
        self._count(plan)
        return plan

    def _plan_row(self, plan, book, row, place, seen):
        """Add the street of a row, and its house, to the plan."""
        street = self._plan_street(plan, book, row, *place)
        number = row.values.get("house", "")
        if not street or not number:
            return
        values = self._read_house(plan, row, place[1])
        if values is None:
            return
        spot = (street.key, values["house_key"])
        if spot in seen:
            message = self.env._("The same house as in row %s.", seen[spot])
            plan.refuse(row, "house", message)
            return
        seen[spot] = row.number
        plan.data["houses"].append(House(row, street.key, None, values))

    def _load_directory(self):
        """Towns, districts and streets by key, read once."""
        Address = self.env["gorod24.address"].with_context(active_test=False)
        wanted = [*TOWN_LEVELS, *STREET_LEVELS, "district"]
        records = Address.search_fetch(
            [("level", "in", wanted)],
            ["name", "type_name", "level", "parent_path", "active", "objectguid"],
        )
        towns = {a.id for a in records if a.level in TOWN_LEVELS}
        book = {"towns": {}, "districts": {}, "streets": {}, "guids": {}}
        for address in records:
            key = street_key(address.name)
            path = [int(i) for i in (address.parent_path or "").split("/") if i]
            town = next((i for i in reversed(path) if i in towns), 0)
            if address.level in TOWN_LEVELS:
                book["towns"].setdefault(key, []).append(address)
            elif address.level == "district":
                book["districts"].setdefault((town, key), []).append(address)
            else:
                book["streets"].setdefault((town, key), []).append(address)
                book["guids"][address.objectguid] = address
        return book

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
        name_key = street_key(written)
        if not name_key:
            plan.refuse(row, "street", self.env._("The street is not given."))
            return None
        key = (town.id, name_key, kind)
        guid = "" if row.values.get("house") else self._read_guid(plan, row)
        if key not in plan.data["streets"]:
            street = self._find_street(plan, book, row, key, guid)
            if street is None:
                return None
            values = {} if street else self._prepare_street(town, written, kind)
            plan.data["streets"][key] = Street(key, street, values, [])
        street = plan.data["streets"][key]
        if not row.values.get("house"):
            self._add_street_values(street, row, district, guid)
        names = re.split(r"[;\n]", row.values.get("former_names", ""))
        street.names.extend(n.strip() for n in names if street_key(n))
        return street

    def _find_street(self, plan, book, row, key, guid):
        """The street of the directory, an empty record, or None with a problem."""
        if guid and guid in book["guids"]:
            return book["guids"][guid]
        town, name_key, kind = key
        found = [s for s in book["streets"].get((town, name_key), ()) if s.active]
        if kind:
            found = [
                s
                for s in found
                if (street_type(s.type_name or "") or s.type_name or kind) == kind
            ]
        direct = [s for s in found if s.parent_id.id == town]
        found = direct if len(direct) == 1 else found
        if len(found) > 1:
            names = ", ".join(s.display_name for s in found[:4])
            plan.refuse(
                row,
                "street",
                self.env._("Several streets fit: %s. Give the type.", names),
            )
            return None
        return found[0] if found else self.env["gorod24.address"]

    def _prepare_street(self, town, name, kind):
        return {
            "name": name,
            "type_name": kind or False,
            "level": "street",
            "parent_id": town.id,
        }

    def _add_street_values(self, street, row, district, guid):
        """A row without a house tells of the street itself."""
        if district:
            street.values["district_id"] = district.id
        if postal_code := row.values.get("postal_code", ""):
            street.values["postal_code"] = postal_code
        if guid:
            street.values["objectguid"] = guid

    def _read_house(self, plan, row, district):
        """Values of a house from its row, or None with problems."""
        before = len(plan.problems)
        number = " ".join(row.values["house"].split())
        key = number_key(number)
        if not any(char.isdigit() for char in key):
            plan.refuse(row, "house", self.env._("This is no house number."))
        values = {"house": number, "house_key": key}
        if district:
            values["district_id"] = district.id
        if code := row.values.get("postal_code", ""):
            if not re.fullmatch(r"\d{6}", code):
                plan.refuse(
                    row, "postal_code", self.env._("A postal code has six digits.")
                )
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
        elif (known or spot) and not (known or spot).active:
            message = self.env._("This house is archived: restore it first.")
            plan.refuse(house.row, "house", message)
        else:
            return True
        return False

    def _count(self, plan):
        """Numbers of the report; what would not change leaves the plan."""
        for street in plan.data["streets"].values():
            changed = self._changed(street.record, street.values)
            street.values.clear()
            street.values.update(changed)
            known = {street_key(street.record.name or "")}
            known.update(street_key(a.name) for a in street.record.alias_ids)
            names = {
                street_key(n): n for n in street.names if street_key(n) not in known
            }
            street.names[:] = names.values()
            self._count_one(plan, street.record, changed or street.names)
        for house in plan.data["houses"]:
            changed = self._changed(house.record, house.values)
            if house.record and house.record.house_key == house.values["house_key"]:
                changed.pop("house", None)
            changed.pop("house_key", None)
            house.values.clear()
            house.values.update(changed)
            self._count_one(plan, house.record, changed)
        new = [s for s in plan.data["streets"].values() if not s.record]
        if new:
            names = ", ".join(
                f"{s.key[2]} {s.values['name']}".strip() for s in new[:10]
            )
            plan.notes.append(
                self.env._(
                    "New streets: %(count)s (%(names)s)", count=len(new), names=names
                )
            )

    def _count_one(self, plan, record, changed):
        if not record:
            plan.created += 1
        elif changed:
            plan.updated += 1
        else:
            plan.unchanged += 1

    def _changed(self, record, values):
        """The values that differ from a record's (all for a new one)."""
        if not record:
            return dict(values)
        fields_ = record._fields
        return {
            name: value
            for name, value in values.items()
            if fields_[name].convert_to_write(record[name], record) != value
        }

    # WRITE

    def _apply(self, plan):
        """Streets first, then their former names and houses."""
        Address = self.env["gorod24.address"]
        streets = plan.data["streets"]
        new = [s for s in streets.values() if not s.record]
        created = dict(
            zip(
                (s.key for s in new),
                Address.create([s.values for s in new]),
                strict=True,
            )
        )
        records = {key: created.get(key) or s.record for key, s in streets.items()}
        for street in streets.values():
            if street.record and street.values:
                street.record.write(street.values)
        note = self.env._("former name")
        self.env["gorod24.address.alias"].create(
            [
                {"address_id": records[s.key].id, "name": name, "note": note}
                for s in streets.values()
                for name in s.names
            ]
        )
        self._apply_houses(plan, records)

    def _apply_houses(self, plan, streets):
        houses = plan.data["houses"]
        self.env["gorod24.building"].create(
            [
                {**house.values, "street_id": streets[house.street].id}
                for house in houses
                if not house.record
            ]
        )
        for house in houses:
            if house.record and house.values:
                house.record.write(house.values)


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
