# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: writing the changes that a table brings, and the table of a classifier."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.gorod24_address.tabular import write_table

from .gorod24_classifier_plan import ImportOptions
from .gorod24_classifier_rows import NAMELESS


class Gorod24Classifier(models.Model):
    _inherit = "gorod24.classifier"

    def _apply_import(self, changes):
        """Write a plan without problems; all of it or, by the transaction, nothing.

        :param changes: `NodeChanges`
        :return: the classifier (made now when the plan is for a new edition)
        """
        classifier = self or self.create(changes.options.vals)
        ids = dict(changes.ids)
        classifier._create_nodes(changes.create, ids)
        categories = self.env["helpdesk.ticket.category"].with_context(
            active_test=False
        )
        for key, parent in changes.move.items():
            categories.browse(ids[key]).parent_id = ids.get(parent, False)
        for key, values in changes.update.items():
            categories.browse(ids[key])._write_imported(values)
        for key, links in changes.maps.items():
            commands = [
                command
                for new, old in links.values()
                for command in (
                    *(Command.unlink(i) for i in sorted(old - new)),
                    *(Command.link(i) for i in sorted(new - old)),
                )
            ]
            if commands:
                categories.browse(ids[key]).maps_to_ids = commands
        if changes.archive:
            categories.browse(changes.archive).write({"active": False})
        return classifier

    def _create_nodes(self, entries, ids):
        """Create the nodes level by level; `ids` gets the ids of the new ones."""
        self.ensure_one()
        Category = self.env["helpdesk.ticket.category"]
        more = {}
        if self.valid_from and "valid_from" in Category._fields:
            more["valid_from"] = self.valid_from
        while entries:
            ready = [entry for entry in entries if not entry[1] or entry[1] in ids]
            vals_list = [
                {
                    **more,
                    **vals,
                    "classifier_id": self.id,
                    "parent_id": ids.get(parent, False),
                }
                for _key, parent, vals in ready
            ]
            created = Category.create(vals_list)
            fresh = dict(zip((key for key, *_rest in ready), created.ids, strict=True))
            entries = [entry for entry in entries if entry[0] not in fresh]
            ids.update(fresh)
            if not ready:  # cannot be: the plan has checked the parents
                raise UserError(self.env._("The file names nodes without a parent."))

    # THE TABLE OF A CLASSIFIER

    def _export_table(self, file_format, archived=False, mapping_only=False):
        """Bytes of a file that the import takes back without changes.

        :param file_format: csv, xlsx or json
        :param archived: with the archived nodes
        """
        self.ensure_one()
        options = ImportOptions(self.kind, targets=self._get_map_targets(self.kind))
        nodes = self._read_nodes(options)
        self._check_nameless(nodes)
        specs = [spec for spec in self._get_specs(self.kind) if spec.kind != "level"]
        if mapping_only:
            kept = ("code", "name", "national", "pos")
            specs = [spec for spec in specs if spec.name in kept]
        chosen = [
            node
            for node in self._sort_nodes(nodes)
            if (archived or node.category.active)
            and (not mapping_only or self.kind != "local" or node.category.is_topic)
        ]
        codes = self._read_target_codes(chosen)
        rows = ([self._export_cell(s, node, codes) for s in specs] for node in chosen)
        titles = [s.name if file_format == "json" else s.label for s in specs]
        return write_table(titles, rows, file_format)

    def _get_map_targets(self, kind):
        """{kind: edition} to whose codes the map columns of such a classifier refer."""
        kinds = {"local": ("national", "pos"), "national": ("pos",)}
        targets = {other: self._get_working(other) for other in kinds.get(kind, ())}
        return {other: edition for other, edition in targets.items() if edition}

    def _sort_nodes(self, nodes):
        """Nodes as a tree is read: parents first, siblings in their order."""
        below = {}
        for key, node in nodes.items():
            below.setdefault(node.parent, []).append((key, node))
        result, stack = [], [("", None)]
        while stack:
            key, node = stack.pop()
            if node:
                result.append(node)
            rest = below.get(key, [])
            rest.sort(key=lambda pair: (pair[1].category.sequence, pair[1].category.id))
            stack += rest[::-1]
        return result

    def _check_nameless(self, nodes):
        """A group without a code cannot be named as the parent of its nodes."""
        groups = {node.parent for node in nodes.values() if NAMELESS in node.parent}
        if groups:
            names = [nodes[key].category.name for key in sorted(groups)]
            raise UserError(
                self.env._(
                    "These groups have no code, so a table cannot name them:"
                    " %(names)s. Give them codes and try again.",
                    names=", ".join(names[:10]),
                )
            )

    def _read_target_codes(self, nodes):
        ids = {i for node in nodes for found in node.maps.values() for i in found}
        categories = self.env["helpdesk.ticket.category"].browse(ids)
        return {category.id: category.code for category in categories}

    def _export_cell(self, spec, node, codes):
        """Text of one cell."""
        if spec.name == "code":
            return node.category.code
        if spec.name == "parent":
            return node.parent
        if spec.kind == "map":
            found = (codes[i] for i in node.maps.get(spec.name, ()))
            return "; ".join(sorted(code for code in found if code))
        return self._write_cell(spec, node.category[spec.field])
