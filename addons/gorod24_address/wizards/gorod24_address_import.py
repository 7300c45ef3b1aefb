# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Streets and houses of a table: who is known is changed, who is not is added."""

from typing import NamedTuple

from odoo import api, fields, models

from ..parsing import format_name, street_key
from ..tabular import Column, ImportPlan

TOWN_LEVELS = ("city", "settlement")
STREET_LEVELS = ("street", "plan")


class Street(NamedTuple):
    """A street of the file: found in the directory (`record`) or new.

    key: id of the record, or (id of the town, key of the name, type).
    """

    key: object
    record: object
    values: dict
    names: list


class House(NamedTuple):
    """A house of the file; `street` is the key of its Street."""

    row: object
    street: object
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
        return [*self._get_place_columns(), *self._get_details_columns()]

    @api.model
    def _get_place_columns(self):
        """Which house it is."""
        return [
            Column(
                "town", self.env._("Town"), aliases=("город", "населённый пункт", "нп")
            ),
            Column(
                "district", self.env._("District"), aliases=("район", "район города")
            ),
            Column(
                "street_type", self.env._("Street type"), aliases=("тип", "тип улицы")
            ),
            Column(
                "street", self.env._("Street"), True, ("улица", "наименование улицы")
            ),
            Column(
                "house", self.env._("House"), aliases=("дом", "номер дома", "№ дома")
            ),
        ]

    @api.model
    def _get_details_columns(self):
        """What is told of it."""
        empty = self.env._("an empty cell changes nothing")
        return [
            Column("kind", self.env._("Kind"), aliases=("вид", "вид дома", "тип дома")),
            Column("postal_code", self.env._("Postal code"), aliases=("индекс",)),
            Column(
                "flats",
                self.env._("Flats"),
                aliases=("квартир", "число квартир"),
                hint=empty,
            ),
            Column(
                "residents", self.env._("Residents"), aliases=("жителей",), hint=empty
            ),
            Column(
                "former_names",
                self.env._("Former names"),
                aliases=("прежние названия", "прежние имена"),
                hint=self.env._("divided by a semicolon"),
            ),
            Column(
                "guid",
                self.env._("Register GUID"),
                aliases=("гуид", "objectguid", "фиас"),
            ),
        ]

    # CHECK

    def _plan(self, rows):
        """Streets, then houses; nothing is written."""
        plan = ImportPlan(data={"streets": {}, "houses": [], "guids": {}})
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
            [
                *("name", "type_name", "level", "parent_path", "search_key"),
                *("active", "objectguid"),
            ],
        )
        towns = {a.id for a in records if a.level in TOWN_LEVELS}
        book = {"towns": {}, "districts": {}, "streets": {}, "others": {}, "guids": {}}
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
                for other in (address.search_key or "").split("|")[1:]:
                    book["others"].setdefault((town, other), []).append(address)
            if address.objectguid:
                book["guids"][address.objectguid] = address
        return book

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
                format_name(s.values["type_name"], s.values["name"]) for s in new[:10]
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
