# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..editions import Item, compare, depth, parent_code, read_code
from ..editions.diff import SURE
from .gorod24_edition_transition_line import STATUSES


class EditionTransition(models.Model):
    """Two editions of a classifier compared, and the step from one to the other.

    Comparing writes nothing but its lines. Applying gives the old nodes their
    successors, closes the old edition the day before the new one begins and lets what
    counted under an old code count under the new one too. It can be taken back.
    """

    _name = "gorod24.edition.transition"
    _description = "Transition to a New Edition"
    _order = "id desc"

    old_id = fields.Many2one(
        "gorod24.classifier",
        string="Old edition",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', 'in', ('national', 'pos'))]",
    )
    kind = fields.Selection(related="old_id.kind")
    new_id = fields.Many2one(
        "gorod24.classifier",
        string="New edition",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', kind), ('id', '!=', old_id)]",
    )
    date = fields.Date(
        string="Begins", related="new_id.valid_from", readonly=False, store=False
    )
    state = fields.Selection(
        [("draft", "New"), ("compared", "Compared"), ("applied", "Applied")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("gorod24.edition.transition.line", "transition_id")
    removed_line_ids = fields.One2many(
        "gorod24.edition.transition.line",
        "transition_id",
        string="Removed",
        domain=[("status", "=", "removed")],
    )
    moved_line_ids = fields.One2many(
        "gorod24.edition.transition.line",
        "transition_id",
        string="Moved",
        domain=[("status", "=", "moved")],
    )
    renamed_line_ids = fields.One2many(
        "gorod24.edition.transition.line",
        "transition_id",
        string="Renamed",
        domain=[("status", "=", "renamed")],
    )
    added_line_ids = fields.One2many(
        "gorod24.edition.transition.line",
        "transition_id",
        string="Added",
        domain=[("status", "=", "added")],
    )
    same_count = fields.Integer(string="Unchanged", compute="_compute_counts")
    renamed_count = fields.Integer(string="Renamed nodes", compute="_compute_counts")
    moved_count = fields.Integer(string="Moved nodes", compute="_compute_counts")
    removed_count = fields.Integer(string="Removed nodes", compute="_compute_counts")
    added_count = fields.Integer(string="Added nodes", compute="_compute_counts")
    unmapped_count = fields.Integer(
        string="Topics left without a code", compute="_compute_unmapped_count"
    )
    old_valid_to = fields.Date(readonly=True, copy=False)
    old_previous_id = fields.Many2one(
        "gorod24.classifier", readonly=True, copy=False, ondelete="set null"
    )

    @api.depends("old_id", "new_id")
    def _compute_display_name(self):
        for transition in self:
            transition.display_name = self.env._(
                "%(old)s → %(new)s",
                old=transition.old_id.edition or transition.old_id.name or "",
                new=transition.new_id.edition or transition.new_id.name or "",
            )

    @api.depends("line_ids.status")
    def _compute_counts(self):
        rows = self.env["gorod24.edition.transition.line"]._read_group(
            [("transition_id", "in", self.ids)],
            ["transition_id", "status"],
            ["__count"],
        )
        counts = {(transition.id, status): n for transition, status, n in rows}
        for transition in self:
            for status, _label in STATUSES:
                name = f"{status}_count"
                transition[name] = counts.get((transition.id, status), 0)

    @api.depends("line_ids.new_category_id", "line_ids.is_accepted")
    def _compute_unmapped_count(self):
        for transition in self:
            transition.unmapped_count = len(transition._get_unmapped_topics())

    @api.constrains("old_id", "new_id")
    def _check_editions(self):
        for transition in self:
            if transition.old_id == transition.new_id:
                raise ValidationError(
                    self.env._("Choose two different editions to compare.")
                )
            if transition.old_id.kind != transition.new_id.kind:
                raise ValidationError(
                    self.env._("Only editions of the same classifier can be compared.")
                )
            if transition.old_id.kind == "local":
                raise ValidationError(
                    self.env._(
                        "The town's own classifier is changed in place: its topics"
                        " are archived with a successor."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        if any(transition.state == "applied" for transition in self):
            raise UserError(
                self.env._("Take the applied transition back before deleting it.")
            )

    # COMPARING

    def action_compare(self):
        """Compare the two editions anew; decisions made by hand are kept."""
        self.ensure_one()
        self._check_not_applied()
        decided = {
            line.old_category_id: line.new_category_id
            for line in self.line_ids.filtered("is_by_hand")
        }
        self.line_ids.unlink()
        old, new = self._read_items(self.old_id), self._read_items(self.new_id)
        changes = compare([item for item, _c in old], [item for item, _c in new])
        olds = {item.code: category for item, category in old}
        news = {item.code: category for item, category in new}
        Line = self.env["gorod24.edition.transition.line"]
        vals_list = []
        for change in changes:
            vals = self._prepare_line_vals(change, olds, news)
            category = olds.get(change.old)
            if category in decided:
                vals["new_category_id"] = decided[category].id
                vals["is_by_hand"] = True
                vals["is_accepted"] = bool(decided[category])
            vals_list.append(vals)
        Line.create(vals_list)
        self.state = "compared"
        return True

    def _read_items(self, edition):
        """[(Item, category)] of the nodes of an edition, parents first."""
        categories = self.env["helpdesk.ticket.category"].search(
            [("classifier_id", "=", edition.id), ("code", "!=", False)],
            order="parent_path",
        )
        codes = {category.id: category.code for category in categories}
        levels, result = {}, []
        for category in categories:
            above = codes.get(category.parent_id.id, "")
            level = levels[category.id] = levels.get(category.parent_id.id, 0) + 1
            if edition.kind == "national" and read_code(category.code).code:
                # the code says the place, even where nodes between are missing
                above, level = parent_code(category.code), depth(category.code)
            result.append((Item(category.code, category.name, above, level), category))
        return result

    def _prepare_line_vals(self, change, olds, news):
        old = olds.get(change.old, self.env["helpdesk.ticket.category"])
        new = news.get(change.new, self.env["helpdesk.ticket.category"])
        sure = change.status == "same" or change.likeness >= SURE
        return {
            "transition_id": self.id,
            "status": change.status,
            "old_category_id": old.id,
            "new_category_id": new.id,
            "likeness": change.likeness,
            # a code that stayed is trusted unless the name became another one
            "is_accepted": bool(old and new) and (sure or change.status == "renamed"),
        }

    def _check_not_applied(self):
        if self.state == "applied":
            raise UserError(self.env._("The transition has been applied already."))

    # APPLYING

    def action_apply(self):
        """Let the new edition take the place of the old one."""
        self.ensure_one()
        self._check_not_applied()
        if not self.line_ids:
            raise UserError(self.env._("Compare the editions first."))
        begins = self.new_id.valid_from
        if not begins:
            raise UserError(
                self.env._("Say from which day the new edition is in force.")
            )
        if self.old_id.valid_from and self.old_id.valid_from >= begins:
            raise UserError(self.env._("The new edition must begin after the old one."))
        self.old_valid_to = self.old_id.valid_to
        self.old_previous_id = self.new_id.previous_id
        last_day = fields.Date.subtract(begins, days=1)
        self.old_id.valid_to = last_day
        nodes = self.line_ids.old_category_id
        nodes.filtered(lambda c: not c.valid_to).valid_to = last_day
        self.new_id.previous_id = self.old_id
        accepted = self.line_ids.filtered(
            lambda line: (
                line.is_accepted and line.old_category_id and line.new_category_id
            )
        )
        accepted._apply()
        self.state = "applied"
        return True

    def action_undo(self):
        """Take the transition back: successors, codes added, the end of the old."""
        self.ensure_one()
        if self.state != "applied":
            raise UserError(self.env._("There is nothing to take back."))
        self.line_ids.filtered("is_applied")._undo()
        nodes = self.line_ids.old_category_id
        last_day = self.old_id.valid_to
        nodes.filtered(lambda c: c.valid_to == last_day).valid_to = False
        self.old_id.valid_to = self.old_valid_to
        self.new_id.previous_id = self.old_previous_id
        self.state = "compared"
        return True

    # WHAT IS LEFT TO DO BY HAND

    def _get_unmapped_topics(self):
        """Nodes that counted under the old edition and have nothing in the new one."""
        self.ensure_one()
        Category = self.env["helpdesk.ticket.category"]
        gone = self.line_ids.filtered(
            lambda line: (
                line.old_category_id and not (line.is_accepted and line.new_category_id)
            )
        ).old_category_id
        users = Category.search([("maps_to_ids", "in", gone.ids)])
        # a topic may have been given a code of the new edition by hand or otherwise
        going = self.line_ids.filtered(
            lambda line: line.is_accepted and line.new_category_id
        ).old_category_id
        return users.filtered(
            lambda c: (
                not c.maps_to_ids & going
                and self.new_id not in c.maps_to_ids.classifier_id
            )
        )

    def action_open_unmapped(self):
        """List the topics that need a code of the new edition by hand."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_mapping_action"
        )
        action["domain"] = [("id", "in", self._get_unmapped_topics().ids)]
        action["context"] = {}
        return action

    def action_open_lines(self):
        """All lines of the comparison, with filters."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_edition_transition_line_action"
        )
        action["domain"] = [("transition_id", "=", self.id)]
        return action
