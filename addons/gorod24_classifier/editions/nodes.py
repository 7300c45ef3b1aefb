# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of a file as a tree: doubles, unknown parents, loops, shared sub-questions."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from . import codes


class Trouble(NamedTuple):
    """What is wrong with one row. `error` is a code, `values` go into its sentence."""

    row: int
    column: str
    value: str
    error: str
    values: dict


@dataclass
class Entry:
    """One row of the file: a node with its code, its parent's code and its cells."""

    row: int
    code: str
    name: str = ""
    parent: str = ""
    values: dict = field(default_factory=dict)


@dataclass
class Checked:
    """What came out: good entries in order, troubles, remarks, missing parents.

    `missing` holds for each missing parent the rows that need it.
    """

    entries: list
    troubles: list
    remarks: list
    missing: dict


def _drop_doubles(entries, troubles):
    """Entries with a code met for the first time; the others become troubles."""
    first, result = {}, []
    for entry in entries:
        if entry.code in first:
            values = {"first": first[entry.code], "code": entry.code}
            troubles.append(Trouble(entry.row, "code", entry.code, "double", values))
        else:
            first[entry.code] = entry.row
            result.append(entry)
    return result


def check_national(entries, known=(), shadows=()):
    """Check rows of the national classifier; their parents follow from the codes.

    :param entries: rows with good codes
    :param known: codes that the classifier already has
    :param shadows: codes guessed for refused rows: their children are not to blame
    """
    troubles, remarks = [], []
    entries = _drop_doubles(entries, troubles)
    present = {entry.code for entry in entries} | set(known) | set(shadows)
    missing = defaultdict(list)
    for entry in entries:
        above = codes.parent_code(entry.code)
        if entry.parent and entry.parent != above:
            values = {"code": entry.code, "expected": above}
            troubles.append(
                Trouble(entry.row, "parent", entry.parent, "other_parent", values)
            )
        entry.parent = above
        for code in codes.path_codes(entry.code)[:-1]:
            if code not in present:
                missing[code].append(entry.row)
    remarks += _fill_shared_names(entries)
    remarks += _find_repeated_numbers(entries)
    entries.sort(key=lambda entry: codes.sort_key(entry.code))
    return Checked(entries, troubles, remarks, dict(missing))


def _fill_shared_names(entries):
    """Give nameless sub-questions the name they have elsewhere; report discord."""
    names = defaultdict(dict)
    for entry in entries:
        if codes.depth(entry.code) == 5 and entry.name:
            names[codes.own_number(entry.code)].setdefault(entry.name, entry.row)
    filled = 0
    for entry in entries:
        if codes.depth(entry.code) == 5 and not entry.name:
            known = names.get(codes.own_number(entry.code))
            if known:
                entry.name = next(iter(known))
                filled += 1
    remarks = [("shared_filled", {"count": filled})] if filled else []
    for number, found in sorted(names.items()):
        if len(found) > 1:
            (one, row), (other, other_row) = list(found.items())[:2]
            values = {"number": f"{number:04d}", "one": one, "other": other}
            values.update(row=row, other_row=other_row)
            remarks.append(("shared_differs", values))
    return remarks


def _find_repeated_numbers(entries):
    """Numbers run over the whole level: the same one under two parents is suspect."""
    seen, remarks = {}, []
    for entry in entries:
        level = codes.depth(entry.code)
        if level not in (2, 3, 4):
            continue
        key = (level, codes.own_number(entry.code))
        other = seen.setdefault(key, entry)
        if other is not entry:
            values = {"row": entry.row, "code": entry.code, "other": other.code}
            values["other_row"] = other.row
            remarks.append(("number_twice", values))
    return remarks


def check_tree(entries, known, shadows=(), max_depth=0):
    """Check rows of a classifier whose parents are named in a column.

    :param known: {code: parent code} of the nodes that the classifier already has
    :param max_depth: deepest level allowed, 0 for any
    """
    troubles = []
    entries = _drop_doubles(entries, troubles)
    parents = dict(known) | {entry.code: entry.parent for entry in entries}
    good = []
    for entry in entries:
        if entry.parent and entry.parent not in parents:
            if entry.parent not in shadows:
                values = {"parent": entry.parent}
                troubles.append(
                    Trouble(entry.row, "parent", entry.parent, "no_parent", values)
                )
            continue
        level = _level(entry.code, parents)
        if not level:
            troubles.append(Trouble(entry.row, "parent", entry.parent, "loop", {}))
        elif max_depth and level > max_depth:
            values = {"depth": max_depth}
            troubles.append(
                Trouble(entry.row, "parent", entry.parent, "too_deep", values)
            )
        else:
            good.append(entry)
    return Checked(in_tree_order(good), troubles, [], {})


def _level(code, parents):
    """1 for a root; 0 when the way up runs in a circle."""
    level, seen = 0, set()
    while code:
        if code in seen:
            return 0
        seen.add(code)
        level += 1
        code = parents.get(code, "")
    return level


def in_tree_order(entries):
    """Entries with every parent before its children, else in the order of the file."""
    codes_of_file = {entry.code for entry in entries}
    below = defaultdict(list)
    for entry in entries:
        inside = entry.parent in codes_of_file and entry.parent != entry.code
        below[entry.parent if inside else ""].append(entry)
    result, stack = [], below.pop("", [])[::-1]
    while stack:
        entry = stack.pop()
        result.append(entry)
        stack += below.pop(entry.code, [])[::-1]
    return result
