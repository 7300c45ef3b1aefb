# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a telephone contact becomes a written appeal under 59-FZ.

A call by itself is none (domain §2, HOT). Converted, it keeps its number, history and
recording; the terms of its open questions are counted from the registration under R59.
"""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .locking import busy_in_words

# Families of regimes that are counted from the registration by 59-FZ.
WRITTEN = ("written", "oral")
# Kinds of appeals the law knows: 59-FZ, article 4.
WRITTEN_KINDS = ("proposal", "application", "complaint")
MAX_ADDRESS = 500


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    converted_at = fields.Datetime(
        "Written appeal since", copy=False, index="btree_not_null"
    )
    converted_by_id = fields.Many2one(
        "res.users", "Converted by", copy=False, ondelete="restrict"
    )
    answer_address = fields.Char("Postal address for the answer", copy=False)
    answer_email = fields.Char("E-mail address for the answer", copy=False)

    def action_convert(self, kind, answer_address=False, answer_email=False):
        """Consider the appeal as a written one (59-FZ).

        Emergencies keep their own terms, which are shorter than those of the law.

        :param kind: proposal, application or complaint (article 4)
        :param answer_address, answer_email: one of them is needed (article 7)
        :raises UserError: saying what the law asks for and is missing.
        """
        self.ensure_one()
        self.question_ids._check_operator()
        appeal = self._lock_for_conversion()
        appeal._check_convertible(kind)
        vals = appeal._prepare_answer_vals(answer_address, answer_email)
        appeal.with_context(tracking_disable=True).write(
            {
                **vals,
                "kind": kind,
                "converted_at": fields.Datetime.now(),
                "converted_by_id": self.env.uid,
            }
        )
        appeal.question_ids._convert(self._get_written_regime())
        return True

    def _get_written_regime(self):
        """The town's own regime of written appeals, else the law's.

        :raises UserError: when none is in force
        """
        regime = self.env["gorod24.regime"]._of_family("written")
        if not regime:
            raise UserError(
                self.env._("There is no regime of written appeals in force now.")
            )
        return regime

    def _lock_for_conversion(self):
        self.check_access("read")
        with busy_in_words(self.env):
            self.lock_for_update()
        self.invalidate_recordset()
        # sudo: who converted and when is written by this method only
        return self.sudo()

    def _check_convertible(self, kind):
        if self.converted_at:
            local = self.env["gorod24.clock"]._to_local(self.converted_at)
            raise UserError(
                self.env._(
                    "The appeal is a written one already: %(who)s, %(when)s.",
                    who=self.converted_by_id.name,
                    when=local.strftime("%d.%m.%Y %H:%M"),
                )
            )
        if kind not in WRITTEN_KINDS:
            raise UserError(
                self.env._("Choose the kind: proposal, application or complaint.")
            )
        if all(question.state == "closed" for question in self.question_ids):
            raise UserError(
                self.env._(
                    "All questions of the appeal are closed: there is nothing to "
                    "consider. Reopen a question first."
                )
            )
        name = self.partner_id.name or self.partner_name or ""
        if self.author_type == "anonymous" or len(name.split()) < 2:
            raise UserError(
                self.env._(
                    "A written appeal needs the surname and first name of its author "
                    "(59-FZ, article 7). Write them on the card first."
                )
            )

    def _prepare_answer_vals(self, answer_address, answer_email):
        """Return the addresses the answer is sent to."""
        address = (answer_address or "").strip()
        email = (answer_email or "").strip()
        if not address and not email:
            raise UserError(
                self.env._(
                    "A written appeal needs a postal or e-mail address for the answer "
                    "(59-FZ, article 7)."
                )
            )
        if email and not email_normalize(email):
            raise UserError(
                self.env._("“%(email)s” is no e-mail address.", email=email[:80])
            )
        if len(address) > MAX_ADDRESS:
            raise UserError(self.env._("The postal address is too long."))
        return {
            "answer_address": address or False,
            "answer_email": email_normalize(email) if email else False,
        }


class Question(models.Model):
    _inherit = "gorod24.question"

    converted_at = fields.Datetime(related="appeal_id.converted_at")

    def _convert(self, regime):
        """Bring the open questions under the regime of written appeals."""
        still_open = self.filtered(lambda question: question.state != "closed")
        emergency = still_open.filtered(lambda one: one.regime_id.is_emergency)
        emergency._log_events(
            "converted", self.env._("The terms of an emergency stay as they are")
        )
        changed = still_open - emergency
        before = {
            question.id: self.env._(
                "Before: %(text)s", text=question.regime_id.display_name
            )
            for question in changed
        }
        changed.write({"regime_id": regime.id})
        for question in changed:
            running = question._clock_find("execution", [("state", "!=", "stopped")])
            # The law counts from the registration, whenever the question was sent.
            running.start = question.registered_at or running.start
        changed._log_events("converted", before)

    def _refresh_reopened(self):
        """What was closed when its appeal became a written one comes under the law."""
        result = super()._refresh_reopened()
        regime = self.env["gorod24.regime"]._of_family("written")
        left = self.filtered(
            lambda one: (
                one.converted_at
                and not one.regime_id.is_emergency
                and not one.regime_id._is_of(*WRITTEN)
            )
        )
        if left and regime:
            left._convert(regime)
        return result

    def _get_execution_start(self, start):
        """A written appeal is timed from its registration, not from the sending."""
        start = super()._get_execution_start(start)
        if self.regime_id._is_of(*WRITTEN) and self.period == 1:
            return self.registered_at or start
        return start
