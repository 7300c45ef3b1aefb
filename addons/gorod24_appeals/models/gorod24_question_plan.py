# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a planned time has to be told to the citizen, and by whom.

The participant plans, the hotline tells: the plan puts a duty on the informing desk and
the term of the planned time runs until somebody told it, be it the participant himself.
Until there is a plan there is nothing to tell: the participant's duty is warned.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from .gorod24_question import AT_WORK

KIND = "planned_time"
# Minutes between attempts to tell a planned time.
PLAN_PAUSE = 5


class Question(models.Model):
    _inherit = "gorod24.question"

    def _find_clock_rule(self, kind, regime, start):
        """Who is not there to be told a planned time is owed none."""
        if kind == KIND and not self._may_be_told_plan():
            return None
        return super()._find_clock_rule(kind, regime, start)

    def _decline_informing(self, moment, note=""):
        """The planned time need not be told either: nobody is to blame for it."""
        result = super()._decline_informing(moment, note)
        self._get_plan_duties()._finish("declined", moment)
        clocks = self._get_open_plan_clock()
        self._clock_stop(KIND, moment)
        clocks.filtered(lambda one: one.outcome == "met").write(
            {
                "outcome": "excused",
                "excuse": self.env._("The citizen need not be informed"),
            }
        )
        return result

    def _get_open_plan_clock(self):
        return self._clock_find(KIND, [("state", "!=", "stopped")])

    def _want_plan_told(self, moment):
        """Put the plan on the desk, once: a later plan changes what is told.

        A plan moved after the citizen was told has to be told anew: he waits at the
        former time.
        """
        self.ensure_one()
        duties = self._get_plan_duties()
        if duties or not self._may_be_told_plan():
            return duties
        due = self._get_open_plan_clock().target or self._get_moved_plan_due(moment)
        if not due:
            return duties
        vals = {**self._prepare_informing_vals(moment), "purpose": "plan", "due": due}
        if vals.get("needs_contact"):
            # The desk looks for numbers to tell results; this one is for the ladder.
            return duties
        return self.env["gorod24.informing"].create({**vals, "next_at": moment})

    def _get_moved_plan_due(self, moment):
        """Return by when to tell that the plan was moved; False: nothing was moved.

        The law's term was met by the first telling; the next one is given as long.
        """
        told = self._get_told_plan_clock()
        if not told:
            return False
        told_at = max([told.stop, *self._get_told_plan_moments()])
        plans = self.referral_ids.filtered(
            lambda one: one.role == "main" and one.period == self.period
        ).plan_ids.sorted("id")
        known = plans[:-1].filtered(lambda one: one.at <= told_at)[-1:]
        if not known or known.planned_at == plans[-1:].planned_at:
            return False
        return moment + (told.target - told.start)

    def _get_told_plan_clock(self):
        """Return the term of this control period that telling the plan has ended."""
        begin = self._get_period_begin()
        ended = self._clock_find(KIND, [("state", "=", "stopped")])
        return ended.filtered(
            lambda one: (
                begin
                and one.start >= begin
                and (one.outcome != "excused" or one.excused_by_id)
            )
        )[-1:]

    def _get_told_plan_moments(self):
        told = self.informing_ids.filtered(
            lambda one: (
                one.purpose == "plan"
                and one.state == "done"
                and one.period == self.period
            )
        )
        return told.mapped("done_at")

    def _may_be_told_plan(self):
        anonymous = self.appeal_id.author_type == "anonymous"
        return bool(self.phone_e164) and not (anonymous or self.informing_declined)

    def _get_plan_duties(self):
        return self.informing_ids.filtered(
            lambda one: one.purpose == "plan" and one.state == "due"
        )

    def _on_plan_told(self, moment, who=""):
        """The citizen knows the planned time: the term is met, the duty fulfilled."""
        for question in self:
            clock = question._clock_stop(KIND, moment)
            duties = question._get_plan_duties()
            duties._finish("done", moment)
            if clock or duties:
                words = question.env._("done")
                if who:
                    words = question.env._("told by %(who)s", who=who)
                question._note_term(KIND, words)

    def _cancel_plan_duties(self, moment):
        """The result is told instead."""
        self._get_plan_duties().write(
            {"state": "cancelled", "done_at": moment, "next_at": False}
        )

    def action_term_met(self, kind):
        """The operator told the citizen by himself: it leaves the desk, too."""
        result = super().action_term_met(kind)
        if kind == KIND:
            # sudo: as in the method above, which checked who may
            self.sudo()._get_plan_duties()._finish("done", fields.Datetime.now())
        return result

    def _on_done(self, moment, *args, **kwargs):
        self._cancel_plan_duties(moment)
        return super()._on_done(moment, *args, **kwargs)

    def _start_informing(self, moment):
        self._cancel_plan_duties(moment)
        return super()._start_informing(moment)

    def _on_refused(self, moment):
        """Whoever gave it back keeps no promise."""
        self._cancel_plan_duties(moment)
        return super()._on_refused(moment)

    def _get_duties(self):
        """A planned time told is no result told."""
        return super()._get_duties().filtered(lambda one: one.purpose != "plan")

    def _get_step_readers(self, step):
        """Warn the one who has to act: until there is a plan, the participant.

        Nobody can tell what nobody planned; afterwards the hotline has to tell it.
        """
        readers = super()._get_step_readers(step)
        if step.kind != KIND:
            return readers
        unplanned = self.filtered(
            lambda one: one.state in AT_WORK and not one.referral_id.planned_at
        )
        duties = unplanned._get_section_readers("duty")
        for question_id, officers in duties.items():
            late = step.moment != "warning"
            readers[question_id] = sorted(
                {*officers, *(readers[question_id] if late else ())}
            )
        return readers


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _add_plan(self, planned_at, note):
        """The hotline is told to tell the citizen."""
        result = super()._add_plan(planned_at, note)
        if self.role == "main":
            self.question_id._want_plan_told(fields.Datetime.now())
        return result

    def action_plan_told(self):
        """Note that the participant told the citizen the planned time himself.

        :raises UserError: without a plan, for a co-executor, or when it is told already
        """
        for referral in self._lock_for_work():
            referral._check_open()
            if not referral._may_tell_plan():
                raise UserError(
                    self.env._(
                        "There is no planned time to tell now: plan the visit first, or"
                        " it has been told already."
                    )
                )
            referral.question_id._on_plan_told(
                fields.Datetime.now(), referral.participant_id.name
            )
        return True

    def _may_tell_plan(self):
        """Whether the citizen still waits to hear the time this one has planned."""
        self.ensure_one()
        planned = self.role == "main" and self.state == "accepted" and self.planned_at
        question = self.question_id
        return bool(
            planned and (question._get_open_plan_clock() or question._get_plan_duties())
        )


