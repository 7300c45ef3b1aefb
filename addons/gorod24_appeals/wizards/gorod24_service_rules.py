# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.gorod24_appeal_view_list import DAYS

#: Field: the setting behind it, its value by default, the least and the most.
RULES = {
    "repeat_days": ("gorod24.repeat_days", 30, 1, 366),
    "recurrence_days": ("gorod24.recurrence_days", 30, 1, 366),
    "refusal_limit": ("gorod24.refusal_limit", 2, 0, 20),
    "blank_days": ("gorod24.blank_days", 14, 1, 366),
    "draft_days": ("gorod24.draft_days", 14, 1, 366),
    "view_log_minutes": ("gorod24.view_log_minutes", 15, 0, 1440),
    "view_log_days": ("gorod24.view_log_days", DAYS, 90, 36500),
}


class ServiceRules(models.TransientModel):
    """Rules of the service an administrator of the hotline sets himself.

    The settings of Odoo are open to the administrator of the system only; these few
    are the town's own business.
    """

    _name = "gorod24.service.rules"
    _description = "Rules of the service"

    repeat_days = fields.Integer(
        "Repeated call, days",
        help="The same person and topic: open now, or closed so many days ago.",
    )
    recurrence_days = fields.Integer(
        "Recurrence, days",
        help="The same house and topic, by anybody: closed so many days ago.",
    )
    refusal_limit = fields.Integer(
        "Refusals before the supervisor",
        help="So many times a refused question goes on to the next participant by"
        " itself. 0: a supervisor decides at once.",
    )
    blank_days = fields.Integer(
        "Paper blank, days", help="So long after the contact a blank is entered."
    )
    draft_days = fields.Integer(
        "Drafts are kept, days", help="A card begun and left alone is deleted then."
    )
    view_log_minutes = fields.Integer(
        "Log of views, minutes",
        help="Opened again within so many minutes, a card is one view in the log.",
    )
    view_log_days = fields.Integer(
        "Log of views is kept, days", help="Older lines are deleted every night."
    )

    @api.model
    def default_get(self, fields_list):
        self._check_administrator()
        return {**super().default_get(fields_list), **self._get_rules()}

    @api.model
    def _get_rules(self):
        """Return the rules in force; a setting that makes no sense is the default."""
        # sudo: settings of the service, no personal data behind them
        parameters = self.env["ir.config_parameter"].sudo()
        values = {}
        for name, (key, default, least, most) in RULES.items():
            text = str(parameters.get_param(key) or "")
            known = int(text) if text.isdecimal() else default
            values[name] = known if least <= known <= most else default
        return values

    def _check_administrator(self):
        group = "gorod24_appeals.group_administrator"
        if not (self.env.su or self.env.user.has_group(group)):
            raise AccessError(
                self.env._("Only an administrator of the hotline sets the rules.")
            )

    def action_save(self):
        """Keep what was changed.

        :raises UserError: naming the rule and its limits; nothing is kept then.
        """
        self.ensure_one()
        self._check_administrator()
        for name, (_key, _default, least, most) in RULES.items():
            if not least <= self[name] <= most:
                raise UserError(
                    self.env._(
                        "“%(rule)s”: write a number from %(least)s to %(most)s.",
                        rule=self._fields[name].get_description(self.env)["string"],
                        least=least,
                        most=most,
                    )
                )
        before = self._get_rules()
        # sudo: the right to set these very rules is checked above
        parameters = self.env["ir.config_parameter"].sudo()
        for name, (key, *_limits) in RULES.items():
            if self[name] != before[name]:
                parameters.set_param(key, str(self[name]))
        return {"type": "ir.actions.act_window_close"}
