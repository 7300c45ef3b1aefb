# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class AppealMerge(models.TransientModel):
    """Into which appeal another one goes, with what to look at before."""

    _name = "gorod24.appeal.merge"
    _description = "Merge of two appeals"

    merged_id = fields.Many2one(
        "helpdesk.ticket", "Is merged", required=True, ondelete="cascade"
    )
    master_id = fields.Many2one("helpdesk.ticket", "Into", ondelete="cascade")
    master_facts = fields.Text(compute="_compute_shown")
    merged_facts = fields.Text(compute="_compute_shown")
    warning = fields.Text(compute="_compute_shown")
    problem = fields.Text(compute="_compute_problem")

    @api.depends("master_id", "merged_id")
    def _compute_shown(self):
        for wizard in self:
            wizard.master_facts = wizard._get_facts(wizard.master_id)
            wizard.merged_facts = wizard._get_facts(wizard.merged_id)
            wizard.warning = "\n".join(wizard._get_warnings()) or False

    def _get_facts(self, appeal):
        if not appeal:
            return ""
        local = self.env["gorod24.clock"]._to_local(
            appeal.registered_at or appeal.create_date
        )
        lines = [
            local.strftime("%d.%m.%Y %H:%M"),
            appeal.partner_id.name or appeal.partner_name or self.env._("Anonymous"),
            appeal.address_text,
        ]
        lines += [
            f"{question.name}: {question.topic_id.name}"
            for question in appeal.question_ids.sorted("position")
        ]
        return "\n".join(filter(None, lines))

    def _get_warnings(self):
        """What is no obstacle but worth a second look."""
        master, merged = self.master_id, self.merged_id
        if not master or not merged:
            return []
        warnings = []
        if master.building_id != merged.building_id:
            warnings.append(self.env._("The appeals are about different houses."))
        return warnings

    @api.depends("master_id", "merged_id")
    def _compute_problem(self):
        merges = self.env["gorod24.merge"]
        for wizard in self:
            wizard.problem = False
            if wizard.master_id:
                try:
                    merges._check_mergeable(wizard.master_id, wizard.merged_id)
                except UserError as error:
                    wizard.problem = error.args[0]

    def action_merge(self):
        """Merge and open the appeal that stays.

        :raises UserError: when it is not chosen, or the two cannot be merged
        """
        self.ensure_one()
        self.env["gorod24.merge"]._merge(self.master_id, self.merged_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.master_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
