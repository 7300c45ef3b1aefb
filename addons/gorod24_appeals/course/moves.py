# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The tables of states. Source: life cycle of a hotline question, domain §6.2."""

from typing import NamedTuple

#: With these a question may be released from control.
OUTCOMES = (
    "fixed",
    "supported",
    "explained",
    "not_supported",
    "answered_in_call",
    "navigated",
    "forwarded_outside",
    "joined_notice",
    "duplicate",
    "withdrawn",
    "unreachable",
)
#: Outcomes a participant reports: the citizen has to be told of them.
RECEIVED = ("fixed", "explained", "supported", "not_supported")
FINISHED = "closed"


class Course(NamedTuple):
    """States of one kind of record and the moves between them.

    moves: {state: states it may go to}; a state without moves is an end.
    """

    start: tuple
    moves: dict

    @property
    def states(self):
        """All the states, in the order of a life."""
        return tuple(self.moves)

    def is_known(self, state):
        return state in self.moves

    def allows(self, from_state, to_state):
        """Whether a record may go from one state to the other."""
        return to_state in self.moves.get(from_state, ())

    def get_next(self, state):
        """States a record may go to, in the order of a life."""
        after = self.moves.get(state, ())
        return tuple(name for name in self.moves if name in after)


QUESTION = Course(
    ("draft", "registered", "sent", "closed"),
    {
        "draft": ("registered", "sent", "closed"),
        # sent: to a participant; closed: answered, forwarded, joined, withdrawn;
        # informing: forwarded outside, the citizen has still to be told
        "registered": ("sent", "informing", "closed"),
        # registered: refused by the participant; sent: to another one instead
        "sent": ("accepted", "registered", "sent", "informing", "closed"),
        "accepted": ("done", "registered", "sent", "informing", "closed"),
        # sent, registered: returned for rework, with or without a receiver
        "done": ("informing", "closed", "sent", "registered"),
        "informing": ("closed", "sent", "registered"),
        # a new control period: sent again at once, or waiting for a receiver
        "closed": ("registered", "sent"),
    },
)

REFERRAL = Course(
    ("sent",),
    {
        "sent": ("accepted", "refused", "withdrawn"),
        "accepted": ("refused", "done", "withdrawn"),
        "refused": (),
        "done": (),
        "withdrawn": (),
    },
)


def find_fault(course, from_state, to_state, outcome=None):
    """Why a move is refused.

    :param outcome: what the question is closed with; asked of :data:`FINISHED` only
    :return: "" when the move is allowed, else "unknown" (no such state), "same" (it
        is there already), "order" (not from here), "outcome" (closed with none)
    """
    if not (course.is_known(from_state) and course.is_known(to_state)):
        return "unknown"
    if not course.allows(from_state, to_state):
        return "same" if from_state == to_state else "order"
    if course is QUESTION and to_state == FINISHED and outcome not in OUTCOMES:
        return "outcome"
    return ""
