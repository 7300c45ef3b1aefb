# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import config

from ..telling import RetryRule, check_template


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gorod24_informing_attempts = fields.Integer(
        "Attempts before unreachable",
        config_parameter="gorod24.informing_attempts",
        default=3,
    )
    gorod24_informing_days = fields.Integer(
        "Different days of attempts",
        config_parameter="gorod24.informing_days",
        default=2,
    )
    gorod24_informing_minutes = fields.Integer(
        "Minutes between attempts",
        config_parameter="gorod24.informing_minutes",
        default=120,
    )
    gorod24_informing_busy_minutes = fields.Integer(
        "Minutes after a busy line",
        config_parameter="gorod24.informing_busy_minutes",
        default=15,
    )
    gorod24_informing_lease_minutes = fields.Integer(
        "Minutes a citizen is kept by an operator",
        config_parameter="gorod24.informing_lease_minutes",
        default=10,
    )
    gorod24_informing_letters = fields.Boolean(
        "Send letters",
        config_parameter="gorod24.informing_letters",
    )

    gorod24_informing_sms = fields.Boolean(
        "Send SMS",
        config_parameter="gorod24.informing_sms",
    )
    gorod24_sms_missing = fields.Boolean(
        compute="_compute_gorod24_missing", export_string_translation=False
    )
    gorod24_mail_missing = fields.Boolean(
        compute="_compute_gorod24_missing", export_string_translation=False
    )
    gorod24_informing_sms_text = fields.Char(
        "Text of the SMS",
        config_parameter="gorod24.informing_sms_text",
    )

    @api.depends("gorod24_informing_sms", "gorod24_informing_letters")
    def _compute_gorod24_missing(self):
        """What a way of telling is switched on without: nothing would leave."""
        gateway = self.env["gorod24.informing"]._get_sms_gateway()
        # sudo: whether there is a server at all, not what it is
        server = self.env["ir.mail_server"].sudo().search_count([], limit=1)
        local = config["smtp_server"] in (False, "", "localhost")
        for settings in self:
            settings.gorod24_sms_missing = gateway is None
            settings.gorod24_mail_missing = not server and local

    @api.constrains("gorod24_informing_sms_text")
    def _check_gorod24_sms_text(self):
        for settings in self.filtered("gorod24_informing_sms_text"):
            try:
                check_template(settings.gorod24_informing_sms_text)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The text of the SMS names {number}, may name {topic} and "
                        "{outcome}, and has no more than 74 characters of its own."
                    )
                ) from error

    @api.constrains(
        "gorod24_informing_attempts",
        "gorod24_informing_days",
        "gorod24_informing_minutes",
        "gorod24_informing_busy_minutes",
        "gorod24_informing_lease_minutes",
    )
    def _check_gorod24_informing(self):
        for settings in self:
            try:
                RetryRule(
                    settings.gorod24_informing_attempts,
                    settings.gorod24_informing_days,
                    settings.gorod24_informing_minutes,
                    settings.gorod24_informing_busy_minutes,
                )
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The rule of attempts: every number is at least 1, and there "
                        "are no fewer attempts than days."
                    )
                ) from error
            if not 1 <= settings.gorod24_informing_lease_minutes <= 240:
                raise ValidationError(
                    self.env._("A citizen is kept for 1 to 240 minutes.")
                )
