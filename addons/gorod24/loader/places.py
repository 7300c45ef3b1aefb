# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ..city import expand_houses
from .tables import read_table

STEP = 1
HOUSES_IN_RANGE = 14


def load_places(env, rng):
    """Create the city, its districts, streets and houses.

    :return: dict district name → gorod24.address.
    """
    Address = env["gorod24.address"]
    region = Address.create(
        {"name": "Алтайский", "type_name": "край", "level": "region"}
    )
    city = Address.create(
        {
            "name": "Барнаул",
            "type_name": "г.",
            "level": "city",
            "parent_id": region.id,
        }
    )
    rows = read_table("streets")
    districts = _create_districts(Address, city, rows)
    streets = _create_streets(Address, city, districts, rows)
    env["gorod24.building"].create(
        [
            {
                "street_id": street.id,
                "house": house,
                "district_id": street.district_id.id,
                "flat_count": rng.choice((36, 60, 72, 90, 108, 144, 180)),
                "residents": rng.randint(60, 420),
                "postal_code": f"6560{rng.randint(10, 99)}",
            }
            for street, row in zip(streets, rows, strict=True)
            for house in expand_houses(row["houses"], STEP, HOUSES_IN_RANGE)
        ]
    )
    return districts


def _create_streets(Address, city, districts, rows):
    return Address.create(
        [
            {
                "name": row["name"],
                "type_name": row["type"],
                "level": "street",
                "parent_id": city.id,
                "district_id": districts[row["district"]].id,
                "alias_ids": [(0, 0, {"name": row["former"]})] if row["former"] else [],
            }
            for row in rows
        ]
    )


def _create_districts(Address, city, rows):
    names = list(dict.fromkeys(row["district"] for row in rows))
    districts = Address.create(
        [
            {
                "name": name,
                "type_name": "р-н",
                "level": "district",
                "parent_id": city.id,
            }
            for name in names
        ]
    )
    return dict(zip(names, districts, strict=True))
