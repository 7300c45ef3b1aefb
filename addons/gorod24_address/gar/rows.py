# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Attributes of one XML row → a row for PostgreSQL's COPY, or nothing.

A row is text already: values divided by tabs, a newline at its end. Each class is
one file of the register; `refused` counts what could not be read.
"""

from ..parsing import format_name, street_key, street_type
from .levels import our_level, our_type
from .numbers import format_house, number_key

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " ", "\0": " "})
NULL = "\\N"
MAX_ID = 2**31 - 1


def copy_row(*values):
    """A line for COPY; None becomes NULL."""
    return (
        "\t".join(
            NULL if value is None else str(value).translate(_ESCAPES)
            for value in values
        )
        + "\n"
    )


def _known(text):
    """A day, or None for the days that mean “always” in the register."""
    text = (text or "")[:10]
    return None if not text or text <= "1900-01-01" or text >= "2079" else text


class _Rows:
    """Collects lines; `take()` hands them over and forgets them."""

    table = ""
    columns = ()

    def __init__(self, today, region=""):
        self.today = today
        self.region = region
        self.lines = []
        self.refused = []

    def take(self):
        lines, self.lines = self.lines, []
        return lines

    def refuse(self, reason, row):
        """Keep a row that cannot be imported, to be reported."""
        name = row.get("NAME") or row.get("HOUSENUM") or row.get("OBJECTID", "")
        self.refused.append((reason, row.get("OBJECTGUID", "")[:36], name[:80]))

    def take_refused(self):
        refused, self.refused = self.refused, []
        return refused

    def is_current(self, row):
        """Whether a version is actual today."""
        return (
            row.get("ISACTUAL") == "1"
            and row.get("ISACTIVE") == "1"
            and (row.get("STARTDATE") or "")[:10] <= self.today
            and (row.get("ENDDATE") or "9999")[:10] > self.today
        )

    def read_ids(self, row):
        """(OBJECTID, OBJECTGUID, ID) as checked text, or None with a refusal."""
        number, guid = row.get("OBJECTID", ""), row.get("OBJECTGUID", "").lower()
        version = row.get("ID", "")
        if not number.isdecimal() or int(number) > MAX_ID:
            self.refuse("bad_id", row)
        elif len(guid) != 36 or guid.count("-") != 4 or not guid.isascii():
            self.refuse("bad_guid", row)
        else:
            return number, guid, version if version.isdecimal() else "0"
        return None


class AddressRows(_Rows):
    """AS_ADDR_OBJ: all versions, for the earlier names."""

    table = "version"
    columns = (
        *("region", "objectid", "objectguid", "version", "current", "date_from"),
        *(
            "date_to",
            "level",
            "top",
            "type_name",
            "street_type",
            "name",
            "key",
            "label",
        ),
    )

    def __call__(self, row):
        ids = self.read_ids(row)
        if not ids:
            return
        name = " ".join((row.get("NAME") or "").split())
        written = row.get("TYPENAME") or ""
        level = our_level(row.get("LEVEL", ""), written)
        if not name or not level:
            self.refuse("no_name" if level else "bad_level", row)
            return
        kind = our_type(written, level)
        self.lines.append(
            copy_row(
                self.region,
                *ids,
                "t" if self.is_current(row) else "f",
                _known(row.get("STARTDATE")),
                _known(row.get("ENDDATE")),
                level,
                "t" if row["LEVEL"] == "1" else "f",
                kind,
                street_type(kind),
                name,
                street_key(name),
                format_name(kind, name),
            )
        )


class HouseRows(_Rows):
    """AS_HOUSES: versions of the houses whose OBJECTID is wanted."""

    table = "house"
    columns = (
        *("region", "objectid", "objectguid", "version", "current", "date_from"),
        *("date_to", "house", "key", "house_type"),
    )

    def __init__(self, today, region, wanted, words, additions):
        super().__init__(today, region)
        self.wanted = wanted
        self.words = words
        self.additions = additions

    def __call__(self, row):
        get = row.get
        number = get("OBJECTID", "")
        if number.isdecimal() and int(number) not in self.wanted:
            return
        ids = self.read_ids(row)
        if not ids:
            return
        kind = get("HOUSETYPE", "")
        house = format_house(
            get("HOUSENUM"),
            self.words.get(kind, ""),
            get("ADDNUM1"),
            self.additions.get(get("ADDTYPE1", ""), ""),
            get("ADDNUM2"),
            self.additions.get(get("ADDTYPE2", ""), ""),
        )
        key = number_key(house) if house else ""
        current = self.is_current(row)
        if not key:
            if current:
                self.refuse("no_number", row)
            return
        self.lines.append(
            copy_row(
                self.region,
                *ids,
                "t" if current else "f",
                _known(get("STARTDATE")),
                _known(get("ENDDATE")),
                house,
                key,
                kind if kind.isdecimal() else "0",
            )
        )


class LinkRows(_Rows):
    """A hierarchy: who stands in whom, only below address objects and in scope.

    :param parents: IdSet of address objects
    :param chosen: OBJECTIDs (text) of the chosen places; empty: everything
    :param known: IdSet of what our directory holds (for archives of changes)
    """

    table = "link"
    columns = ("objectid", "parentid", "version", "inside")

    def __init__(self, today, region, parents, chosen, known=()):
        super().__init__(today, region)
        self.parents = parents
        self.chosen = frozenset(chosen)
        self.known = known
        self.flats = []

    def __call__(self, row):
        if row.get("ISACTIVE") != "1" or row.get("ENDDATE", "9") <= self.today:
            return
        number, parent = row.get("OBJECTID", ""), row.get("PARENTOBJID", "") or "0"
        if not number.isdecimal() or not parent.isdecimal() or int(number) > MAX_ID:
            self.refuse("bad_id", row)
            return
        is_address = int(number) in self.parents
        path = row.get("PATH")
        inside = (
            not path or not self.chosen or not self.chosen.isdisjoint(path.split("."))
        )
        if not (is_address or inside or int(number) in self.known):
            return
        if is_address or int(parent) in self.parents:
            version = row.get("ID", "0")
            version = version if version.isdecimal() else "0"
            mark = "t" if inside else "f"
            self.lines.append(f"{number}\t{parent}\t{version}\t{mark}\n")
        else:
            self.flats.append(f"{parent}\n")

    def take_flats(self):
        """Parents of what stands in no address object: flats of houses."""
        flats, self.flats = self.flats, []
        return flats


class ParamRows(_Rows):
    """*_PARAMS: postal codes and OKTMO of the wanted objects."""

    table = "param"
    columns = ("objectid", "type", "value", "version")

    def __init__(self, today, wanted, types):
        super().__init__(today)
        self.wanted = wanted
        self.types = types

    def __call__(self, row):
        kind = self.types.get(row.get("TYPEID"))
        if kind is None or row.get("ENDDATE", "9") <= self.today:
            return
        number = row.get("OBJECTID", "")
        if not number.isdecimal() or int(number) not in self.wanted:
            return
        value = (row.get("VALUE") or "").strip()
        if value.isdecimal() and value.strip("0") and len(value) <= 11:
            version = row.get("ID", "0")
            version = version if version.isdecimal() else "0"
            self.lines.append(f"{number}\t{kind}\t{value}\t{version}\n")
