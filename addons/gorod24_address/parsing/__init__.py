# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading of Russian addresses as people write and say them.

Plain Python: nothing here knows Odoo. The public names:

* ``parse(text)`` → :class:`ParsedAddress`, never raises on any text;
* ``readings(text)`` → all likely ways to read it, each with a score;
* ``parse_list(text)`` → streets with houses and ranges of a list or announcement;
* ``variants(text)`` → what was meant by Latin letters (wrong layout, by sound);
* ``house_key(text)``, ``street_key(text)`` → comparison keys;
* ``street_score(query, key)`` → 0…1, how well a typed street fits a stored one;
* ``StreetIndex(rows)`` → the streets of a directory, to be searched by such keys.
"""

from .address import ParsedAddress, Reading, parse, readings
from .houses import House, house_key, house_sort_key, read_house
from .index import StreetIndex
from .layout import variants
from .lists import ListItem, parse_list
from .match import same_street, street_score
from .ranges import Numbers
from .streets import format_name, street_key, street_type

__all__ = [
    "House",
    "ListItem",
    "Numbers",
    "ParsedAddress",
    "Reading",
    "StreetIndex",
    "format_name",
    "house_key",
    "house_sort_key",
    "parse",
    "parse_list",
    "read_house",
    "readings",
    "same_street",
    "street_key",
    "street_score",
    "street_type",
    "variants",
]
