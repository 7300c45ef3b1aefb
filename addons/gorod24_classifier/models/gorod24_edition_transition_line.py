# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

STATUSES = [
    ("removed", "Removed"),
    ("moved", "Moved"),
    ("renamed", "Renamed"),
    ("added", "Added"),
    ("same", "Unchanged"),
]


class EditionTransitionLine(models.Model):
    """What became of one node between two editions."""

    _name = "gorod24.edition.transition.line"
    _description = "Change of a Node between Editions"
    _order = "old_code, new_code, id"

    transition_id = fields.Many2one(
        "gorod24.edition.transition", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="transition_id.state", string="State of the whole")
    new_edition_id = fields.Many2one(related="transition_id.new_id")
    status = fields.Selection(
        STATUSES, string="Change", required=True, readonly=True, index=True
    )
    old_category_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Old node",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    old_code = fields.Char(
        string="Old code", related="old_category_id.code", store=True
    )
    old_name = fields.Char(string="Old name", related="old_category_id.name")
    new_category_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Successor",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('classifier_id', '=', new_edition_id)]",
    )
    new_code = fields.Char(
        string="New code", related="new_category_id.code", store=True
    )
    new_name = fields.Char(string="New name", related="new_category_id.name")
    likeness = fields.Float(
        readonly=True, aggregator=None, help="Of the two names, 0…1."
    )
    is_accepted = fields.Boolean(
        string="Accept", help="The new node takes the place of the old one."
    )
    is_by_hand = fields.Boolean(string="Decided by hand", readonly=True)
    topic_count = fields.Integer(
        string="Topics that count here", compute="_compute_topic_count"
    )
    is_applied = fields.Boolean(readonly=True)
    successor_before_id = fields.Many2one(
        "helpdesk.ticket.category", readonly=True, ondelete="set null"
    )
    added_topic_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "gorod24_edition_line_topic_rel",
        string="Topics given the new code",
        readonly=True,
    )
    added_target_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "gorod24_edition_line_target_rel",
        string="Codes handed on to the new node",
        readonly=True,
    )

    @api.depends("old_category_id")
    def _compute_topic_count(self):
        rows = self.env["helpdesk.ticket.category"]._read_group(
            [("maps_to_ids", "in", self.old_category_id.ids)],
            ["maps_to_ids"],
            ["__count"],
        )
        counts = {category.id: count for category, count in rows}
        for line in self:
            line.topic_count = counts.get(line.old_category_id.id, 0)

    def write(self, vals):
        """A decision changed by a person is remembered, and shut once applied."""
        if {"new_category_id", "is_accepted"} & set(vals):
            if any(line.transition_id.state == "applied" for line in self):
                raise UserError(
                    self.env._(
                        "The transition has been applied: take it back to change it."
                    )
                )
            vals = {**vals, "is_by_hand": True}
            if vals.get("new_category_id"):
                vals.setdefault("is_accepted", True)
        return super().write(vals)

    def _apply(self):
        """Give the old nodes their successors and hand the codes on."""
        Category = self.env["helpdesk.ticket.category"].with_context(active_test=False)
        users = {}
        for user in Category.search([("maps_to_ids", "in", self.old_category_id.ids)]):
            for target in user.maps_to_ids:
                users.setdefault(target.id, Category)
                users[target.id] |= user
        for line in self:
            old, new = line.old_category_id, line.new_category_id
            topics = users.get(old.id, Category).filtered(
                lambda c, new=new: new not in c.maps_to_ids
            )
            topics.maps_to_ids = [Command.link(new.id)]
            targets = Category if new.maps_to_ids else old.maps_to_ids
            if targets:
                new.maps_to_ids = [Command.link(i) for i in targets.ids]
            super(EditionTransitionLine, line).write(
                {
                    "successor_before_id": old.replaced_by_id.id,
                    "added_topic_ids": [Command.set(topics.ids)],
                    "added_target_ids": [Command.set(targets.ids)],
                    "is_applied": True,
                }
            )
            old.replaced_by_id = new

    def _undo(self):
        """Take back what `_apply` wrote and nobody has changed since."""
        for line in self:
            old, new = line.old_category_id, line.new_category_id
            if old.replaced_by_id == new:
                old.replaced_by_id = line.successor_before_id
            line.added_topic_ids.maps_to_ids = [Command.unlink(new.id)]
            new.maps_to_ids = [Command.unlink(i) for i in line.added_target_ids.ids]
        super().write(
            {
                "is_applied": False,
                "added_topic_ids": [Command.clear()],
                "added_target_ids": [Command.clear()],
            }
        )
