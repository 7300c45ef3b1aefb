# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which topics fit what was said, and by which words.

A topic's wording scores by two shares multiplied: how much of the wording was said
and how much of what was said the wording holds. The best wording, a little of the
next two, and the share of the complaint found anywhere in the topic make the score.
All figures below were chosen on the tuned part of the labelled queries; the quality
hardly depends on any of them.
"""

from heapq import nlargest
from typing import NamedTuple

from .words import NEGATION

#: So many wordings at least are looked at closely after the rough count.
CLOSELY = 150
VERY_MANY = 400
#: The words that tell most count whole, the rest of a long story by half.
WHOLE_WORDS, REST = 3, 0.5
#: Weights of a word no topic knows, of a negation, of the commonest words.
UNKNOWN, NEGATED, COMMON = 0.25, 0.25, 0.25
#: Shares of the score: wordings, the topic as a whole; what other wordings add.
BAG, OTHERS = 0.4, 0.25
#: What may move topics that fit about equally.
USE_SHARE, HABIT_SHARE, OUT_OF_SEASON = 0.03, 0.15, 0.7


class Found(NamedTuple):
    """A topic that fits, its score 0…1 and the places of the words that met it:
    ((place in `said`, stem), …)."""

    key: object
    score: float
    matched: tuple


class Facts(NamedTuple):
    """What is known of a topic besides its words."""

    uses: int = 0
    habit: float = 0.0
    in_season: bool = True
    danger: bool = False


class _Query:
    """What was said, weighed with the words of one index."""

    def __init__(self, index, said):
        self.said = said
        self.weight, self.sure = {}, {}
        for item in said:
            for stem, strength in item.means.items():
                if stem not in index:
                    continue
                if stem not in self.weight:
                    self.weight[stem] = weigh(index, stem)
                self.sure[stem] = max(strength, self.sure.get(stem, 0.0))
        told = sorted((self._told(item) for item in said), reverse=True)
        self.total = sum(told[:WHOLE_WORDS]) + REST * sum(told[WHOLE_WORDS:]) or 1.0

    def _told(self, item):
        known = [
            self.weight[stem] * strength
            for stem, strength in item.means.items()
            if stem in self.weight
        ]
        return max(known, default=UNKNOWN)


def weigh(index, stem):
    """0…1: how much a stem tells of the topic."""
    return NEGATED if stem == NEGATION else max(index.idf(stem), COMMON)


def rank(index, said, limit=50):
    """[Found] for the words of :class:`Reader`, best first."""
    query = _Query(index, said)
    lines = {}
    for number in _roughly(index, query, max(CLOSELY, 4 * limit)):
        line = index.line(number)
        score = _line_score(index, query, line)
        lines.setdefault(line.key, []).append(score)
    phrases = {key: _phrase_score(scores) for key, scores in lines.items()}
    found = []
    for key in nlargest(2 * limit, phrases, key=phrases.get):
        bag, matched = _bag(index, query, key)
        found.append(Found(key, (1 - BAG) * phrases[key] + BAG * bag, matched))
    return nlargest(limit, found, key=lambda item: item.score)


def _roughly(index, query, limit):
    """Numbers of the wordings that hold most of what was said.

    A word of very many wordings is counted only where a more telling one was met.
    """
    rough = {}
    for stem in sorted(query.sure, key=query.weight.get, reverse=True):
        told = query.weight[stem] * query.sure[stem]
        numbers = index.lines_with(stem)
        if rough and len(numbers) > VERY_MANY:
            numbers = rough.keys() & numbers
        for number in numbers:
            rough[number] = rough.get(number, 0.0) + told
    return nlargest(limit, rough, key=rough.get)


def _line_score(index, query, line):
    full = said = 0.0
    for stem in line.stems:
        told = query.weight.get(stem)
        if told is None:
            full += weigh(index, stem)
        else:
            full += told
            said += told * query.sure[stem]
    return line.weight * (said / full) * min(1.0, said / query.total)


def _phrase_score(scores):
    best, *others = nlargest(3, scores)
    return best + OTHERS * (1.0 - best) * sum(others)


def _bag(index, query, key):
    """Share of the complaint found anywhere in the topic, and by which words."""
    total, matched = 0.0, []
    for place, item in enumerate(query.said):
        best, by = 0.0, None
        for stem, strength in item.means.items():
            if stem in query.weight and key in index.keys_with(stem):
                told = query.weight[stem] * strength
                if told > best:
                    best, by = told, stem
        if by:
            total += best
            matched.append((place, by))
    return min(1.0, total / query.total), tuple(matched)


def adjust(found, facts):
    """Order of `found` with use, habits and season; a dangerous topic never sinks.

    :param facts: {key: Facts}
    :return: [Found] best first, with the moved scores
    """
    most = max((facts[item.key].uses for item in found), default=0) or 1
    moved = {}
    for item in found:
        fact = facts[item.key]
        score = item.score + USE_SHARE * fact.uses / most + HABIT_SHARE * fact.habit
        score *= 1.0 if fact.in_season or fact.danger else OUT_OF_SEASON
        moved[item.key] = score
    for item in found:
        if facts[item.key].danger:
            lower = [moved[one.key] for one in found if one.score < item.score]
            moved[item.key] = max([moved[item.key], *lower])
    scored = [item._replace(score=min(1.0, moved[item.key])) for item in found]
    return sorted(scored, key=lambda item: (-item.score, not facts[item.key].danger))


def explain(said, matched):
    """[(as typed, as understood or "")] of the words that met a topic."""
    return [
        (said[place].text, said[place].shown.get(stem, "")) for place, stem in matched
    ]
