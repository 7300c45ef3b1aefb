# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What differs between a database before an upgrade and after. No server needed."""

import json


def differences(before, after, names):
    """Compare the rows of one table.

    :param before: {key: {column: value}} of the old database
    :param after: the same of the new one
    :param names: {key: xml id} of the rows a data file has made
    :return: list of (kind, key, xml id or "", column, old, new); kind is "lost",
        "changed" or "column": a column of the old database that is gone
    """
    found = []
    columns = set(next(iter(after.values()), {}))
    gone = set()
    for key, row in before.items():
        name = names.get(key, "")
        if key not in after:
            found.append(("lost", key, name, "", json.dumps(row), ""))
            continue
        new = after[key]
        for column, value in row.items():
            if column not in columns:
                if value is not None:
                    gone.add(column)
            elif new[column] != value:
                found.append(("changed", key, name, column, value, new[column]))
    found += [("column", "", "", column, "", "") for column in sorted(gone)]
    return found


def unexpected(table, found, expected):
    """Leave out what is known to change, and why.

    :param expected: list of dicts table, kind, column (both may be missing: any),
        why, and `test`: a function of (old, new) that must agree
    """

    def known(kind, column, old, new):
        for rule in expected:
            if rule["table"] != table or rule.get("kind", kind) != kind:
                continue
            if rule.get("column", column) != column:
                continue
            if rule.get("test", lambda *_values: True)(old, new):
                return True
        return False

    return [one for one in found if not known(one[0], one[3], one[4], one[5])]
