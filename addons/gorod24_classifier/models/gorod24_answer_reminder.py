# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the owner learns in time that his text expires."""

from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

DAYS_BEFORE = 14


class Gorod24Answer(models.Model):
    _inherit = "gorod24.answer"

    @api.model
    def _get_remind_days(self):
        """How many days before the end the owner is reminded (system parameter)."""
        # sudo: a setting of the service, no personal data behind it
        settings = self.env["ir.config_parameter"].sudo()
        value = settings.get_param("gorod24.answer_remind_days") or ""
        return int(value) if value.strip().isdigit() else DAYS_BEFORE

    @api.model
    def _cron_remind_owners(self):
        """Remind of texts that end soon, and of those that have ended; each once."""
        today = self.env["gorod24.service.time"]._get_service_today()
        soon = today + timedelta(days=self._get_remind_days())
        offered = Domain("offered_version_id", "!=", False)
        ends_soon = Domain("offered_to", ">=", today) & Domain("offered_to", "<=", soon)
        ended = Domain("offered_to", "<", today)
        for answer in self.search(offered & (ends_soon | ended)):
            field = "reminded_soon_for"
            if answer.offered_to < today:
                field = "reminded_expired_for"
            if answer[field] != answer.offered_to:
                answer._remind(expired=answer.offered_to < today)
                answer[field] = answer.offered_to
                self.env["ir.cron"]._commit_progress(1)

    def _remind(self, expired):
        """Write to the owner and give the curator an activity."""
        self.ensure_one()
        values = {
            "name": self.offered_name,
            "date": format_date(self.env, self.offered_to),
        }
        if expired:
            subject = self.env._("The standard answer “%(name)s” has expired", **values)
            text = self.env._(
                "It was valid until %(date)s and is no longer offered to operators."
                " Send a new text or prolong the old one.",
                **values,
            )
        else:
            subject = self.env._("The standard answer “%(name)s” expires", **values)
            text = self.env._(
                "It is valid until %(date)s. Check the text: prolong it or send a new"
                " one, otherwise operators will stop reading it.",
                **values,
            )
        body = Markup("<p>%s</p><blockquote>%s</blockquote>") % (
            text,
            self.offered_text,
        )
        self.message_notify(
            partner_ids=self._get_reminded_partners().ids, subject=subject, body=body
        )
        self._schedule_renewal(subject)

    def _get_reminded_partners(self):
        """The owner and the heads of its sections. Hook."""
        heads = self.owner_id.section_ids._get_users("head")
        return self.owner_id | heads.partner_id

    def _schedule_renewal(self, summary):
        """One activity at a time: a second reminder renews the first."""
        kind = "mail.mail_activity_data_todo"
        user = self.user_id.filtered("active") or self.env.user
        old = self.activity_search([kind], user_id=user.id)
        if old:
            old.write({"summary": summary, "date_deadline": self.offered_to})
            return
        self.activity_schedule(
            kind, summary=summary, date_deadline=self.offered_to, user_id=user.id
        )
