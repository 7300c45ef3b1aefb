# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small archives in the official format, made by hand for the tests. Plain Python."""

import io
import uuid
import zipfile
from xml.sax.saxutils import quoteattr

FOREVER = "2079-06-06"
TABLES = {
    "ADDR_OBJ": ("ADDRESSOBJECTS", "OBJECT"),
    "ADDR_OBJ_PARAMS": ("PARAMS", "PARAM"),
    "HOUSES": ("HOUSES", "HOUSE"),
    "HOUSES_PARAMS": ("PARAMS", "PARAM"),
    "MUN_HIERARCHY": ("ITEMS", "ITEM"),
    "ADM_HIERARCHY": ("ITEMS", "ITEM"),
}
REGION, DISTRICT, CITY, OTHER, OTHER_CITY = 971, 972, 973, 974, 975
LIME, OAK, ELM = 9701, 9702, 9703
FIRST_HOUSE = 97_000


def guid(number):
    """OBJECTGUID of an OBJECTID in these archives."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"gorod24-test-{number}"))


class GarArchive:
    """Rows of the register by table; `content()` zips them."""

    def __init__(self, date="20260310", region="97"):
        self.date = date
        self.region = region
        self.rows = {table: [] for table in TABLES}
        self.serial = int(date) * 1000

    def add(self, table, **row):
        self.serial += 1
        self.rows[table].append({"ID": self.serial, **row})

    def place(self, number, level, name, kind, path=None, **row):
        """An address object, and its place in both hierarchies."""
        values = {
            "OBJECTID": number,
            "OBJECTGUID": guid(number),
            "NAME": name,
            "TYPENAME": kind,
            "LEVEL": level,
            "STARTDATE": "2015-01-01",
            "ENDDATE": FOREVER,
            "ISACTUAL": 1,
            "ISACTIVE": 1,
        }
        self.add("ADDR_OBJ", **{**values, **row})
        if path is not None:
            self.link(number, path)

    def former(self, number, level, name, kind, until):
        """An earlier version of an address object."""
        old = {"ENDDATE": until, "ISACTUAL": 0, "ISACTIVE": 0}
        self.place(number, level, name, kind, STARTDATE="1990-01-01", **old)

    def house(self, number, house, path=None, **row):
        values = {
            "OBJECTID": number,
            "OBJECTGUID": guid(number),
            "HOUSENUM": house,
            "HOUSETYPE": 2,
            "STARTDATE": "2012-05-01",
            "ENDDATE": FOREVER,
            "ISACTUAL": 1,
            "ISACTIVE": 1,
        }
        self.add("HOUSES", **{**values, **row})
        if path is not None:
            self.link(number, path)

    def link(self, number, path):
        """Put an object under the last of `path`, from the region down."""
        for table in ("MUN_HIERARCHY", "ADM_HIERARCHY"):
            self.add(
                table,
                OBJECTID=number,
                PARENTOBJID=path[-1] if path else 0,
                PATH=".".join(str(i) for i in (*path, number)),
                STARTDATE="2015-01-01",
                ENDDATE=FOREVER,
                ISACTIVE=1,
            )

    def param(self, table, number, kind, value, until=FOREVER):
        row = {"OBJECTID": number, "TYPEID": kind, "VALUE": value, "ENDDATE": until}
        self.add(f"{table}_PARAMS", STARTDATE="2015-01-01", **row)

    def xml(self, table):
        root, tag = TABLES[table]
        lines = [
            f"<{tag} "
            + " ".join(f"{k}={quoteattr(str(v))}" for k, v in row.items())
            + " />"
            for row in self.rows[table]
        ]
        head = '\ufeff<?xml version="1.0" encoding="utf-8"?>'
        return f"{head}<{root}>{''.join(lines)}</{root}>".encode()

    def content(self, change=None):
        """Bytes of the zip.

        :param change: function (table, XML bytes) → bytes, or None to leave it out
        """
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
            for table in TABLES:
                data = self.xml(table)
                data = change(table, data) if change else data
                if data is not None:
                    name = f"AS_{table}_{self.date}_{guid(table)}.XML"
                    pack.writestr(f"{self.region}/{name}", data)
            day = self.date
            pack.writestr("version.txt", f"{day[:4]}.{day[4:6]}.{day[6:]}\nv.1")
        return target.getvalue()


def small_region(houses=3):
    """A region of two towns: three streets and some houses, one more elsewhere."""
    archive = GarArchive()
    city = (REGION, DISTRICT, CITY)
    archive.place(REGION, 1, "Лесной", "край", ())
    archive.place(DISTRICT, 3, "город Липовск", "г.о.", (REGION,))
    archive.place(CITY, 5, "Липовск", "г", (REGION, DISTRICT))
    archive.place(OTHER, 3, "Дальний", "м.р-н", (REGION,))
    archive.place(OTHER_CITY, 5, "Дальнегорье", "г", (REGION, OTHER))
    archive.place(LIME, 8, "Липовая", "ул", city)
    archive.former(LIME, 8, "Ильича", "ул", "1992-06-01")
    archive.place(OAK, 8, "Дубовый", "пер", city)
    archive.place(ELM, 8, "Вязовая", "ул", (REGION, OTHER, OTHER_CITY))
    archive.param("ADDR_OBJ", LIME, 7, "97701000001")
    for i in range(houses):
        number = FIRST_HOUSE + i
        archive.house(number, str(i + 1), (*city, LIME))
        archive.param("HOUSES", number, 5, 656001)
        archive.param("HOUSES", number, 5, 600000, until="2020-01-01")
        archive.param("HOUSES", number, 7, "97701000001")
    archive.house(97_900, "1", (REGION, OTHER, OTHER_CITY, ELM))
    return archive
