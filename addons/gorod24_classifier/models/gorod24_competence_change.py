# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..routing import Close, Create, Shrink, Withdraw


class Gorod24CompetenceChange(models.Model):
    """One bulk change of rules: what was before, what is after; can be taken back."""

    _name = "gorod24.competence.change"
    _description = "Bulk Change of Competence"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    date = fields.Date(string="In force since", required=True, readonly=True)
    participant_from_id = fields.Many2one(
        "res.partner", string="From", readonly=True, ondelete="restrict"
    )
    participant_to_id = fields.Many2one(
        "res.partner", string="To", readonly=True, ondelete="restrict"
    )
    scope = fields.Text(string="Topics and houses", readonly=True)
    note = fields.Text(string="Ground")
    state = fields.Selection(
        [("done", "Done"), ("reverted", "Taken back")],
        default="done",
        required=True,
        readonly=True,
    )
    reverted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    reverted_at = fields.Datetime(readonly=True)
    line_ids = fields.One2many("gorod24.competence.change.line", "change_id")
    line_count = fields.Integer(string="Rules touched", readonly=True)

    # DOING

    @api.model
    def _perform(self, values, steps, note=False):
        """Carry out the steps of `routing.plan_change` and record them.

        :param values: values of the change itself
        :param steps: list of steps
        :param note: ground written into the new rules
        :return: the change
        """
        rules = self.env["gorod24.competence"].browse(
            {step.rule_id for step in steps if not isinstance(step, Create)}
        )
        rules.lock_for_update()
        before = rules._take_snapshots()
        for step in steps:
            self._perform_on_rule(step)
        created = self._create_rules(steps, note)
        after = (rules | created)._take_snapshots()
        lines = [
            {
                "competence_id": rule.id,
                "rule_name": rule.name,
                "kind": kind,
                "before": before.get(rule.id),
                "after": after[rule.id],
            }
            for rule, kind in self._name_kinds(steps, created)
        ]
        return self.create(
            {
                **values,
                "line_ids": [fields.Command.create(line) for line in lines],
                "line_count": len(lines),
            }
        )

    @api.model
    def _perform_on_rule(self, step):
        if isinstance(step, Create):
            return
        rule = self.env["gorod24.competence"].browse(step.rule_id)
        match step:
            case Close():
                rule.date_to = step.date_to
            case Withdraw():
                rule.active = False
            case Shrink():
                rule.building_ids = [fields.Command.set(sorted(step.building_ids))]

    @api.model
    def _create_rules(self, steps, note):
        """New rules in the order of the steps."""
        Competence = self.env["gorod24.competence"]
        sources = Competence.browse(s.source_id for s in steps if isinstance(s, Create))
        notes = {rule.id: rule.note for rule in sources}
        return Competence.create(
            [
                {
                    **step.rule._asdict(),
                    "building_ids": [
                        fields.Command.set(sorted(step.rule.building_ids or ()))
                    ],
                    "note": note if step.kind == "moved" else notes[step.source_id],
                }
                for step in steps
                if isinstance(step, Create)
            ]
        )

    @api.model
    def _name_kinds(self, steps, created):
        """[(rule, kind of its line)] in the order of the steps."""
        created = iter(created)
        kinds = {Close: "closed", Withdraw: "withdrawn", Shrink: "shrunk"}
        for step in steps:
            if isinstance(step, Create):
                yield next(created), step.kind
            else:
                rule = self.env["gorod24.competence"].browse(step.rule_id)
                yield rule, kinds[type(step)]

    # TAKING BACK

    def action_revert(self):
        """Restore the rules as they were, while nobody has changed them since."""
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("This change has been taken back already."))
        lines = self.line_ids
        lines._check_untouched()
        rules = lines.competence_id
        rules.lock_for_update()
        created = lines.filtered(lambda line: not line.before)
        created.competence_id.write({"active": False})
        for line in lines - created:
            line.competence_id._restore_snapshot(line.before)
        self.write(
            {
                "state": "reverted",
                "reverted_by_id": self.env.uid,
                "reverted_at": fields.Datetime.now(),
            }
        )
        return True

    def action_open_rules(self):
        """Open the rules this change touched."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_competence_action"
        )
        action["domain"] = [("id", "in", self.line_ids.competence_id.ids)]
        action["context"] = {"active_test": False}
        return action
