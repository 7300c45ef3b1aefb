# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: topics under a regime; the regime of topics that name none."""

from odoo import api, fields, models

DEFAULT_REGIME = "gorod24.default_regime"


class Regime(models.Model):
    _inherit = "gorod24.regime"

    topic_count = fields.Integer("Topics", compute="_compute_topic_count")
    is_default = fields.Boolean(
        "For topics without a regime", compute="_compute_is_default"
    )

    @api.depends("code")
    def _compute_topic_count(self):
        rows = self.env["helpdesk.ticket.category"]._read_group(
            [("regime_code", "in", self.mapped("code"))], ["regime_code"], ["__count"]
        )
        counts = dict(rows)
        for regime in self:
            regime.topic_count = counts.get(regime.code, 0)

    @api.depends("code")
    def _compute_is_default(self):
        code = self._get_default_code()
        for regime in self:
            regime.is_default = regime.code == code

    @api.model
    def _get_default_code(self):
        # sudo: a setting of the service, the same for everybody
        settings = self.env["ir.config_parameter"].sudo()
        return settings.get_param(DEFAULT_REGIME) or self._get_original_code("hotline")

    def _set_default(self):
        """Let topics without a regime live under this one."""
        self.ensure_one()
        # sudo: the curator of the regulation decides it, not the system's settings
        self.env["ir.config_parameter"].sudo().set_param(DEFAULT_REGIME, self.code)

    @api.model
    def _for_topic(self, topic, emergency=False, in_house=True):
        """Return the regime a question on ``topic`` lives under.

        The topic names it by code, because the classifier knows no regulation. A regime
        out of force times nothing new: it gives way to the original it was copied from,
        then to the default one.

        :param in_house: see ``_for_emergency``
        """
        code = topic.regime_code
        # sudo: whether a regime is in force is the same for every user
        regime = (self._by_code(code) if code else self.browse()).sudo()
        while regime and not regime._is_in_force():
            regime = regime.origin_id
        regime = regime.with_env(self.env) or self._get_default()
        return regime._for_emergency(in_house) if emergency else regime

    @api.model
    def _get_default(self):
        """The regime in force of topics that name none."""
        original = self._get_original_code("hotline")
        for code in (self._get_default_code(), original):
            regime = self._by_code(code)
            # sudo: whether a regime is in force is the same for every user
            if regime and regime.sudo()._is_in_force():
                return regime
        return self._of_family("hotline") or self._by_code(original)

    def _for_sending(self):
        """This regime if it times the work of a participant, else the default one.

        What is settled in the conversation has no terms: sent nevertheless, it would
        never fall due.
        """
        now = fields.Datetime.now()
        if self.env["gorod24.clock"]._find_rule(self, "execution", now):
            return self
        return self._get_default() or self

    def _is_used(self):
        """A copy topics were moved to is in use, approved by an act or not."""
        return super()._is_used() or bool(self.origin_id and self.topic_count)

    def action_open_topics(self):
        """List the topics under this regime."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.helpdesk_ticket_category_action"
        )
        return {
            **action,
            "domain": [("regime_code", "=", self.code)],
            "context": {"active_test": False},
        }

    def action_move_topics(self):
        """Open the dialog that moves topics from the original to this copy."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move topics to this regime"),
            "res_model": "gorod24.regime.move",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_to_id": self.id,
                "default_from_id": self.origin_id.id,
            },
        }
