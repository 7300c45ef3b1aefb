# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class TermChange(models.TransientModel):
    """Dialog over one term: pause it, extend it, excuse a miss, note it as met."""

    _name = "gorod24.term.change"
    _description = "Change of a term"

    clock_id = fields.Many2one("gorod24.clock", "Term", required=True)
    action = fields.Selection(
        [
            ("pause", "Pause"),
            ("extend", "Extend"),
            ("excuse", "Excuse"),
            ("localised", "Localised"),
            ("outage", "What is known of the interruption"),
        ],
        required=True,
    )
    target = fields.Datetime(related="clock_id.target", string="Due now")
    reason = fields.Char()
    new_day = fields.Date("New last day")
    notice_date = fields.Date("Citizen told on")
    localised_at = fields.Datetime("When localised", default=fields.Datetime.now)
    outage_since = fields.Datetime("No service since")
    outage_service = fields.Selection(related="clock_id.rule_id.service")
    outage_regime_id = fields.Many2one(related="clock_id.regime_id")
    outage_rule_id = fields.Many2one(
        "gorod24.regime.rule",
        "In which case",
        domain="[('regime_id', '=', outage_regime_id),"
        " ('service', '=', outage_service)]",
        ondelete="cascade",
    )
    needs_notice = fields.Boolean(related="clock_id.rule_id.extension_notice")
    limit_day = fields.Date("At the latest", compute="_compute_limit_day")
    basis = fields.Text(related="clock_id.rule_id.legal_basis")

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        clock = self.env["gorod24.clock"].browse(vals.get("clock_id"))
        if vals.get("action") == "outage" and clock.res_model == "gorod24.question":
            question = self.env["gorod24.question"].browse(clock.res_id)
            vals.update(
                outage_since=question.outage_since, outage_rule_id=clock.rule_id.id
            )
        return vals

    @api.depends("clock_id")
    def _compute_limit_day(self):
        for change in self:
            limit = change.clock_id._get_extension_limit()
            local = change.clock_id._to_local(limit)
            change.limit_day = local.date() if local else False

    def action_apply(self):
        """Do it by the question's own door, which checks rights and rules."""
        self.ensure_one()
        clock = self.clock_id
        if clock.res_model != "gorod24.question":
            raise UserError(self.env._("This is no term of a question."))
        question = self.env["gorod24.question"].browse(clock.res_id)
        if self.action == "pause":
            question.action_pause_term(clock.kind, self.reason or "")
        elif self.action == "extend":
            question.action_extend_term(
                clock.kind, self.new_day, self.reason or "", self.notice_date
            )
        elif self.action == "localised":
            question.action_localised(self.reason or "", self.localised_at)
        elif self.action == "outage":
            question.action_set_outage(self.outage_since, self.outage_rule_id.id)
        else:
            question.action_excuse_term(clock.id, self.reason or "")
        return {"type": "ir.actions.act_window_close", "infos": {"changed": True}}
