# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: rows of a table as entries of a tree, each with its code."""

from odoo import models

from ..editions import Entry, read_code, unfold_levels

#: Parts the code of a parent from a name: the key of a node without a code.
NAMELESS = "\x1f"


class Gorod24Classifier(models.Model):
    _inherit = "gorod24.classifier"

    def _read_entries(self, rows, options, nodes, plan):
        """(entries with codes, codes guessed for the refused rows)."""
        if options.kind == "national":
            return self._read_national(rows, plan)
        levels = ("category", "subcategory", "fact")
        if options.kind == "pos" and any(row.values.get("category") for row in rows):
            return self._read_levels(rows, levels, nodes), set()
        entries = []
        for row in rows:
            values = row.values
            name = " ".join(values.get("name", "").split())
            code = " ".join(values.get("code", "").split())
            parent = " ".join(values.get("parent", "").split())
            if not code and not name:
                plan.refuse(row, "code", self.env._("The row has no code and no name."))
                continue
            key = code or f"{parent}{NAMELESS}{name.lower()}"
            if "parent" not in values:
                parent = nodes[key].parent if key in nodes else ""
            entries.append(Entry(row.number, key, name, parent, values))
        return entries, set()

    def _read_national(self, rows, plan):
        entries, shadows = [], set()
        for row in rows:
            code = read_code(row.values.get("code", ""))
            above = row.values.get("parent", "")
            parent = read_code(above) if above.strip() else None
            if code.error:
                plan.refuse(row, "code", self._explain_code(code))
                shadows.add(code.guess)
            elif parent and parent.error:
                plan.refuse(row, "parent", self._explain_code(parent))
                shadows.add(code.code)
            else:
                name = " ".join(row.values.get("name", "").split())
                above = parent.code if parent else ""
                entry = Entry(row.number, code.code, name, above, row.values)
                entries.append(entry)
        return entries, shadows - {""}

    def _read_levels(self, rows, levels, nodes):
        """Entries of a table that names category, subcategory and fact side by side."""
        paths = {}
        for key, node in nodes.items():  # parents come before their children
            paths[key] = (*paths.get(node.parent, ()), node.category.name)
        known = [(key, path) for key, path in paths.items()]
        return unfold_levels(
            (
                (
                    row.number,
                    [" ".join(row.values.get(level, "").split()) for level in levels],
                    row.values.get("code", "").strip(),
                    row.values,
                )
                for row in rows
            ),
            known,
        )
