# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain packages of the addon that lean on each other, without the addon (Odoo).

`from plain import gar, parsing` gives the packages with their neighbour `tabular`;
`archives` is the maker of small archives that the tests of the addon use too.
"""

import importlib
import importlib.util
import pathlib
import sys
import types

ADDON = pathlib.Path(__file__).resolve().parents[1]
NAME = "gorod24_address_plain"

if NAME not in sys.modules:
    package = types.ModuleType(NAME)
    package.__path__ = [str(ADDON)]
    sys.modules[NAME] = package

gar = importlib.import_module(f"{NAME}.gar")
parsing = importlib.import_module(f"{NAME}.parsing")
_place = importlib.util.spec_from_file_location(
    f"{NAME}.archives", ADDON / "tests" / "gar_archive.py"
)
archives = importlib.util.module_from_spec(_place)
_place.loader.exec_module(archives)
