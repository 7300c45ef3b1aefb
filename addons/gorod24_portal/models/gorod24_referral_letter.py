# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the short letter to the section about a new referral.

An appeal is saved while a citizen waits, so saving only marks the referral and wakes
the job; the letter is made after the commit and goes out through the mail queue.
"""

import logging

from odoo import api, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class Referral(models.Model):
    _inherit = "gorod24.referral"

    @api.model
    def _get_notified_vals(self):
        """A referral is born waiting for its letter: no second write marks it."""
        return dict(super()._get_notified_vals(), notify_pending=True)

    def _notify_sent(self):
        super()._notify_sent()
        if not self:
            return
        # sudo: the mark and the wake-up belong to the system, whoever sends
        self.sudo().filtered(lambda one: not one.notify_pending).notify_pending = True
        job = self.env["ir.model.data"]._xmlid_to_res_id(
            "gorod24_portal.ir_cron_letter", raise_if_not_found=True
        )
        self.env["ir.cron"].sudo().browse(job)._trigger()

    @api.model
    def _cron_send_letters(self, limit=100):
        """Make the letters of the marked referrals."""
        waiting = self._get_pending_domain()
        pending = self.search(waiting, order="id", limit=limit)
        left = self.search_count(waiting)
        self.env["ir.cron"]._commit_progress(remaining=left)
        for referral in pending:
            if not referral.try_lock_for_update():
                continue
            try:
                with self.env.cr.savepoint():
                    referral._send_pending()
            except Exception:
                # One broken address must not hold up the letters of the others.
                _logger.exception("No letter about referral %s", referral.id)
                self._drop_pending(referral)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _get_pending_domain(self):
        """Return which referrals wait for a letter. Hook."""
        return Domain("notify_pending", "=", True)

    def _send_pending(self):
        """Make the letter a referral waits for. Hook."""
        self.ensure_one()
        self.notify_pending = False
        return self._send_letter()

    def _drop_pending(self, referral):
        """Forget a letter that cannot be made. Hook."""
        referral.notify_pending = False

    def _send_letter(self):
        """Queue the letter to the section; nothing when it has no address."""
        self.ensure_one()
        if self.state != "sent":
            return self.env["mail.mail"]
        return self._send_letter_by("gorod24_portal.mail_template_referral")

    def _send_letter_by(self, template):
        """Queue a letter to the section's address and its officers."""
        self.ensure_one()
        section = self.section_id
        officers = self._get_letter_users().partner_id.filtered("email_normalized")
        own = section.email or self._get_exchange_email()
        officers -= officers.filtered(lambda partner: partner.email == own)
        if not (own or officers):
            return self.env["mail.mail"]
        return self.env.ref(template).send_mail_batch(
            self.ids,
            email_values={
                "email_to": own,
                "recipient_ids": [(6, 0, officers.ids)],
            },
        )

    def _get_exchange_email(self):
        """Return the participant's own address, if it is how requests reach it."""
        participant = self.participant_id
        return participant.exchange_method == "email" and participant.email

    def _get_letter_users(self):
        """Return who is written to: the duty officers, else all the members. Hook."""
        self.ensure_one()
        return self.section_id._get_users("duty") or self._get_workers()

    def _get_letter_lang(self):
        """Return the language of the letter (called by the template)."""
        self.ensure_one()
        user = self._get_letter_users()[:1] or self.env.user
        return user._get_portal_lang()
