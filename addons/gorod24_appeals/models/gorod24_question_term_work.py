# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what operators and supervisors do with the terms of a question."""

from datetime import UTC, datetime, time

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .gorod24_question_term_list import PAUSABLE
from .gorod24_question_terms import BY_HAND


class QuestionTermWork(models.Model):
    _inherit = "gorod24.question"

    def action_pause_term(self, kind, reason):
        """Let a term stand still from now; it is moved by the length of the pause.

        :raises UserError: without a reason, or when no such term runs
        """
        questions = self._lock_for_terms(reason)
        if kind not in PAUSABLE:
            raise UserError(self.env._("This term cannot be paused."))
        for question in questions:
            clock = question._get_open_term(kind)
            if clock.state != "running":
                raise UserError(self.env._("The term is paused already."))
            if clock.target <= fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "The term has passed already: a pause would only hide that."
                        " A supervisor can excuse the delay."
                    )
                )
            question._clock_pause(kind, reason.strip())
            question._note_term(kind, self.env._("paused: %(why)s", why=reason))
        return True

    def action_resume_term(self, kind):
        """Let a paused term run again.

        :raises UserError: when it is not paused
        """
        for question in self._lock_for_terms():
            clock = question._get_open_term(kind)
            if clock.state != "paused":
                raise UserError(self.env._("The term is not paused."))
            question._clock_resume(kind)
            until = question._term_moment(clock.target)
            question._note_term(kind, self.env._("runs again, to %(end)s", end=until))
        return True

    def action_extend_term(self, kind, day, reason, notice_date=False):
        """Prolong a term to the end of a day, as far as its rule allows.

        Only before its end: 59-FZ, art. 12 p. 2 has the citizen told of a prolonged
        term, so there is none to prolong once it has run out.

        :param day: the new last day, in the zone of the service
        :param notice_date: when the citizen was told
        :raises UserError: saying what the rule allows
        """
        day = fields.Date.to_date(day)
        notice = fields.Date.to_date(notice_date)
        questions = self._lock_for_terms(reason)
        if not day:
            raise UserError(self.env._("Choose the new last day of the term."))
        if notice and notice > self._get_service_day(fields.Datetime.now()):
            raise UserError(
                self.env._("The citizen cannot have been told on a day to come.")
            )
        for question in questions:
            clock = question._get_open_term(kind)
            if clock.state == "running" and clock.target <= fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "The term has passed already: it is extended only before its"
                        " end. A supervisor can excuse the delay."
                    )
                )
            question._clock_extend(
                kind, question._get_day_end(day), reason.strip(), notice
            )
            until = day.strftime("%d.%m.%Y")
            question._note_term(
                kind,
                self.env._("extended to %(day)s: %(why)s", day=until, why=reason),
            )
        return True

    def action_excuse_term(self, clock_id, reason):
        """Take the blame off a missed term; supervisors only.

        :raises UserError: without a reason, or when the term was not missed
        """
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(
            "gorod24_appeals.group_supervisor"
        ):
            raise AccessError(self.env._("Only a supervisor excuses a missed term."))
        question = self._lock_for_terms(reason)
        clock = question.clock_ids.filtered(lambda clock: clock.id == clock_id)
        # sudo: users cannot write clocks; the right to excuse is checked above
        excused = clock.sudo()._excuse(reason.strip())
        if not excused:
            raise UserError(self.env._("This term was not missed."))
        excused._tell_owners(question.env)
        question._note_term(clock.kind, self.env._("excused: %(why)s", why=reason))
        return True

    def action_term_met(self, kind):
        """Note that the citizen was told the planned time, or has the service again.

        Localisation needs words: see `action_localised`.

        :raises UserError: when no such term runs
        """
        for question in self._lock_for_terms():
            if kind not in BY_HAND:
                raise UserError(self.env._("This term ends with its stage."))
            question._get_open_term(kind)
            question._clock_stop(kind)
            question._note_term(kind, self.env._("done"))
        return True

    # Pieces ---------------------------------------------------------------------

    def _lock_for_terms(self, reason=None):
        """Return the questions locked, with the rights their terms need.

        :param reason: the words asked for, None where none are
        """
        if reason is not None and not (reason or "").strip():
            raise UserError(self.env._("Write the reason."))
        return self._lock_for_control()

    def _get_open_term(self, kind):
        """The open term of a kind; UserError when there is none."""
        self.ensure_one()
        clock = self._clock_find(kind, [("state", "!=", "stopped")])
        if not clock:
            raise UserError(
                self.env._("Question %(name)s has no such term now.", name=self.name)
            )
        return clock

    def _note_term(self, kind, words):
        labels = dict(
            self.env["gorod24.clock"]._fields["kind"]._description_selection(self.env)
        )
        self._log_events("term", f"{labels[kind]}: {words}")

    def _get_day_end(self, day):
        """Last second of a local day (naive UTC)."""
        zone = self.env["gorod24.clock"]._get_zone()
        end = datetime.combine(day, time(23, 59, 59), tzinfo=zone)
        return end.astimezone(UTC).replace(tzinfo=None)

    def _get_service_day(self, moment):
        return self.env["gorod24.clock"]._to_local(moment).date()
