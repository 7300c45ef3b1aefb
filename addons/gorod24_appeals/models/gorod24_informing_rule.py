# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: when a citizen who was not told is called again, and when it is enough."""

from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..telling import RetryRule, is_exhausted, next_attempt

# Attempts that count towards "unreachable": nobody was spoken to.
MISSED = ("no_answer", "busy")
# Nobody promises a call later than this.
HORIZON = timedelta(days=60)
# Setting: part of the rule.
SETTINGS = {
    "gorod24.informing_attempts": "attempts",
    "gorod24.informing_days": "days",
    "gorod24.informing_minutes": "minutes",
    "gorod24.informing_busy_minutes": "busy_minutes",
}


class Informing(models.Model):
    _inherit = "gorod24.informing"

    next_at = fields.Datetime(
        "Next attempt", help="Not to be called before. Set by the rule of attempts."
    )
    needs_contact = fields.Boolean(
        "Another number needed",
        help="The number is wrong or closed to calls: find another one.",
    )
    end_reason = fields.Char(
        "Why it ended untold", help="In words, when a person ended the duty by hand."
    )

    # What may be called now; whose number has to be found.
    _next_idx = models.Index("(next_at) WHERE state = 'due' AND next_at IS NOT NULL")
    _needs_contact_idx = models.Index(
        "(due) WHERE state = 'due' AND needs_contact IS TRUE"
    )

    @api.model
    def _get_rule(self):
        """Return the rule of the settings, the default one where they make no sense."""
        # Reading settings: no personal data behind this sudo.
        parameters = self.env["ir.config_parameter"].sudo()
        values = {}
        for name, part in SETTINGS.items():
            text = parameters.get_param(name)
            if text and text.isdigit():
                values[part] = int(text)
        try:
            return RetryRule(**values)
        except ValueError:
            return RetryRule()

    def _follow_attempt(self, disposition, at):
        """Set what comes after an attempt in which the result was not told.

        :param at: UTC moment of the attempt.
        """
        self.ensure_one()
        if disposition == "refused":
            self._finish("declined", at)
            self.question_id._close(at)
        elif disposition == "wrong_number":
            self._on_wrong_number(at)
        elif disposition in MISSED:
            self._on_missed(disposition, at)
        else:
            # Asked to call back, or the line broke before this result was told.
            later = at + timedelta(minutes=self._get_rule().minutes)
            self.next_at = self.call_back_at or self._next_call_moment(later)

    def _on_missed(self, disposition, at):
        rule, missed = self._get_rule(), self._missed_moments()
        if is_exhausted(missed, rule):
            self._on_unreachable(at)
            return
        following = next_attempt(missed, rule, busy=disposition == "busy")
        self.next_at = self._next_call_moment(self._to_utc(following))

    def _missed_moments(self):
        """Local moments of the misses at the number that is called now."""
        moments = []
        for attempt in self.attempt_ids.sorted("id", reverse=True):
            if attempt.disposition == "wrong_number":
                break
            if attempt.disposition in MISSED:
                moments.append(self.env["gorod24.clock"]._to_local(attempt.at))
        return moments

    def _on_unreachable(self, at, reason=False):
        """End the duty: the citizen could not be told.

        The question gets the outcome "unreachable" of its own, so that it counts
        neither as fixed nor as explained; what the participant claims stays on the
        referral, and his words stay on the question.
        """
        self._finish("unreachable", at, end_reason=reason)
        self.question_id._close(at, outcome="unreachable")

    def _on_wrong_number(self, at):
        """Mark the number, and go on with another one of the person if he has any."""
        self.env["gorod24.phone"]._mark_wrong(self.phone_e164, self.partner_id, at)
        other = self.partner_id._get_usable_numbers() - {self.phone_e164}
        if other:
            self.write(
                {"phone_e164": min(other), "next_at": self._next_call_moment(at)}
            )
        else:
            self.write({"needs_contact": True, "next_at": False})

    def set_phone(self, number):
        """Call the citizen at another number from now on.

        :raises UserError: when it is no telephone number, or a closed one.
        """
        e164 = self.env["gorod24.phone"]._normalise(number)
        if not e164:
            raise UserError(self.env._("This is not a telephone number."))
        duties = self._lock_for_operator()
        duties._check_attempt("reached", "not_asked")
        Phone = self.env["gorod24.phone"]
        for partner in duties.partner_id:
            phone = Phone._ensure(partner, e164)
            if phone.do_not_call:
                raise UserError(
                    self.env._("The person asked not to be called at this number.")
                )
            phone.write({"wrong": False, "wrong_at": False})
        moment = self._next_call_moment(fields.Datetime.now())
        duties._recall_letters()
        duties.write({"phone_e164": e164, "needs_contact": False, "next_at": moment})
        # A result reported again later is told at the same, right number.
        duties.question_id.write({"phone_e164": e164})
        return True

    def action_give_up(self, reason=""):
        """Close the question though the citizen could not be reached.

        An operator may do so only where no number is left to call; in all other cases
        the rule of attempts decides, or a supervisor, who says why.

        :raises UserError: when the rule does not allow it, or without a reason.
        """
        reason = (reason or "").strip()
        by_rule = not (
            self.env.su or self.env.user.has_group("gorod24_appeals.group_supervisor")
        )
        for informing in self._lock_for_operator():
            if informing.state != "due":
                continue
            if not informing.needs_contact:
                informing._check_override(by_rule, reason)
            informing._on_unreachable(fields.Datetime.now(), reason[:250])
        return True

    def _check_override(self, by_rule, reason):
        if by_rule:
            rule = self._get_rule()
            raise UserError(
                self.env._(
                    "Attempts made: %(made)s. The rule asks for %(attempts)s on "
                    "%(days)s different days; before that only a supervisor can end "
                    "the informing.",
                    made=len(self._missed_moments()),
                    attempts=rule.attempts,
                    days=rule.days,
                )
            )
        if not reason:
            raise UserError(self.env._("Write why the citizen will not be told."))

    # Time ---------------------------------------------------------------------------

    @api.model
    def _check_call_back(self, disposition, moment, now):
        """Return naive UTC of a promised call, or False.

        :raises UserError: when it cannot be read, has passed or is too far away.
        """
        if disposition != "call_back" or not moment:
            return False
        try:
            moment = fields.Datetime.to_datetime(moment)
        except (ValueError, TypeError) as error:
            raise UserError(self.env._("Choose when to call back.")) from error
        if not now < moment < now + HORIZON:
            raise UserError(self.env._("Call back later than now and within 60 days."))
        return moment

    @api.model
    def _next_call_moment(self, moment):
        """Return the first moment from ``moment`` (UTC) when citizens may be called."""
        return self.env["gorod24.hotline.hours"]._next_call_moment(moment)

    @api.model
    def _to_utc(self, local):
        """Naive time of the service → naive UTC."""
        zone = self.env["gorod24.clock"]._get_zone()
        aware = local.replace(tzinfo=zone)
        return datetime.fromtimestamp(aware.timestamp(), UTC).replace(tzinfo=None)
