# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Запись архива: имена файлов, корни и атрибуты — как в выгрузке ФИАС."""

import uuid
import zipfile
from contextlib import contextmanager
from xml.sax.saxutils import quoteattr

from .model import FIRST_HOUSE

FOREVER = "2079-06-06"
_HEAD = '\ufeff<?xml version="1.0" encoding="utf-8"?>'
HOUSE_TYPES = "Владение=влд. Дом=д. Домовладение=двлд. Гараж=г-ж Здание=зд. Шахта=шахта\
 Строение=стр. Сооружение=соор. Литера=литера Корпус=к."
ADDITIONS = "Корпус=к. Строение=стр. Сооружение=соор. Литера=литера"
PARAMS = {1: "IFNSFL", 2: "IFNSUL", 5: "PostIndex", 6: "OKATO", 7: "OKTMO", 8: "Cad"}


class Pack:
    """Открытый архив: `table()` пишет один XML строками."""

    def __init__(self, path, code, date):
        self.zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.code = code
        self.date = date

    def close(self):
        day = self.date
        self.zip.writestr("version.txt", f"{day[:4]}.{day[4:6]}.{day[6:]}\nv.999")
        self.zip.close()

    @contextmanager
    def table(self, name, root, tag, folder=True):
        unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{name}{self.date}")
        path = f"AS_{name}_{self.date}_{unique}.XML"
        if folder and self.code:
            path = f"{self.code}/{path}"
        with self.zip.open(path, "w", force_zip64=True) as stream:
            lines = [f"{_HEAD}<{root}>"]

            def write(**row):
                text = " ".join(f"{k}={quoteattr(str(v))}" for k, v in row.items())
                lines.append(f"<{tag} {text} />")
                if len(lines) > 4000:
                    stream.write("".join(lines).encode())
                    lines.clear()

            yield write
            lines.append(f"</{root}>")
            stream.write("".join(lines).encode())


def write_full(region, path, date="20260310"):
    """Полный архив края.

    :return: число строк AS_HOUSES с признаком актуальности
    """
    pack = Pack(path, region.code, date)
    try:
        _write_types(pack)
        with pack.table("ADDR_OBJ", "ADDRESSOBJECTS", "OBJECT") as write:
            for place in region.places:
                _write_place(region, write, place)
        actual = _write_houses(pack, region)
        for name, field in (("MUN", "municipal"), ("ADM", "administrative")):
            _write_hierarchy(pack, region, name, field)
        _write_params(pack, region)
    finally:
        pack.close()
    return actual


def _write_types(pack):
    for name, text in (("HOUSE_TYPES", HOUSE_TYPES), ("ADDHOUSE_TYPES", ADDITIONS)):
        with pack.table(name, "HOUSETYPES", "HOUSETYPE", folder=False) as write:
            for i, pair in enumerate(text.split(), 1):
                full, short = pair.split("=")
                write(ID=i, NAME=full, SHORTNAME=short, ISACTIVE="true")
    with pack.table("PARAM_TYPES", "PARAMTYPES", "PARAMTYPE", folder=False) as write:
        for number, code in PARAMS.items():
            write(ID=number, NAME=code, CODE=code, ISACTIVE="true")


def _write_place(region, write, place, **changed):
    row = {
        "OBJECTID": place.number,
        "OBJECTGUID": region.guid(place.number),
        "CHANGEID": place.number,
        "NAME": place.name,
        "TYPENAME": place.kind,
        "LEVEL": place.level,
        "OPERTYPEID": 10,
    }
    if place.former or changed:
        old = {**row, "NAME": place.former or place.name}
        write(
            ID=place.number * 10,
            **old,
            STARTDATE="1990-01-01",
            ENDDATE="2015-05-09",
            ISACTUAL=0,
            ISACTIVE=0,
        )
    write(
        ID=place.number * 10 + (2 if changed else 1),
        **{**row, **changed},
        STARTDATE="2015-05-09",
        ENDDATE=FOREVER,
        ISACTUAL=1,
        ISACTIVE=0 if place.closed else 1,
    )


def _write_house(region, write, house, **changed):
    row = {"OBJECTID": house.number, "OBJECTGUID": region.guid(house.number)}
    if house.older:
        write(
            ID=house.number * 10,
            **row,
            **{**house.fields, "HOUSENUM": "0"},
            STARTDATE="1995-01-01",
            ENDDATE="2012-01-01",
            ISACTUAL=0,
            ISACTIVE=0,
        )
    active = changed.pop("ISACTIVE", 0 if house.closed else 1)
    write(
        ID=house.number * 10 + (2 if changed or active != 1 - house.closed else 1),
        **row,
        CHANGEID=house.number,
        **{**house.fields, **changed},
        OPERTYPEID=10,
        STARTDATE="2012-01-01",
        ENDDATE=FOREVER if active else "2026-02-01",
        ISACTUAL=1,
        ISACTIVE=active,
    )
    return active


