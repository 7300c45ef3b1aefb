# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: how far a term may be prolonged, by its rule.

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from . import wording


class Gorod24Clock(models.Model):
    _inherit = "gorod24.clock"

    def _get_extension_limit(self):
        """The latest moment (naive UTC) the rule lets the term be prolonged to.

        Counted from the end without extensions, so that several small ones do not
        add up to more than the law gives. None: it cannot be prolonged.
        """
        self.ensure_one()
        days = self.rule_id.extension_days
        if not days:
            return None
        plain = self._due_without_extensions()
        return plain.target + timedelta(days=days)

    def _check_not_passed(self, new_target, now):
        """UserError when a term has passed, or would end in the past.

        59-FZ, article 12, part 2: a term that runs is extended, a missed one is not.
        """
        if self.filtered(lambda one: one.state == "running" and one.target < now):
            raise UserError(
                self.env._(
                    "The term has passed already: it is not extended afterwards. A"
                    " supervisor can excuse the delay."
                )
            )
        if new_target <= now:
            raise UserError(
                self.env._("The new end lies in the past: choose a day to come.")
            )

    def _check_extension(self, new_target, notice_date):
        """UserError unless the rules of all these terms allow the new end."""
        for clock in self:
            limit = clock._get_extension_limit()
            if limit is None:
                raise UserError(
                    self.env._(
                        "The regime %(regime)s does not let this term be extended.",
                        regime=clock.regime_id.display_name,
                    )
                )
            if new_target > limit:
                raise UserError(
                    self.env._(
                        "The term can be extended by %(days)s days at most: to"
                        " %(limit)s at the latest.",
                        days=clock.rule_id.extension_days,
                        limit=wording.moment(self.env, self._to_local(limit)),
                    )
                )
            if clock.rule_id.extension_notice and not notice_date:
                raise UserError(
                    self.env._(
                        "The term is extended only with notice: write when the"
                        " citizen was told."
                    )
                )
            told = fields.Date.to_date(notice_date)
            if told and told > self._to_local(clock.target).date():
                raise UserError(
                    self.env._("The citizen is told of the extension within the term.")
                )
