# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class Gorod24Classifier(models.Model):
    """One edition of one list of topics: the town's own, the national, the POS one."""

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

    def _compute_category_count(self):
        counts = dict(
            self.env["helpdesk.ticket.category"]._read_group(
                [("classifier_id", "in", self.ids)], ["classifier_id"], ["__count"]
            )
        )
        for classifier in self:
            classifier.category_count = counts.get(classifier, 0)

    def action_open_topics(self):
        """Open the topics of this classifier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.helpdesk_ticket_category_action"
        )
        action["domain"] = [("classifier_id", "=", self.id)]
        action["context"] = {"default_classifier_id": self.id}
        return action
