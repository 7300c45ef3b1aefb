# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: shipped regimes are the law as it stands; the town's own
# Регламент is a copy that its curator edits.

from odoo import api, fields, models
from odoo.exceptions import UserError

# What a curator may set on a shipped regime without changing what it says.
_FREE = {"active", "sequence"}


class Gorod24Regime(models.Model):
    _inherit = "gorod24.regime"

    is_shipped = fields.Boolean(
        "Original",
        readonly=True,
        copy=False,
        help="Came with the program and says what the law says. To change time"
        " limits, make a copy for your Регламент.",
    )
    origin_id = fields.Many2one(
        "gorod24.regime", "Copied from", readonly=True, index="btree_not_null"
    )
    author_id = fields.Many2one(
        "res.users", "Author of the copy", readonly=True, ondelete="restrict"
    )
    copied_on = fields.Date(readonly=True)
    approval = fields.Char(
        "Approved by", help="The act that approved your Регламент: its number and date."
    )
    copy_ids = fields.One2many("gorod24.regime", "origin_id", "Copies")

    @api.model_create_multi
    def create(self, vals_list):
        regimes = super().create(vals_list)
        if not self.env.su and any(regimes.mapped("is_shipped")):
            raise UserError(self.env._("Only the program ships original regimes."))
        return regimes

    def write(self, vals):
        if vals.keys() - _FREE:
            self._check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        self._check_editable()

    def _check_editable(self):
        """UserError when a person changes a regime that came with the program."""
        # the program itself loads and updates its data
        if self.env.su:
            return
        for regime in self.filtered("is_shipped"):
            raise UserError(
                self.env._(
                    "%(regime)s is an original: it says what the law says and is not"
                    " edited. Press “Make a copy for our Регламент” and change the"
                    " copy; topics are moved to it in one action.",
                    regime=regime.display_name,
                )
            )

    def action_make_copy(self):
        """Copy the regime with its limits in force for the town's own Регламент.

        :return: the action that opens the copy
        :raises UserError: when there is no limit to change in it
        """
        self.ensure_one()
        if not self.rule_ids:
            raise UserError(
                self.env._(
                    "Nothing is counted under this regime: there is nothing to change"
                    " in a copy."
                )
            )
        copy = self.create(self._prepare_copy_vals())
        for lang, _name in self.env["res.lang"].get_installed():
            translated = self.with_context(lang=lang)
            copy.with_context(lang=lang).name = translated._get_copy_name()
        ladder = self.env["gorod24.escalation.step"].search(
            [("regime_id", "=", self.id)]
        )
        ladder.copy({"regime_id": copy.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": copy.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _get_copy_name(self):
        return self.env._("%(name)s (our Регламент)", name=self.name)

    def _prepare_copy_vals(self):
        today = self.env["gorod24.clock"]._get_today()
        rules = self.rule_ids.filtered(
            lambda rule: not rule.valid_to or rule.valid_to >= today
        )
        return {
            "code": self._get_free_code(),
            "name": self._get_copy_name(),
            "sequence": self.sequence,
            "is_emergency": self.is_emergency,
            "family": self.family,
            "legal_basis": self.legal_basis,
            "note": self.note,
            "origin_id": self.id,
            "author_id": self.env.uid,
            "copied_on": today,
            "rule_ids": [fields.Command.create(rule.copy_data()[0]) for rule in rules],
        }

    def _get_free_code(self):
        """HOT → HOT-1, HOT-2…; codes of archived regimes are taken too."""
        root = (self.origin_id or self).code
        number = 1
        while self._by_code(f"{root}-{number}"):
            number += 1
        return f"{root}-{number}"


class Gorod24RegimeRule(models.Model):
    _inherit = "gorod24.regime.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules.regime_id._check_editable()
        return rules

    def write(self, vals):
        self.regime_id._check_editable()
        result = super().write(vals)
        # it may have come to another regime
        self.regime_id._check_editable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        self.regime_id._check_editable()
