# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Likeness of two names, 0…1: words cut to their stems, then their letters."""

import re
from collections import Counter

_NOT_WORD = re.compile(r"[^0-9a-zа-я]+")
_SMALL = frozenset("а и или в во на с со к ко по из за от до о об для при не у".split())


def _words(name):
    text = (name or "").lower().replace("ё", "е")
    return [w for w in _NOT_WORD.split(text) if w and w not in _SMALL]


def _grams(name):
    """Parts of three letters of each word; the ending weighs nothing of its own."""
    grams = set()
    for word in _words(name):
        padded = f"  {word}"
        grams.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return grams


def likeness(one, other):
    """0…1; 1 when both names hold the same words in the same forms."""
    a, b = _grams(one), _grams(other)
    return len(a & b) / len(a | b) if a and b else 0.0


class NameIndex:
    """Names with their keys, ready to be asked for the nearest ones."""

    def __init__(self, names):
        """:param names: iterable of (key, name); a key may come with several names"""
        self._grams = []  # (key, set of grams)
        self._found = {}  # gram → positions in _grams
        for key, name in names:
            grams = _grams(name)
            for gram in grams:
                self._found.setdefault(gram, []).append(len(self._grams))
            self._grams.append((key, grams))

    def nearest(self, name, limit=3, least=0.3):
        """[(key, likeness)], best first, each key once; none below `least`."""
        asked = _grams(name)
        shared = Counter()
        for gram in asked:
            shared.update(self._found.get(gram, ()))
        scores = {}
        for position, count in shared.items():
            key, grams = self._grams[position]
            score = count / (len(asked) + len(grams) - count)
            if score >= least and score > scores.get(key, 0.0):
                scores[key] = score
        return sorted(scores.items(), key=lambda pair: (-pair[1], str(pair[0])))[:limit]
