# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what a table would change in a classifier; nothing is written here."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from odoo import models

from odoo.addons.gorod24_address.tabular import ImportPlan

from ..editions import (
    Entry,
    check_national,
    check_tree,
    own_number,
    parent_code,
    read_code,
    split_codes,
    split_names,
)
from .gorod24_classifier_columns import BadCell, plain_lines
from .gorod24_classifier_rows import NAMELESS

POS_DEPTH = 3


@dataclass
class ImportOptions:
    """How a table is taken.

    kind: of the classifier; vals: of a classifier to be made (None: `self` is filled);
    targets: {kind: edition to whose codes the map columns refer}.
    """

    kind: str
    vals: dict = None
    create_parents: bool = False
    archive_missing: bool = False
    mapping_only: bool = False
    targets: dict = field(default_factory=dict)


@dataclass
class Node:
    """A node as the database holds it. `maps`: {kind: set of category ids}."""

    category: Any
    key: str
    parent: str
    maps: dict


@dataclass
class NodeChanges:
    """What is to be written. Keys are codes; `maps`: {key: {kind: (new, old ids)}}."""

    options: ImportOptions
    create: list = field(default_factory=list)
    update: dict = field(default_factory=dict)
    move: dict = field(default_factory=dict)
    maps: dict = field(default_factory=dict)
    archive: list = field(default_factory=list)
    ids: dict = field(default_factory=dict)


