# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a reader of lists hands out, and what it collects it from."""

from typing import NamedTuple

from .ranges import Numbers, infer_parity


class ListItem(NamedTuple):
    """One street of a list with its houses.

    street_type, street: as `parse` gives them; numbers: tuple of Numbers; locality:
    the town or district named above it; text: its words as written; problem: ""
    or why it gives no houses: "no_numbers" (a street alone), "stretch" («от … до …»),
    "unread".
    """

    street_type: str = ""
    street: str = ""
    numbers: tuple = ()
    locality: str = ""
    text: str = ""
    problem: str = ""


class Draft:
    """A street being collected."""

    def __init__(self, tokens, kind, street, locality="", closed=False):
        self.tokens = list(tokens)
        self.kind, self.street, self.locality = kind, street, locality
        self.closed = closed
        self.numbers = []
        self.spans = []  # tokens of each of the numbers
        self.problem = ""
        self.doubtful = False
        self.side = ""

    def add(self, numbers, tokens=()):
        self.numbers.append(numbers)
        self.spans.append(list(tokens))

    def take(self, begin):
        """Give away the numbers from an index on, with their tokens."""
        moved, spans = self.numbers[begin:], self.spans[begin:]
        del self.numbers[begin:], self.spans[begin:]
        return moved, [token for span in spans for token in span]

    def take_side(self):
        """Apply «нечётная сторона улицы …»: to all of it, or to the ranges named."""
        if not self.numbers:
            self.add(Numbers(parity=self.side))
        self.numbers = [
            n._replace(parity=self.side) if n.is_range and not n.parity else n
            for n in self.numbers
        ]

    def all_tokens(self):
        tokens = self.tokens + [token for span in self.spans for token in span]
        return sorted(tokens, key=lambda token: token.start)


def make_item(draft):
    """The :class:`ListItem` of a finished draft."""
    problem = "" if draft.problem == "heading" else draft.problem
    if draft.side and not problem:
        draft.take_side()
    if not problem and _is_contradictory(draft.numbers):
        problem = "unread"
    if not draft.street or (draft.doubtful and not problem):
        problem = "unread"
    elif not draft.numbers and not problem:
        problem = "no_numbers" if draft.kind else "unread"
    numbers = () if problem else tuple(infer_parity(draft.numbers))
    return ListItem(draft.kind, draft.street, numbers, draft.locality, "", problem)


def _is_contradictory(found):
    """Whether a list names the whole street and then some of its houses."""
    some = any(n.first is not None and not n.excluded for n in found)
    return some and any(n.is_whole for n in found)
