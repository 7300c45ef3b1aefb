# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Classifiers as tables: codes and their traps, trees of rows, editions compared.

Plain Python: no Odoo, no wording for users. What is wrong comes back as a short
error code with its values; the models turn it into a sentence.
"""

from .cells import read_flag, read_season, split_codes, split_names
from .codes import (
    ReadCode,
    depth,
    own_number,
    parent_code,
    path_codes,
    read_code,
    sort_key,
)
from .diff import Change, Item, compare
from .levels import unfold_levels
from .likeness import NameIndex, likeness
from .nodes import Entry, Trouble, check_national, check_tree, in_tree_order