class Gorod24Classifier(models.Model):
    _inherit = "gorod24.classifier"

    def _plan_import(self, rows, options):
        """What the rows of a table would change in this classifier.

        :param rows: list of `tabular.Row` with values keyed by the names of our specs
        :param options: :class:`ImportOptions`; `self` may be empty for a new edition
        :return: `tabular.ImportPlan` whose data is :class:`NodeChanges`
        """
        plan = ImportPlan()
        nodes = self._read_nodes(options)
        entries, shadows = self._read_entries(rows, options, nodes, plan)
        entries = self._check_entries(entries, shadows, options, nodes, plan)
        changes = NodeChanges(options)
        changes.ids = {key: node.category.id for key, node in nodes.items()}
        self._plan_entries(entries, nodes, changes, plan)
        self._plan_missing(rows, entries, shadows, nodes, changes, plan)
        plan.data = changes
        return plan

    def _read_nodes(self, options):
        """{key: Node} of all nodes of this classifier, archived ones included."""
        categories = (
            self.env["helpdesk.ticket.category"]
            .with_context(active_test=False)
            .search([("classifier_id", "in", self.ids)], order="parent_path")
        )
        key_of, nodes = {}, {}
        for category in categories:
            parent = key_of.get(category.parent_id.id, "")
            name = category.name or ""
            key = category.code or f"{parent}{NAMELESS}{name.lower()}"
            key_of[category.id] = key
            maps = {
                kind: set(
                    category.maps_to_ids.filtered(
                        lambda c, edition=edition: c.classifier_id == edition
                    ).ids
                )
                for kind, edition in options.targets.items()
            }
            nodes[key] = Node(category, key, parent, maps)
        return nodes

    # CHECKS

    def _check_entries(self, entries, shadows, options, nodes, plan):
        """Entries fit to be planned; what is wrong with the others is in the plan."""
        if options.mapping_only:
            return self._check_known(entries, nodes, plan)
        if options.kind == "national":
            checked = check_national(entries, nodes, shadows)
            self._handle_missing_parents(checked, options, plan)
        else:
            known = {key: node.parent for key, node in nodes.items()}
            max_depth = POS_DEPTH if options.kind == "pos" else 0
            checked = check_tree(entries, known, shadows, max_depth)
        for row, column, value, error, values in checked.troubles:
            shown = value.split(NAMELESS)[-1]
            sentence = self._explain_trouble(error, values)
            plan.problems.append(self._make_problem(row, column, shown, sentence))
        plan.notes += [self._explain_remark(*remark) for remark in checked.remarks]
        good = []
        for entry in checked.entries:
            if entry.name or entry.code in nodes:
                good.append(entry)
            else:
                sentence = self.env._("A new node needs a name.")
                plan.problems.append(
                    self._make_problem(entry.row, "name", "", sentence)
                )
        return good

    def _check_known(self, entries, nodes, plan):
        """A table of the mapping changes known nodes only."""
        good, seen = [], {}
        for entry in entries:
            sentence = ""
            if entry.code not in nodes:
                sentence = self.env._("The classifier has no node with this code.")
            elif entry.code in seen:
                values = {"first": seen[entry.code], "code": entry.code}
                sentence = self._explain_trouble("double", values)
            if sentence:
                code = entry.code.split(NAMELESS)[-1]
                problem = self._make_problem(entry.row, "code", code, sentence)
                plan.problems.append(problem)
            else:
                seen[entry.code] = entry.row
                entry.parent = nodes[entry.code].parent
                good.append(entry)
        return good

    def _handle_missing_parents(self, checked, options, plan):
        """Make the parents that the file lacks, or report each of them once."""
        for code, numbers in sorted(checked.missing.items()):
            if options.create_parents:
                name = self.env._("Without a name (%(code)s)", code=code)
                entry = Entry(0, code, name, parent_code(code), {})
                checked.entries.append(entry)
            else:
                sentence = self._explain_missing(code, numbers)
                written = next(e for e in checked.entries if e.row == numbers[0]).code
                problem = self._make_problem(numbers[0], "code", written, sentence)
                plan.problems.append(problem)
        if options.create_parents and checked.missing:
            names = ", ".join(sorted(checked.missing)[:10])
            plan.notes.append(
                self.env._(
                    "Nodes made because the file lacks them: %(count)s (%(codes)s)."
                    " Give them names afterwards.",
                    count=len(checked.missing),
                    codes=names,
                )
            )

    # ENTRIES → CHANGES

    def _plan_entries(self, entries, nodes, changes, plan):
        """Compare every entry with the database."""
        options = changes.options
        specs = [s for s in self._get_specs(options.kind) if s.field or s.kind == "map"]
        if options.mapping_only:
            specs = [spec for spec in specs if spec.kind == "map"]
        targets = self._read_targets(options)
        groups = {entry.parent for entry in entries}
        groups.update(node.parent for node in nodes.values())
        done = defaultdict(int)
        for place, entry in enumerate(entries, start=1):
            values, maps = self._read_values(entry, specs, targets, plan)
            node = nodes.get(entry.code)
            self._check_season_pair(entry, node, values, plan)
            if node:
                kind = self._plan_known(entry, node, values, maps, changes, done)
            else:
                vals = self._prepare_node_vals(entry, place, groups, options)
                changes.create.append((entry.code, entry.parent, {**vals, **values}))
                changes.maps[entry.code] = {k: (ids, set()) for k, ids in maps.items()}
                kind = "created"
            setattr(plan, kind, getattr(plan, kind) + 1)
        self._note_changes(done, plan)

    def _read_values(self, entry, specs, targets, plan):
        """({field: value}, {kind: set of ids}) of the cells that the row has."""
        values, maps = {}, {}
        if entry.name:
            values["name"] = entry.name
        for spec in specs:
            if spec.name not in entry.values or spec.name == "name":
                continue
            text = entry.values[spec.name]
            try:
                if spec.kind == "map":
                    maps[spec.name] = self._read_map(spec, text, targets)
                    continue
                value = self._read_cell(spec, text)
            except BadCell as error:
                problem = self._make_problem(entry.row, spec.name, text, str(error))
                plan.problems.append(problem)
                continue
            if value is not None:
                values[spec.field] = value
        return values, maps

    def _check_season_pair(self, entry, node, values, plan):
        """A season has a first and a last day, or there is none."""
        if "season_from" not in values and "season_to" not in values:
            return
        first, last = (
            values.get(name, node and node.category[name])
            for name in ("season_from", "season_to")
        )
        if bool(first) != bool(last):
            sentence = self.env._("Give both days of the season, or neither.")
            column = "season_to" if first else "season_from"
            plan.problems.append(self._make_problem(entry.row, column, "", sentence))

    def _read_targets(self, options):
        """{kind: {code: category id}} of the editions to which the codes refer."""
        result = {}
        for kind, edition in options.targets.items():
            rows = self.env["helpdesk.ticket.category"].search_read(
                [("classifier_id", "=", edition.id), ("code", "!=", False)], ["code"]
            )
            result[kind] = {row["code"]: row["id"] for row in rows}
        return result

    def _read_map(self, spec, text, targets):
        """Ids of the nodes whose codes stand in the cell."""
        known = targets.get(spec.name)
        found = set()
        national = spec.name == "national"
        for written in split_codes(text) if national else split_names(text):
            if known is None:
                raise BadCell(self.env._("There is no classifier of this kind yet."))
            code = written
            if national:
                answer = read_code(written)
                if answer.error:
                    raise BadCell(self._explain_code(answer))
                code = answer.code
            if code not in known:
                raise BadCell(
                    self.env._(
                        "The edition the codes refer to has no code %(code)s.",
                        code=code,
                    )
                )
            found.add(known[code])
        return found

    def _prepare_node_vals(self, entry, place, groups, options):
        """Values of a new node before its own cells are put in."""
        leaf = entry.code not in groups
        national = options.kind == "national"
        return {
            "code": False if NAMELESS in entry.code else entry.code,
            "name": entry.name,
            "is_topic": leaf and options.kind == "local",
            "sequence": own_number(entry.code) if national else place * 10,
            "company_id": False,
            "show_in_portal": False,
        }

    def _plan_known(self, entry, node, values, maps, changes, done):
        """Add what differs; "updated" or "unchanged"."""
        category = node.category
        different = {
            name: value
            for name, value in values.items()
            if not _equal(category._fields[name], category[name], value)
        }
        if changes.options.archive_missing and "active" not in values:
            if not category.active:
                different["active"] = True
        links = {k: (ids, node.maps[k]) for k, ids in maps.items()}
        links = {k: pair for k, pair in links.items() if pair[0] != pair[1]}
        if different:
            changes.update[entry.code] = different
        if links:
            changes.maps[entry.code] = links
        if entry.parent != node.parent:
            changes.move[entry.code] = entry.parent
            done["moved"] += 1
        for name in different:
            done[name] += 1
        done["maps"] += bool(links)
        changed = different or links or entry.parent != node.parent
        return "updated" if changed else "unchanged"

    def _plan_missing(self, rows, entries, shadows, nodes, changes, plan):
        """Nodes that the file does not name: archived on demand, else only told."""
        if changes.options.mapping_only or not rows:
            return
        named = {entry.code for entry in entries} | shadows
        for entry in entries:  # what stands above them stays too
            above = entry.parent
            while above in nodes and above not in named:
                named.add(above)
                above = nodes[above].parent
        missing = [
            node
            for key, node in nodes.items()
            if key not in named and node.category.active
        ]
        if changes.options.archive_missing:
            changes.archive = [node.category.id for node in missing]
            plan.archived = len(missing)
        elif missing:
            plan.notes.append(self._explain_left(missing))


def _equal(field_object, old, new):
    """Whether a value of the database says the same as one read from a cell."""
    if field_object.type == "many2one":
        return (old.id or False) == new
    if field_object.name == "synonyms":
        return plain_lines(old or "") == plain_lines(new or "")
    if field_object.type == "text":
        return (old or "").replace("\r\n", "\n").strip() == (new or "")
    if field_object.type == "char":
        return " ".join((old or "").split()) == (new or "")
    return old == new
