# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the one door through which the state of a question changes.

The table of allowed moves is the pure package `course`; here it is asked, the state is
written and the event is noted.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..course import QUESTION, find_fault

# What a change of state is called in the log unless the caller says it better.
_EVENTS = {
    "registered": "registered",
    "sent": "sent",
    "accepted": "accepted",
    "done": "done",
    "informing": "informing",
    "closed": "closed",
}


class QuestionCourse(models.Model):
    _inherit = "gorod24.question"

    event_ids = fields.One2many("gorod24.question.event", "question_id", "Events")

    def _transition(self, to_state, moment=None, event=None, note="", **vals):
        """Bring the questions to a state, or none of them.

        :param moment: UTC moment of the change, now by default
        :param event: kind of the noted event; by default the one of the state
        :param note: words of the event, or {question id: words}
        :param vals: other values written together with the state
        :raises UserError: naming the question, its state and what is possible now.
        """
        self._check_transition(to_state, vals)
        before = {question.id: question.state for question in self}
        self.write({**vals, "state": to_state})
        self._log_events(event or _EVENTS[to_state], note, before, moment)
        return self

    def _check_transition(self, to_state, vals):
        """Refuse a move that is not in the table, before anything is done for it.

        :raises UserError: see `_transition`
        """
        for question in self:
            outcome = vals.get("outcome", question.outcome)
            fault = find_fault(QUESTION, question.state, to_state, outcome)
            if fault:
                raise UserError(question._get_fault_message(fault, to_state))

    def _log_events(self, kind, note="", from_states=None, moment=None):
        """Note in one insert what happened to the questions.

        :param note: words, or {question id: words}
        :param from_states: {question id: state before}; by default the state now
        :param moment: UTC, now by default
        :return: the events
        """
        before = from_states or {}
        # sudo: nobody holds a right to write the history; only this method adds to it
        events = self.env["gorod24.question.event"].sudo()
        return events.create(
            [
                question._prepare_event_vals(
                    kind, note, before.get(question.id, question.state), moment
                )
                for question in self
            ]
        ).sudo(False)

    def _prepare_event_vals(self, kind, note, from_state, moment):
        """Return the values of one line of the history. Hook."""
        self.ensure_one()
        return {
            "question_id": self.id,
            "appeal_id": self.appeal_id.id,
            "at": moment or fields.Datetime.now(),
            "author_id": self.env.uid,
            "kind": kind,
            "from_state": from_state or False,
            "to_state": self.state,
            "note": (note.get(self.id) if isinstance(note, dict) else note) or False,
        }

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        # sudo: as in _log_events
        self.env["gorod24.question.event"].sudo().create(
            [
                {
                    **question._prepare_event_vals(
                        "registered", "", "", question.registered_at
                    ),
                    "author_id": question.operator_id.id or self.env.uid,
                }
                for question in questions
                if question.state != "draft"
            ]
        )
        return questions

    def _get_fault_message(self, fault, to_state):
        """Say why the question cannot go to a state, and what it can do now."""
        self.ensure_one()
        names = dict(self._fields["state"]._description_selection(self.env))
        state = names.get(self.state, self.state)
        if fault == "outcome":
            return self.env._(
                "Question %(name)s cannot be closed without an outcome.",
                name=self.name,
            )
        known = {"name": self.name, "state": state, "last": self._get_last_words()}
        if fault == "same":
            return self.env._(
                "Question %(name)s is already in the state “%(state)s”: %(last)s.",
                **known,
            )
        after = QUESTION.get_next(self.state)
        return self.env._(
            "Question %(name)s is in the state “%(state)s” (%(last)s): it cannot "
            "become “%(wanted)s”. Possible now: %(possible)s.",
            **known,
            wanted=names.get(to_state, to_state),
            possible=", ".join(names[name] for name in after),
        )

    def _get_last_words(self):
        """Return «Accepted: Petrov, 05.10.2026 12:30» of the latest event."""
        self.ensure_one()
        # sudo: an officer of a participant reads no events; who and when is told
        event = self.sudo().event_ids.sorted(lambda one: (one.at, one.id))[-1:]
        if not event:
            return "–"
        kinds = dict(event._fields["kind"]._description_selection(self.env))
        local = self.env["gorod24.clock"]._to_local(event.at)
        return self.env._(
            "%(what)s: %(who)s, %(when)s",
            what=kinds[event.kind],
            who=event.author_id.name or self.env._("the hotline"),
            when=local.strftime("%d.%m.%Y %H:%M"),
        )
