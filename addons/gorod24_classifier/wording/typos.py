# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Nearest known words of a mistyped one, without looking at all known words.

Two words that differ by one wrong, missing, extra or swapped letter become equal
when at most one letter is dropped from each; so each known word is filed under
itself and all its shortenings by one letter.
"""

from difflib import SequenceMatcher

MIN_LENGTH = 4
MIN_LIKENESS = 0.7


def _shortenings(word):
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


class Vocabulary:
    """The known words. Words shorter than MIN_LENGTH are left out."""

    def __init__(self, words):
        self._filed = {}
        for word in sorted({w for w in words if len(w) >= MIN_LENGTH}):
            for short in _shortenings(word):
                self._filed.setdefault(short, []).append(word)

    def nearest(self, word, limit=3):
        """Known words within one error on either side, likest first."""
        if len(word) < MIN_LENGTH:
            return []
        found = set()
        for short in _shortenings(word):
            found.update(self._filed.get(short, ()))
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(word)
        ranked = []
        for known in found:
            matcher.set_seq1(known)
            likeness = matcher.ratio()
            if likeness >= MIN_LIKENESS:
                ranked.append((-likeness, known))
        return [known for _likeness, known in sorted(ranked)[:limit]]
