# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: an emergency is worked in two steps: localised first, eliminated later.

Resolution 416, p. 13: damage in the house is localised within half an hour, whatever
time its elimination takes. The moment is noted with words, stops its own term, and
the question stays at work. Whoever notes it, it is done by `_on_localised`.
"""

from datetime import UTC

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_question import AT_WORK
from .gorod24_referral_limits import LATENESS, MAX_NOTE


class QuestionLocalised(models.Model):
    _inherit = "gorod24.question"

    localise_due = fields.Datetime("Localise before", copy=False)
    localised_at = fields.Datetime(
        "Localised", copy=False, help="In the current control period."
    )

    _localise_due_idx = models.Index("(localise_due) WHERE localise_due IS NOT NULL")

    def action_localised(self, words, moment=False):
        """Note that damage is localised, by the words of a crew on the phone.

        :param words: what was done
        :param moment: when (UTC), now by default
        :raises UserError: without words, or when no localisation is timed now
        """
        for question in self._lock_for_terms(words):
            question._on_localised(words, moment)
        return True

    def _on_localised(self, words, moment=False):
        """Stop the term, note who did what and when; the work goes on.

        Called with the rights of the system, the question or its referral locked.
        """
        self.ensure_one()
        self.env["gorod24.referral"]._check_words(words, MAX_NOTE)
        words = (words or "").strip()
        if not words:
            raise UserError(self.env._("Write what was done to localise the damage."))
        moment = self._check_localised(moment)
        self._clock_stop("localisation", moment)
        self.localised_at = moment
        referral = self.referral_id.filtered(lambda one: one.state in AT_WORK)
        referral.write(
            {
                "localised_at": moment,
                "localised_by_id": self.env.uid,
                "localised_note": words,
            }
        )
        when = self._term_moment(moment)
        self._log_events("localised", f"{when} · {words}")

    def _check_localised(self, moment):
        """Return the moment in naive UTC.

        :raises UserError: when it is senseless, or no localisation is timed
        """
        if self.localised_at:
            raise UserError(
                self.env._(
                    "Question %(name)s is localised already: %(when)s.",
                    name=self.name,
                    when=self._term_moment(self.localised_at),
                )
            )
        clock = self._get_open_term("localisation")
        now = fields.Datetime.now()
        try:
            moment = fields.Datetime.to_datetime(moment or now)
        except (ValueError, TypeError) as error:
            raise UserError(self.env._("Write when it was localised.")) from error
        if moment.tzinfo:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        if moment > now + LATENESS:
            raise UserError(self.env._("This time has not come yet."))
        # Minutes are typed without seconds.
        if moment < clock.start.replace(second=0, microsecond=0):
            raise UserError(
                self.env._(
                    "The question was registered later, on %(start)s. Check the time.",
                    start=self._term_moment(clock.start),
                )
            )
        return min(max(moment, clock.start), now)

    def _clock_changed(self, kind, clocks):
        result = super()._clock_changed(kind, clocks)
        if kind == "localisation":
            for question, clock in zip(self, clocks, strict=True):
                runs = clock.state != "stopped"
                due = runs and self._get_awaited_target(clock)
                question.localise_due = due
                question.referral_id.filtered(
                    lambda one: one.state in AT_WORK
                ).localise_due = due
        return result

    def _prepare_referral_vals(self, start):
        vals = super()._prepare_referral_vals(start)
        return {**vals, "localise_due": self.localise_due}

    def _start_period(self, *args, **kwargs):
        """A new control period is localised anew; the former stays on its referral."""
        self.localised_at = False
        return super()._start_period(*args, **kwargs)
