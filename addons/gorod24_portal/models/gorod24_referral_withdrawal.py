# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the short letter saying that nothing more is expected.

Made as the letter about a new request is: after the commit, through the mail queue.
"""

from odoo import fields, models
from odoo.fields import Domain


class Referral(models.Model):
    _inherit = "gorod24.referral"

    withdrawal_pending = fields.Boolean(export_string_translation=False)

    _withdrawal_idx = models.Index("(id) WHERE withdrawal_pending")

    def _notify_withdrawn(self):
        super()._notify_withdrawn()
        if not self:
            return
        # sudo: the mark and the wake-up belong to the system, whoever withdraws
        self.sudo().withdrawal_pending = True
        self.env.ref("gorod24_portal.ir_cron_letter").sudo()._trigger()

    def _get_pending_domain(self):
        waiting = Domain("withdrawal_pending", "=", True)
        return super()._get_pending_domain() | waiting

    def _drop_pending(self, referral):
        result = super()._drop_pending(referral)
        referral.withdrawal_pending = False
        return result

    def _send_pending(self):
        """A letter about a request withdrawn before it was written of is not sent."""
        if not self.withdrawal_pending:
            return super()._send_pending()
        fresh = self.notify_pending
        self.write({"withdrawal_pending": False, "notify_pending": False})
        return not fresh and self._send_letter_by(
            "gorod24_portal.mail_template_withdrawn"
        )