def _write_houses(pack, region):
    with pack.table("HOUSES", "HOUSES", "HOUSE") as write:
        return sum(_write_house(region, write, house) for house in region.houses())


def _write_hierarchy(pack, region, name, field):
    with pack.table(f"{name}_HIERARCHY", "ITEMS", "ITEM") as write:
        for place in region.places:
            path = getattr(place, field)
            if path or place.level == 1:
                _write_item(write, (*path, place.number), not place.closed)
        for house in region.houses():
            path = (*getattr(house.parent, field), house.parent.number, house.number)
            _write_item(write, path, True)
            for flat in range(house.flats):
                _write_item(write, (*path, house.number * 100 + flat), True)
            if house.number % 3 == 0:  # земельный участок рядом
                number = house.number + 100_000_000
                _write_item(write, (*path[:-1], number), True)


def _write_item(write, path, active):
    write(
        ID=path[-1],
        OBJECTID=path[-1],
        PARENTOBJID=path[-2] if len(path) > 1 else 0,
        CHANGEID=path[-1],
        UPDATEDATE="2015-05-09",
        STARTDATE="2012-01-01",
        ENDDATE=FOREVER,
        ISACTIVE=int(active),
        PATH=".".join(map(str, path)),
    )


def _write_params(pack, region):
    with pack.table("ADDR_OBJ_PARAMS", "PARAMS", "PARAM") as write:
        for place in region.places:
            _write_param(write, place.number, 7, "98701000")
            if place.level > 5:
                _write_param(write, place.number, 5, 656000 + place.number % 99)
    with pack.table("HOUSES_PARAMS", "PARAMS", "PARAM") as write:
        for house in region.houses():
            number = house.number
            _write_param(write, number, 5, 600001, ended=True)
            for kind in PARAMS:
                _write_param(write, number, kind, _param(kind, house))


def _param(kind, house):
    if kind == 5:
        return 656000 + house.parent.number % 99
    return "98701000" if kind == 7 else house.number


def _write_param(write, number, kind, value, ended=False, changed=False):
    """Параметр объекта: прежний (`ended`), нынешний или новее нынешнего (`changed`)."""
    write(
        ID=number * 100 + kind * 2 + (not ended) + (60 if changed else 0),
        OBJECTID=number,
        CHANGEID=number,
        CHANGEIDEND=1 if ended else 0,
        TYPEID=kind,
        VALUE=value,
        UPDATEDATE="2020-08-15",
        STARTDATE="2015-01-01",
        ENDDATE="2020-08-15" if ended else FOREVER,
    )


def write_delta(region, path, date="20260317", new=5):
    """Архив изменений к полному: переименование, новые, снятые и перенумерованные дома.

    :return: {что сделано: OBJECTID}
    """
    street = next(p for p in region.places if p.level == 8 and not p.closed)
    houses = [h for h in region.houses(0, 200) if not h.closed][:3]
    fresh = [region.house(region.size.houses + i) for i in range(new)]
    fresh = [h._replace(closed=False) for h in fresh]
    pack = Pack(path, region.code, date)
    try:
        with pack.table("ADDR_OBJ", "ADDRESSOBJECTS", "OBJECT") as write:
            _write_place(region, write, street, NAME="Обновлённая")
        with pack.table("HOUSES", "HOUSES", "HOUSE") as write:
            for house in fresh:
                _write_house(region, write, house)
            _write_house(region, write, houses[0], ISACTIVE=0)
            _write_house(region, write, houses[1], HOUSENUM="9001")
        for name, field in (("MUN", "municipal"), ("ADM", "administrative")):
            with pack.table(f"{name}_HIERARCHY", "ITEMS", "ITEM") as write:
                for house in fresh:
                    above = getattr(house.parent, field)
                    _write_item(
                        write, (*above, house.parent.number, house.number), True
                    )
        with pack.table("HOUSES_PARAMS", "PARAMS", "PARAM") as write:
            _write_param(write, houses[2].number, 5, 656999, changed=True)
    finally:
        pack.close()
    return {
        "renamed": street.number,
        "closed": houses[0].number,
        "renumbered": houses[1].number,
        "reposted": houses[2].number,
        "added": [house.number for house in fresh],
        "first": FIRST_HOUSE,
    }