class Informing(models.Model):
    _inherit = "gorod24.informing"

    purpose = fields.Selection(
        [("result", "Result"), ("plan", "Planned time")],
        required=True,
        default="result",
    )
    told_text = fields.Text("What is told", compute="_compute_told_text")

    @api.depends(
        "purpose",
        "question_id.result_text",
        "question_id.referral_id.planned_at",
        "question_id.referral_id.visit_note",
    )
    @api.depends_context("lang")
    def _compute_told_text(self):
        for informing in self:
            informing.told_text = informing._get_told_text()

    def _get_told_text(self):
        """What is read aloud to the citizen."""
        self.ensure_one()
        question = self.question_id
        if self.purpose != "plan":
            return question.result_text or ""
        referral = question.referral_id
        if not referral.planned_at:
            return self.env._("The planned time is not known yet: ask the participant.")
        zone = str(self.env["gorod24.clock"]._get_zone())
        planned = format_datetime(self.env, referral.planned_at, zone, "d MMMM, HH:mm")
        words = self.env._("They are to come on %(moment)s", moment=planned)
        return ". ".join(filter(None, [words, referral.visit_note]))

    def _on_reached(self, satisfaction, note, at):
        """A planned time told closes nothing."""
        if self.purpose != "plan":
            return super()._on_reached(satisfaction, note, at)
        return self.question_id._on_plan_told(at)

    def _follow_attempt(self, disposition, at):
        if self.purpose != "plan":
            return super()._follow_attempt(disposition, at)
        if disposition == "refused":
            self._finish("declined", at)
            self.question_id._on_plan_told(at)
        elif disposition == "wrong_number":
            self._on_wrong_number(at)
        else:
            # The crew is on its way: he is tried again soon, whatever the hour.
            later = fields.Datetime.add(at, minutes=PLAN_PAUSE)
            self.next_at = self.call_back_at or later
        return None

    def _on_unreachable(self, at, reason=False):
        """Given up by a supervisor; the question goes on."""
        if self.purpose != "plan":
            return super()._on_unreachable(at, reason)
        return self._finish("unreachable", at, end_reason=reason)

    def _told_in_writing(self, way, day, note):
        if self.purpose == "plan":
            raise UserError(self.env._("The planned time is told by telephone."))
        return super()._told_in_writing(way, day, note)

    def _start_letters(self):
        """Only results are written about."""
        results = self.filtered(lambda one: one.purpose != "plan")
        return super(Informing, results)._start_letters()
