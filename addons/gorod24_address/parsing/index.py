# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Streets of a directory held in memory: which of them can be meant, in a millisecond.

Words are found by beginning, by case of an adjective and, misspelt, by the pairs of
letters they share; streets are then ranked by the words they hold.
"""

import heapq
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict

from .match import stem_of, word_score

#: A wrong letter spoils two pairs of letters, two swapped letters three.
_SPOILT = 3
_LAST = "\U0010ffff"


def _pairs(word):
    padded = "^" + word
    return {padded[i : i + 2] for i in range(len(word))}


class StreetIndex:
    """Find streets by misspelt, unfinished or partly named keys."""

    def __init__(self, rows):
        """:param rows: (id, keys divided by «|», number of houses)"""
        self.ids = []
        self.sizes = {}
        streets = defaultdict(lambda: array("I"))
        for place, (street_id, keys, size) in enumerate(rows):
            self.ids.append(street_id)
            self.sizes[street_id] = size
            words = set()
            for key in (keys or "").split("|"):
                parts = key.split()
                words.update(parts)
                words.add("".join(parts))
            for word in words:
                streets[word].append(place)
        streets.pop("", None)
        self._words = sorted(streets)
        self._streets = [streets[word] for word in self._words]
        self._pairs = defaultdict(lambda: array("I"))
        for number, word in enumerate(self._words):
            if not word.isdigit():
                for pair in _pairs(word):
                    self._pairs[pair].append(number)

    def near(self, key, limit=60):
        """Ids of the streets that fit a typed key best, at most `limit`."""
        typed = key.split()
        totals = defaultdict(float)
        for word in typed:
            for place, score in self._fitting(word).items():
                totals[place] += score * len(word)
        if len(typed) > 1:
            whole = "".join(typed)
            # spaces astray: «северо западная», «северозападная»
            for place, score in self._fitting(whole, misspelt=False).items():
                totals[place] = max(totals[place], score * len(whole))
        best = heapq.nlargest(
            limit, totals, key=lambda p: (totals[p], self.sizes[self.ids[p]], -p)
        )
        return [self.ids[place] for place in best]

    def _fitting(self, typed, misspelt=True):
        """{place of a street: best score of its words for the typed word}."""
        found = {}
        for number in self._candidates(typed, misspelt):
            score = word_score(typed, self._words[number])
            if score:
                for place in self._streets[number]:
                    if score > found.get(place, 0.0):
                        found[place] = score
        return found

    def _candidates(self, typed, misspelt):
        """Numbers of the words that may fit a typed one."""
        if typed.isdigit():
            return self._starting(typed, exact=True)
        numbers = set(self._starting(typed))
        if len(typed) > 1:
            numbers.update(self._starting(typed[0], exact=True))
            numbers.update(self._starting(stem_of(typed)))
        if misspelt and len(typed) > 3:
            numbers.update(self._misspelt(typed))
        return numbers

    def _starting(self, beginning, exact=False):
        begin = bisect_left(self._words, beginning)
        if exact:
            there = begin < len(self._words) and self._words[begin] == beginning
            return range(begin, begin + there)
        return range(begin, bisect_left(self._words, beginning + _LAST, begin))

    def _misspelt(self, typed):
        pairs = _pairs(typed)
        shared = Counter()
        for pair in pairs:
            shared.update(self._pairs.get(pair, ()))
        least = max(1, len(pairs) - _SPOILT)
        if len(typed) > 5:
            least = max(2, len(pairs) - 2 * _SPOILT + 1)
        longest = len(typed) + (2 if len(typed) < 5 else 20)
        return [
            number
            for number, count in shared.items()
            if count >= least and len(self._words[number]) <= longest
        ]
