# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two editions side by side: what stayed, was renamed, moved, taken out, added."""

from collections import defaultdict
from typing import NamedTuple

from .likeness import NameIndex, likeness

#: Below this a node with the same code is taken for another one.
RENAMED = 0.3
#: From here on another name is offered as the successor of a node that went.
OFFERED = 0.45
#: From here on the offer is so good that it is ticked.
SURE = 0.75


class Item(NamedTuple):
    """A node as the comparison sees it. `parent` is its code, "" at the top."""

    code: str
    name: str
    parent: str
    depth: int


class Change(NamedTuple):
    """`status`: same, renamed, moved, removed, added. A removed node may carry the
    successor that its name suggests; `likeness` (0…1) tells how sure that is.
    """

    status: str
    old: str
    new: str
    likeness: float


def compare(old_items, new_items):
    """List of Change in the order of the old edition, then the added nodes.

    The code decides first; then the same name at the same level below the same parent,
    then the same name anywhere at that level if it is the only one, then likeness.
    """
    old = {item.code: item for item in old_items}
    new = {item.code: item for item in new_items}
    matcher = _Matcher(old, new)
    for item in sorted(old_items, key=lambda item: item.depth):
        matcher.match(item)
    matcher.offer_like_names()
    changes = [matcher.found[item.code] for item in old_items]
    taken = {change.new for change in changes if change.status != "removed"}
    changes += [
        Change("added", "", item.code, 0.0)
        for item in new_items
        if item.code not in taken
    ]
    return changes


class _Matcher:
    """The successors found so far."""

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.found = {}
        self.left = []
        self.by_place = {}
        self.by_name = defaultdict(list)
        for item in new.values():
            self.by_place.setdefault((item.parent, _plain(item.name)), item)
            self.by_name[item.depth, _plain(item.name)].append(item)

    def match(self, item):
        """By code, then by name; what stays open waits for likeness."""
        same = self.new.get(item.code)
        if same:
            score = likeness(item.name, same.name)
            if _plain(item.name) == _plain(same.name):
                status = "same" if self._same_place(item, same) else "moved"
                return self._keep(status, item, same, 1.0)
            if score >= RENAMED and not self._find_by_name(item):
                return self._keep("renamed", item, same, score)
        other = self._find_by_name(item)
        if other and self._is_free(other):
            return self._keep("moved", item, other, 1.0)
        if same:
            return self._keep("renamed", item, same, likeness(item.name, same.name))
        self.left.append(item)

    def _keep(self, status, item, other, score):
        self.found[item.code] = Change(status, item.code, other.code, round(score, 2))

    def _same_place(self, item, other):
        above = self.found.get(item.parent)
        expected = above.new if above else item.parent
        return other.parent in (item.parent, expected)

    def _is_free(self, other):
        """Not the node that keeps its own code and name through both editions."""
        before = self.old.get(other.code)
        return not before or _plain(before.name) != _plain(other.name)

    def _find_by_name(self, item):
        above = self.found.get(item.parent)
        name = _plain(item.name)
        near = self.by_place.get((above.new if above else item.parent, name))
        if near and near.depth == item.depth:
            return near
        alike = self.by_name[item.depth, name]
        return alike[0] if len(alike) == 1 else None

    def offer_like_names(self):
        """Mark the nodes that went, with the likest new name as an offer."""
        indexes = defaultdict(list)
        for item in self.new.values():
            if item.code not in self.old:
                indexes[item.depth].append((item.code, item.name))
        indexes = {level: NameIndex(names) for level, names in indexes.items()}
        for item in self.left:
            index = indexes.get(item.depth)
            best = index.nearest(item.name, 1, OFFERED) if index else []
            code, score = best[0] if best else ("", 0.0)
            self.found[item.code] = Change("removed", item.code, code, round(score, 2))


def _plain(name):
    return " ".join((name or "").lower().replace("ё", "е").split())
