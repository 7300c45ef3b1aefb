# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gorod24_address.tabular import Column

from ..models.gorod24_classifier_plan import ImportOptions


class ClassifierImport(models.TransientModel):
    """A table into a classifier, or into a new edition of one."""

    _name = "gorod24.classifier.import"
    _inherit = "gorod24.table.import"
    _description = "Import of a Classifier"

    mode = fields.Selection(
        [("fill", "Change a classifier"), ("new", "Load a new edition")],
        string="What to do",
        default="fill",
        required=True,
    )
    classifier_id = fields.Many2one("gorod24.classifier")
    kind = fields.Selection(
        [
            ("local", "Local"),
            ("national", "National"),
            ("pos", "Feedback platform (POS)"),
        ],
        default="national",
        required=True,
    )
    is_national = fields.Boolean(compute="_compute_is_national")
    name = fields.Char()
    edition = fields.Char()
    valid_from = fields.Date()
    previous_id = fields.Many2one(
        "gorod24.classifier",
        string="Previous edition",
        compute="_compute_previous_id",
        store=True,
        readonly=False,
        domain="[('kind', '=', kind)]",
    )
    create_parents = fields.Boolean(
        string="Make missing parents",
        help="Nodes above that the file lacks are made without a name. Otherwise they"
        " are reported as errors.",
    )
    archive_missing = fields.Boolean(
        string="The file is the whole classifier",
        help="Nodes that the file does not name are archived. Appeals keep them.",
    )
    mapping_only = fields.Boolean(readonly=True)
    target_ids = fields.Many2many(
        "gorod24.classifier",
        string="Codes refer to",
        compute="_compute_target_ids",
        help="Editions to whose codes the columns of other classifiers refer.",
    )

    @api.depends("mode", "kind", "classifier_id")
    def _compute_is_national(self):
        for wizard in self:
            wizard.is_national = wizard._get_kind() == "national"

    @api.onchange("mode", "kind")
    def _onchange_kind(self):
        """A new edition takes the name of the one it replaces."""
        if self.mode == "new":
            self.name = self.previous_id.name

    def _get_kind(self):
        """Kind of the classifier that the file is for."""
        return self.kind if self.mode == "new" else self.classifier_id.kind

    @api.depends("kind", "mode")
    def _compute_previous_id(self):
        for wizard in self:
            previous = self.env["gorod24.classifier"]._get_working(wizard.kind)
            wizard.previous_id = previous if wizard.mode == "new" else False

    @api.depends("kind", "mode", "classifier_id")
    def _compute_target_ids(self):
        for wizard in self:
            targets = wizard._get_targets().values()
            wizard.target_ids = [(6, 0, [edition.id for edition in targets])]

    def _get_targets(self):
        """{kind: edition} to whose codes the columns refer."""
        return self.env["gorod24.classifier"]._get_map_targets(self._get_kind())

    def _get_title(self):
        if self.mapping_only:
            return self.env._("Import of the mapping")
        return self.env._("Import of a classifier")

    def action_back(self):
        self.read_file = False
        return super().action_back()

    # WHAT THE IMPORT OF TABLES ASKS FOR

    def _get_columns(self):
        """The columns of this kind of classifier, or of its mapping only."""
        classifier = self.env["gorod24.classifier"]
        specs = classifier._get_specs(self._get_kind() or "local")
        if self.mapping_only:
            specs = [s for s in specs if s.kind == "map" or s.name in ("code", "name")]
        levels = any(spec.kind == "level" for spec in specs)
        return [
            Column(
                spec.name,
                spec.label,
                spec.name == "code" and not levels,
                spec.aliases,
                spec.hint or "",
            )
            for spec in specs
        ]

    def _plan(self, rows):
        self._check_target()
        plan = self._get_classifier()._plan_import(rows, self._get_options())
        if self.mode == "new" and plan.created and not plan.problems:
            plan.notes.insert(
                0, self.env._("A new edition will be made: %s.", self._get_new_name())
            )
        return plan

    def _apply(self, plan):
        self.classifier_id = self._get_classifier()._apply_import(plan.data)

    def _get_classifier(self):
        """The classifier to fill; none yet for a new edition."""
        return self.classifier_id if self.mode == "fill" else self.classifier_id[:0]

    def _get_new_name(self):
        return ", ".join(part for part in (self.name, self.edition) if part)

    def _check_target(self):
        """It must be clear where the rows go."""
        _ = self.env._
        if self.mode == "fill":
            if not self.classifier_id:
                raise UserError(_("Choose the classifier to change."))
            return
        if not self.name or not self.edition or not self.valid_from:
            raise UserError(
                _("A new edition needs a name, its edition and the day it begins.")
            )
        before = self.previous_id.valid_from
        if before and before >= self.valid_from:
            raise UserError(
                _(
                    "The new edition must begin after the one before it (%(date)s).",
                    date=fields.Date.to_string(before),
                )
            )
        same = self.env["gorod24.classifier"].search(
            [("kind", "=", self.kind), ("edition", "=", self.edition)], limit=1
        )
        if same:
            raise UserError(
                _(
                    "Edition %(edition)s is there already: choose “Change a"
                    " classifier” to load the file into it.",
                    edition=self.edition,
                )
            )

    def _get_options(self):
        vals = None
        if self.mode == "new":
            vals = {
                "name": self.name,
                "kind": self.kind,
                "edition": self.edition,
                "valid_from": self.valid_from,
                "previous_id": self.previous_id.id,
            }
        return ImportOptions(
            kind=self._get_kind(),
            vals=vals,
            create_parents=self.create_parents,
            archive_missing=self.archive_missing and not self.mapping_only,
            mapping_only=self.mapping_only,
            targets=self._get_targets(),
        )

    # AFTERWARDS

    def action_open_classifier(self):
        """Open the classifier that was filled."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gorod24.classifier",
            "res_id": self.classifier_id.id,
            "view_mode": "form",
        }

    def action_compare(self):
        """Compare the new edition with the one before it."""
        self.ensure_one()
        return self.classifier_id.action_compare()
