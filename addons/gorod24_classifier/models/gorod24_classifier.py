# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class Gorod24Classifier(models.Model):
    """One edition of one list of topics: the town's own, the national, the POS one.

    A new edition is a new record with nodes of its own: appeals keep the nodes they
    were given, and the nodes of the old edition point to their successors.
    """

    _name = "gorod24.classifier"
    _description = "Classifier"
    _order = "kind, valid_from desc, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("local", "Local"),
            ("national", "National"),
            ("pos", "Feedback platform (POS)"),
        ],
        required=True,
        default="local",
    )
    edition = fields.Char(help="For example 31.10.2025.")
    valid_from = fields.Date()
    valid_to = fields.Date()
    note = fields.Text()
    active = fields.Boolean(default=True)
    previous_id = fields.Many2one(
        "gorod24.classifier",
        string="Previous edition",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind', '=', kind), ('id', '!=', id)]",
        help="The edition that this one replaces.",
    )
    is_current = fields.Boolean(
        string="Valid today",
        compute="_compute_is_current",
        search="_search_is_current",
    )
    overlap_id = fields.Many2one(
        "gorod24.classifier",
        string="Edition in force at the same time",
        compute="_compute_overlap_id",
    )
    category_ids = fields.One2many(
        "helpdesk.ticket.category", "classifier_id", string="Topics"
    )
    category_count = fields.Integer(
        string="Number of topics", compute="_compute_category_count"
    )

    _check_dates = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "A classifier cannot end before it begins.",
    )

    @api.depends("valid_from", "valid_to")
    def _compute_is_current(self):
        today = self.env["gorod24.service.time"]._get_service_today()
        for classifier in self:
            classifier.is_current = classifier._is_valid_on(today)

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["gorod24.service.time"]._get_service_today()
        begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", today)
        lasts = Domain("valid_to", "=", False) | Domain("valid_to", ">=", today)
        return begun & lasts

    @api.depends("kind", "valid_from", "valid_to")
    def _compute_overlap_id(self):
        """Another edition of the same classifier with days in common."""
        for classifier in self:
            domain = Domain("kind", "=", classifier.kind)
            domain &= Domain("id", "!=", classifier._origin.id)
            if classifier.valid_to:
                domain &= Domain("valid_from", "=", False) | Domain(
                    "valid_from", "<=", classifier.valid_to
                )
            if classifier.valid_from:
                domain &= Domain("valid_to", "=", False) | Domain(
                    "valid_to", ">=", classifier.valid_from
                )
            known = classifier.kind != "local" and classifier._origin
            classifier.overlap_id = self.search(domain, limit=1) if known else False

    def _compute_category_count(self):
        counts = dict(
            self.env["helpdesk.ticket.category"]._read_group(
                [("classifier_id", "in", self.ids)], ["classifier_id"], ["__count"]
            )
        )
        for classifier in self:
            classifier.category_count = counts.get(classifier, 0)

    @api.depends("name", "edition", "kind")
    def _compute_display_name(self):
        for classifier in self:
            name = classifier.name or ""
            if classifier.edition and classifier.kind != "local":
                name = self.env._(
                    "%(name)s, edition %(edition)s",
                    name=name,
                    edition=classifier.edition,
                )
            classifier.display_name = name

    @api.constrains("previous_id", "kind")
    def _check_previous(self):
        if self._has_cycle("previous_id"):
            raise ValidationError(
                self.env._("An edition cannot come before itself in the chain.")
            )
        for classifier in self.filtered("previous_id"):
            if classifier.previous_id.kind != classifier.kind:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” replaces a classifier of another kind:"
                        " choose a previous edition of the same kind.",
                        name=classifier.display_name,
                    )
                )

    def _is_valid_on(self, date):
        """Whether this edition is in force on that day."""
        self.ensure_one()
        begun = not self.valid_from or self.valid_from <= date
        return begun and (not self.valid_to or date <= self.valid_to)

    @api.model
    def _get_valid(self, kind, date=None):
        """The edition of that kind in force on a day (today when not given).

        Of several the one that began last; empty when there is none.
        """
        date = date or self.env["gorod24.service.time"]._get_service_today()
        editions = self.search([("kind", "=", kind)], order="id desc")
        valid = editions.filtered(lambda edition: edition._is_valid_on(date))
        first = fields.Date.to_date("0001-01-01")
        return valid.sorted(lambda e: e.valid_from or first, reverse=True)[:1]

    @api.model
    def _get_working(self, kind):
        """The edition to work with: in force today, else the last that was."""
        return self._get_valid(kind) or self.search([("kind", "=", kind)], limit=1)

    def action_open_topics(self):
        """Open the topics of this classifier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.helpdesk_ticket_category_action"
        )
        action["domain"] = [("classifier_id", "=", self.id)]
        action["context"] = {"default_classifier_id": self.id}
        if self.kind != "local":
            action["context"]["search_default_group_parent"] = 0
        return action

    def action_import(self):
        """Open the import of a table into this classifier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_classifier_import_action"
        )
        action["context"] = {"default_classifier_id": self.id}
        return action

    def action_export(self):
        """Open the export of this classifier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_classifier_export_action"
        )
        action["context"] = {"default_classifier_id": self.id}
        return action

    def action_compare(self):
        """Compare this edition with the one before it."""
        self.ensure_one()
        previous = self.previous_id or self.search(
            [("kind", "=", self.kind), ("id", "!=", self.id)], limit=1
        )
        transition = self.env["gorod24.edition.transition"].search(
            [("new_id", "=", self.id), ("old_id", "=", previous.id)], limit=1
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_edition_transition_action"
        )
        action["views"] = [(False, "form")]
        action["res_id"] = transition.id
        action["context"] = {
            "default_new_id": self.id,
            "default_old_id": previous.id,
        }
        return action
