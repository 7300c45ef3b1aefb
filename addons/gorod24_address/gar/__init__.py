# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The State Address Register (ГАР) as published: a zip of XML files.

Plain Python: nothing here knows Odoo or holds more than one chunk of a file.

* ``Archive(path)``: members by table and region, refuses what is no register;
* ``Reader(archive, member, handle, place)``: rows of a file, from a place on;
* ``AddressRows`` … ``ParamRows``: rows → lines for PostgreSQL's COPY;
* ``IdSet``: OBJECTIDs in few bytes; ``number_key``: key of a house number.
"""

from .archive import Archive, Member
from .errors import GarError
from .levels import CHOICE_LEVELS, our_level, our_type
from .numbers import (
    ADDITION_WORDS,
    HOUSE_WORDS,
    OTHER_TYPES,
    PRIVATE_TYPES,
    format_house,
    number_key,
    short_words,
)
from .reader import Place, Reader, read_rows
from .regions import REGIONS
from .rows import AddressRows, HouseRows, LinkRows, ParamRows
from .scope import IdSet
