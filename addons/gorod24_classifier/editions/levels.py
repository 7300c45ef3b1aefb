# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables that name the levels side by side: категория, подкатегория, факт."""

from .nodes import Entry


def unfold_levels(rows, known=()):
    """Entries of a tree from rows that name every level of it.

    :param rows: iterable of (row number, (name, name, …), code of the last name or "",
        cells of the last name); empty names at the end make a shorter path
    :param known: iterable of (code, path of names) that the classifier already has
    :return: list of Entry; a code that is not given is the known one or a new one of
        the form 1, 1.2, 1.2.3
    """
    code_of = {path: code for code, path in known}
    taken = set(code_of.values())
    entries, implied = [], {}
    for number, names, code, values in rows:
        path = tuple(name.strip() for name in names if name.strip())
        for level in range(1, len(path) + 1):
            part, above = path[:level], code_of.get(path[: level - 1], "")
            named = level == len(path)
            if named and code:
                code_of[part] = code
            elif part not in code_of:
                code_of[part] = _next_code(above, taken)
            taken.add(code_of[part])
            if not named and part in implied:
                continue
            entry = Entry(number, code_of[part], part[-1], above)
            if named:
                entry.values = values
                if implied.get(part):  # met before only as a group of others
                    entries.remove(implied[part])
                implied[part] = None
            else:
                implied[part] = entry
            entries.append(entry)
    return entries


def _next_code(above, taken):
    number = 1
    while True:
        code = f"{above}.{number}" if above else str(number)
        if code not in taken:
            return code
        number += 1
