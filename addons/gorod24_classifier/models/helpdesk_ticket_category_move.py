# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: moving a node in the tree, and taking the last move back."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

STEP = 10


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    def move_in_tree(self, parent_id, before_id=False):
        """Put this node under a parent, before one of its children.

        :param parent_id: the new parent; False for the top level
        :param before_id: the node that comes next; False for the end
        :return: {"message": sentence, "undo": argument of `undo_move`}
        """
        self.ensure_one()
        self.check_access("write")
        parent = self.browse(parent_id or []).exists()
        if parent_id and not parent:
            raise UserError(self.env._("The new place no longer exists. Reload."))
        (self | parent).lock_for_update()
        self._check_move(parent)
        undo = self._prepare_undo(parent)
        undo["adopted"] = self._adopt(parent)
        self._place(parent, self.browse(before_id or []))
        place = parent.name or self.env._("top level")
        return {
            "message": self.env._(
                "“%(node)s” moved to “%(place)s”.", node=self.name, place=place
            ),
            "undo": undo,
        }

    @api.model
    def undo_move(self, undo):
        """Take a move back, unless somebody has moved the node since."""
        node = self.browse(undo["id"]).exists()
        node.check_access("write")
        parent = self.browse(undo["parent_id"] or []).exists()
        if not node or (undo["parent_id"] and not parent):
            raise UserError(
                self.env._("It cannot be moved back: the old place is gone.")
            )
        (node | parent).lock_for_update()
        if (node.parent_id.id or False) != undo["moved_to"]:
            raise UserError(
                self.env._(
                    "“%(node)s” has been moved again since. Reload the tree.",
                    node=node.name,
                )
            )
        node._check_no_cycle(parent)
        self.browse(undo["adopted"]).exists().classifier_id = False
        node._place(parent, self.browse(undo["before_id"] or []).exists())
        return {
            "message": self.env._("“%(node)s” is back in its place.", node=node.name)
        }

    @api.readonly
    def get_move_targets(self, text="", limit=30):
        """Where this node may go: [{"id", "name", "code", "path"}], groups first."""
        self.ensure_one()
        tree = self._get_tree_classifier()
        domain = Domain("id", "not in", self.ids) & ~Domain("id", "child_of", self.ids)
        if tree:
            top = self.search(self._get_tree_top_domain(tree.id))
            home = top.filtered(lambda node: node._is_at_home())
            domain &= Domain("id", "child_of", home.ids)
        found = self._search_tree_words(domain, text).filtered("active")
        if not (text or "").strip():
            found = found.filtered(lambda node: not node.is_topic) or found
        ranked = found.sorted(lambda node: (node.is_topic, node._get_tree_order()))
        return [
            {
                "id": node.id,
                "name": node.name,
                "code": node.code or "",
                "path": node.parent_id.complete_name or "",
            }
            for node in ranked[:limit]
        ]

    def _get_tree_order(self):
        """Nodes sorted by this stand as in the tree."""
        ancestors = self.browse(self._get_ancestor_ids())
        return [(node.sequence, node.id) for node in ancestors]

    def _check_move(self, parent):
        """Refuse a move that would break the tree, with the reason."""
        self._check_no_cycle(parent)
        if self.active and parent and not parent.active:
            raise UserError(
                self.env._(
                    "“%(parent)s” is archived: nothing in use may be put into it.",
                    parent=parent.name,
                )
            )
        here = self._get_tree_classifier()
        there = parent._get_tree_classifier() if parent else self.classifier_id
        if here and here != there:
            raise UserError(
                self.env._(
                    "“%(node)s” stands in “%(here)s” and cannot be moved to"
                    " “%(there)s”: a topic of one classifier is linked to another"
                    " through “Counts as”.",
                    node=self.name,
                    here=here.name,
                    there=there.name or self.env._("Without classifier"),
                )
            )

    def _check_no_cycle(self, parent):
        if parent and self.id in parent._get_ancestor_ids():
            raise UserError(
                self.env._(
                    "“%(node)s” cannot be moved into itself or its own branch"
                    " (“%(parent)s”).",
                    node=self.name,
                    parent=parent.name,
                )
            )

    def _prepare_undo(self, parent):
        siblings = self._get_siblings(self.parent_id)
        after = siblings[siblings.ids.index(self.id) + 1 :][:1]
        return {
            "id": self.id,
            "parent_id": self.parent_id.id,
            "before_id": after.id,
            "moved_to": parent.id,
        }

    def _adopt(self, parent):
        """A branch without classifier joins that of its new place; ids changed."""
        if self.classifier_id or not parent.classifier_id:
            return []
        branch = self.with_context(active_test=False).search(
            Domain("id", "child_of", self.ids) & Domain("classifier_id", "=", False)
        )
        branch.classifier_id = parent.classifier_id
        return branch.ids

    def _get_siblings(self, parent):
        """The children of a parent, archived ones too; at the top, of the tree."""
        domain = Domain("parent_id", "=", parent.id)
        if not parent:
            domain &= Domain("classifier_id", "=", self.classifier_id.id)
        return self.with_context(active_test=False).search(domain)

    def _place(self, parent, before):
        """Write the parent and a sequence that puts the node before another one."""
        others = self._get_siblings(parent) - self
        at = others.ids.index(before.id) if before in others else len(others)
        values = {"sequence": self._find_sequence(others, at)}
        if self.parent_id != parent:
            values["parent_id"] = parent.id
        self.write(values)

    @api.model
    def _find_sequence(self, others, at):
        """A number between two neighbours; makes room when there is none."""
        if at == len(others):
            return others[-1:].sequence + STEP
        after = others[at].sequence
        previous = others[at - 1].sequence if at else after - 2 * STEP
        if after - previous < 2:
            for number, node in enumerate(others[at:], start=2):
                node.sequence = max(node.sequence, previous + number * STEP)
            return previous + STEP
        return (previous + after) // 2
