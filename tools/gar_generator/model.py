# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Выдуманный край: город уровня 5, сёла, планировка, улицы, дома. Без памяти о домах.

Всё выводится из номера объекта, поэтому домов может быть сколько угодно.
"""

import random
import uuid
from dataclasses import dataclass
from typing import NamedTuple

from . import names

_SPACE = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
REGION, DISTRICT, AREA, CITY, NEIGHBOUR, NEIGHBOUR_CITY = range(1, 7)
FIRST_PLACE = 100
FIRST_STREET = 10_000
FIRST_HOUSE = 1_000_000


@dataclass(frozen=True)
class Size:
    """Сколько чего; flats: помещений на многоквартирный дом, только в иерархии."""

    houses: int = 100_000
    streets: int = 1_500
    settlements: int = 8
    plans: int = 20
    flats: int = 3
    seed: int = 24


class Place(NamedTuple):
    """Адресный объект: родители по двум делениям, прежнее имя или ""."""

    number: int
    level: int
    name: str
    kind: str
    municipal: tuple
    administrative: tuple
    former: str = ""
    closed: bool = False


class House(NamedTuple):
    """Дом: поля AS_HOUSES и место."""

    number: int
    parent: Place
    fields: dict
    flats: int
    closed: bool
    older: bool


def guid(number, seed):
    """OBJECTGUID по номеру объекта."""
    return str(uuid.uuid5(_SPACE, f"{seed}:{number}"))


class Region:
    """Край целиком: `places()` помнит все адресные объекты, `houses()` — ни одного."""

    def __init__(self, size=None, code="98"):
        self.size = size or Size()
        self.code = code
        self.places = self._make_places()
        self.grounds = [p for p in self.places if p.level in (6, 7, 8) and not p.closed]

    def guid(self, number):
        return guid(number, self.size.seed)

    def _make_places(self):
        top = (REGION,)
        city = (REGION, DISTRICT)
        places = [
            Place(REGION, 1, "Пробный", "край", (), ()),
            Place(DISTRICT, 3, "город Пробинск", "г.о.", top, ()),
            Place(AREA, 2, "Соседний", "р-н", (), top),
            Place(CITY, 5, "Пробинск", "г", city, top),
            Place(NEIGHBOUR, 3, "Соседний", "м.р-н", top, ()),
            Place(NEIGHBOUR_CITY, 5, "Соседск", "г", (1, NEIGHBOUR), (1, AREA)),
        ]
        for i in range(self.size.settlements):
            name = names.SETTLEMENTS[i % len(names.SETTLEMENTS)]
            name = f"{name}-{i // 8 + 1}" if i >= 8 else name
            places.append(
                Place(FIRST_PLACE + i, 6, name, "сп"[i % 2], city, (*top, CITY))
            )
        below = ((*city, CITY), (*top, CITY))
        for i in range(self.size.plans):
            name, kind = names.plan(i)
            number = FIRST_PLACE + self.size.settlements + i
            places.append(Place(number, 7, name, kind, *below))
        return places + self._make_streets(places)

    def _make_streets(self, places):
        """85 % в городе, 10 % в сёлах, 4 % в планировке, 1 % в соседнем городе."""
        by_number = {place.number: place for place in places}
        villages = [p for p in places if p.level == 6]
        plans = [p for p in places if p.level == 7]
        streets = []
        for i in range(self.size.streets):
            turn = i % 100
            home = by_number[CITY]
            if turn >= 99:
                home = by_number[NEIGHBOUR_CITY]
            elif turn >= 95 and plans:
                home = plans[i % len(plans)]
            elif turn >= 85 and villages:
                home = villages[i % len(villages)]
            name, kind = names.street(i)
            former = names.FORMER[i % len(names.FORMER)] if i % 33 == 5 else ""
            streets.append(
                Place(
                    FIRST_STREET + i,
                    8,
                    name,
                    kind,
                    (*home.municipal, home.number),
                    (*home.administrative, home.number),
                    former,
                    i % 97 == 11,
                )
            )
        return streets

    def houses(self, first=0, count=None):
        """Дома по порядку: на каждой улице подряд, номера не повторяются."""
        count = self.size.houses if count is None else count
        for i in range(first, first + count):
            yield self.house(i)

    def house(self, i):
        """Дом с порядковым номером `i`."""
        ground = self.grounds[i % len(self.grounds)]
        place = i // len(self.grounds) + 1
        draw = random.Random(self.size.seed * 1_000_003 + i)
        fields = {"HOUSENUM": str(place), "HOUSETYPE": "2"}
        luck = draw.random()
        if luck < 0.15:
            fields["HOUSENUM"] += draw.choice("абвг")
        elif luck < 0.19:
            fields["HOUSENUM"] += f"/{draw.randint(1, 4)}"
        elif luck < 0.24:
            fields |= {"ADDNUM1": str(draw.randint(1, 3)), "ADDTYPE1": "1"}
        elif luck < 0.26:
            fields |= {"ADDNUM1": str(draw.randint(1, 3)), "ADDTYPE1": "2"}
        elif luck < 0.265:
            fields |= {"ADDNUM1": "1", "ADDTYPE1": "1", "ADDNUM2": "2", "ADDTYPE2": "2"}
        elif luck < 0.30:
            fields["HOUSETYPE"] = draw.choice("578")
        if i % 2003 == 7 and place > 1:  # в реестре бывают и двойники
            fields = {"HOUSENUM": str(place - 1), "HOUSETYPE": "2"}
        flats = self.size.flats if draw.random() < 0.35 else 0
        closed = draw.random() < 0.02
        older = draw.random() < 0.03
        return House(FIRST_HOUSE + i, ground, fields, flats, closed, older)
