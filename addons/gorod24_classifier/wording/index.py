# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words of all topics, held in memory: which topics fit what was said."""

import math
from heapq import nlargest
from typing import NamedTuple

from .noise import NOISE
from .typos import Vocabulary
from .words import NEGATION, NEGATIONS, split_words

#: Stems are filed under so many first letters.
HEAD = 2


class Line(NamedTuple):
    """One wording of a topic by its stems. Their weights are not kept: they depend
    on the other topics."""

    key: object
    stems: tuple
    weight: float


class TopicIndex:
    """Wordings by their stems. `put` and `drop` change one topic at a time."""

    def __init__(self):
        self.words = Vocabulary()
        self._lines = {}
        self._of_key = {}
        self._postings = {}
        self._topics = {}
        self._forms = {}
        self._heads = {}
        self._all_forms = {}
        self._next = 0

    def __contains__(self, stem):
        return stem in self._topics

    def __len__(self):
        return len(self._of_key)

    # Keeping -------------------------------------------------------------------------

    def put(self, key, wordings, stem):
        """(Re)place a topic.

        :param wordings: iterable of (text, weight 0…1)
        :param stem: function giving {word: stem} for an iterable of words
        """
        self.drop(key)
        parsed = [(self._telling(text), weight) for text, weight in wordings]
        stems = stem({word for words, _weight in parsed for word in words})
        numbers, forms = [], []
        for words, weight in parsed:
            if words:
                pairs = [(stems[word], word) for word in words]
                numbers.append(self._put_line(key, pairs, weight))
                forms.extend(pairs)
        self._of_key[key] = (tuple(numbers), tuple(forms))

    def _put_line(self, key, pairs, weight):
        number, self._next = self._next, self._next + 1
        line = Line(key, tuple(dict.fromkeys(stem for stem, _word in pairs)), weight)
        self._lines[number] = line
        for stem in line.stems:
            self._postings.setdefault(stem, set()).add(number)
            topics = self._topics.setdefault(stem, {})
            topics[key] = topics.get(key, 0) + 1
        for stem, word in pairs:
            self.words.add(word)
            self._count_form(stem, word, 1)
        return number

    def drop(self, key):
        """Forget a topic."""
        numbers, forms = self._of_key.pop(key, ((), ()))
        for number in numbers:
            line = self._lines.pop(number)
            for stem in line.stems:
                self._postings[stem].discard(number)
                topics = self._topics[stem]
                topics[key] -= 1
                if not topics[key]:
                    del topics[key]
                if not topics:
                    del self._topics[stem], self._postings[stem]
        for stem, word in forms:
            self.words.remove(word)
            self._count_form(stem, word, -1)

    def _count_form(self, stem, word, step):
        forms = self._forms.setdefault(stem, {})
        self._heads.setdefault(stem[:HEAD], set()).add(stem)
        forms[word] = forms.get(word, 0) + step
        self._all_forms[word] = stem
        if forms[word] <= 0:
            del forms[word], self._all_forms[word]
        if not forms:
            del self._forms[stem]
            self._heads[stem[:HEAD]].discard(stem)

    @staticmethod
    def _telling(text):
        words = [NEGATION if w in NEGATIONS else w for w in split_words(text)]
        return [word for word in words if word not in NOISE] or words

    # Words ---------------------------------------------------------------------------

    def has_form(self, word):
        """Whether this very form of a word stands in a topic."""
        return word in self._all_forms

    def form(self, stem):
        """A word people can read for a stem."""
        forms = self._forms.get(stem)
        return max(forms, key=forms.get) if forms else stem

    def beginning(self, text, limit=12):
        """[(stem, word)] of known words that begin so, most used stems first."""
        found = {}
        for stem in self._heads.get(text[:HEAD], ()):
            if stem[: len(text)] == text[: len(stem)]:
                forms = self._forms[stem]
                word = next((word for word in forms if word.startswith(text)), None)
                if word:
                    found[stem] = word
        best = nlargest(limit, found, key=lambda stem: len(self._topics.get(stem, ())))
        return [(stem, found[stem]) for stem in best]

    def kin(self, stem, least, limit=6):
        """Known stems of the same root: a long beginning in common."""
        if len(stem) < least:
            return []
        size = max(least, math.ceil(len(stem) * 0.7))
        head = stem[:size]
        return [
            known
            for known in self._heads.get(stem[:HEAD], ())
            if known.startswith(head) and len(known) <= len(stem) + 3
        ][:limit]

    def idf(self, stem):
        """0…1: how much a word tells; a word of few topics tells more."""
        count = len(self._topics.get(stem, ()))
        total = len(self._of_key) + 1
        return math.log(total / (count + 0.5)) / math.log(total) if total > 2 else 1.0

    def lines_with(self, stem):
        """Numbers of the wordings that hold a stem."""
        return self._postings.get(stem, ())

    def line(self, number):
        """The :class:`Line` of a number."""
        return self._lines[number]

    def keys_with(self, stem):
        """Topics that hold a stem."""
        return self._topics.get(stem, ())
