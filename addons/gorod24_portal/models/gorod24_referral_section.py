# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what the journal of a section keeps of each request (form F14).

Who called, when it was accepted, what came of it; and what was agreed with the citizen
on pay. The caller's name only by the agreement, and only while the request is open.
"""

from babel.numbers import format_decimal

from odoo import models

from .gorod24_referral_journal import OPEN

#: A result in short: two lines on a telephone.
NOTE_LENGTH = 120


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _prepare_portal_row(self):
        outcomes = self._fields["outcome_claimed"]._description_selection(self.env)
        return {
            **super()._prepare_portal_row(),
            "caller": self._portal_caller(),
            "accepted": self._format_moment(self.accepted_at),
            "outcome": dict(outcomes).get(self.outcome_claimed, ""),
            "note": _short(self._portal_own_text() or self.visit_note),
        }

    def _portal_caller(self):
        """Return the name of the citizen as far as it is agreed, or ""."""
        if self.state not in OPEN or not self._portal_allows("name"):
            return ""
        return self.question_id.partner_id.name or ""

    def _get_portal_values(self):
        # sudo: as in the method above; what leaves is chosen here
        referral = self.sudo()
        return {
            **super()._get_portal_values(),
            "price_agreed": referral._portal_price(),
            "visit_agreed": referral._format_moment(
                referral.paid and referral.visit_agreed_at
            ),
        }

    def _portal_price(self):
        """Return the price the citizen agreed to, as money is written, or ""."""
        if not self.paid or not self.price_agreed:
            return ""
        return format_decimal(
            self.price_agreed, "#,##0.00", locale=self.env.lang or "en_US"
        )


def _short(text):
    """Return the beginning of a text in one line."""
    line = " ".join((text or "").split())
    if len(line) <= NOTE_LENGTH:
        return line
    return f"{line[:NOTE_LENGTH].rsplit(' ', 1)[0]}…"
