# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Nearest known words of a mistyped one, without comparing it with all of them.

Two roads lead to candidates: words that sound alike (most errors in Russian are
«пишу, как слышу»: «канализация», «конализация»), and words that share pairs of
letters. Only the few candidates are then compared letter by letter.
"""

from collections import Counter
from heapq import nlargest
from itertools import chain

MIN_LENGTH = 4
#: From this length on two wrong letters are forgiven, below it one.
LONG = 7
#: So many candidates by pairs of letters are compared letter by letter.
COMPARED = 12

_SOUND = str.maketrans(
    {
        "о": "а", "е": "и", "э": "и", "ё": "и", "ы": "и", "ю": "у", "я": "и",
        "й": "и", "б": "п", "в": "ф", "г": "к", "д": "т", "ж": "ш", "з": "с",
        "щ": "ш", "ь": "", "ъ": "", "ц": "с",
    }
)  # fmt: skip


def sound(word):
    """How a word sounds, roughly: unstressed vowels, voicing and doubling merged."""
    word = word.replace("тся", "ца").replace("ться", "ца").replace("стн", "сн")
    heard = word.translate(_SOUND)
    return "".join(
        letter for i, letter in enumerate(heard) if i == 0 or letter != heard[i - 1]
    )


def distance(one, two, most):
    """Wrong, missing, extra or swapped letters between two words; `most` + 1 = more."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    far = most + 1
    before, last = None, [min(j, far) for j in range(len(two) + 1)]
    for i, letter in enumerate(one, 1):
        row = [far] * (len(two) + 1)
        row[0] = min(i, far)
        nearest = row[0]
        for j in range(max(1, i - most), min(len(two), i + most) + 1):
            cost = last[j - 1]
            if letter != two[j - 1]:
                cost = min(cost, last[j], row[j - 1]) + 1
                if (
                    i > 1
                    and j > 1
                    and letter == two[j - 2]
                    and one[i - 2] == two[j - 1]
                ):
                    cost = min(cost, before[j - 2] + 1)
            row[j] = cost
            nearest = min(nearest, cost)
        if nearest > most:
            return far
        before, last = last, row
    return min(last[-1], far)


def _pairs(word):
    return {word[i : i + 2] for i in range(len(word) - 1)} | {"^" + word[0]}


class Vocabulary:
    """The known words. Words shorter than MIN_LENGTH are left out."""

    def __init__(self, words=()):
        self._uses = {}
        self._by_pair = {}
        self._by_sound = {}
        for word in words:
            self.add(word)

    def __contains__(self, word):
        return word in self._uses

    def __len__(self):
        return len(self._uses)

    def add(self, word):
        """Count one more use of a word."""
        if word in self._uses:
            self._uses[word] += 1
        elif len(word) >= MIN_LENGTH:
            self._uses[word] = 1
            for pair in _pairs(word):
                self._by_pair.setdefault((pair, len(word)), set()).add(word)
            self._by_sound.setdefault(sound(word), set()).add(word)

    def remove(self, word):
        """Take one use back; a word nobody uses is forgotten."""
        if word not in self._uses:
            return
        self._uses[word] -= 1
        if not self._uses[word]:
            del self._uses[word]
            for pair in _pairs(word):
                self._by_pair[pair, len(word)].discard(word)
            self._by_sound[sound(word)].discard(word)

    def sounding(self, word):
        """Known words that sound like this one."""
        if len(word) < MIN_LENGTH:
            return []
        return sorted(self._by_sound.get(sound(word), ()))

    def nearest(self, word, limit=3):
        """[(known word, wrong letters)] likest first; a like sound counts as one."""
        if len(word) < MIN_LENGTH:
            return []
        most = 2 if len(word) >= LONG else 1
        found = dict.fromkeys(self.sounding(word), 1)
        for known in () if found else self._like(word, most):
            far = distance(word, known, most)
            if far <= most and len(known) > 3 * (far - 1):
                found[known] = min(far, found.get(known, far))
        found.pop(word, None)
        ranked = sorted(found.items(), key=lambda item: (item[1], item[0]))
        nearest = [item for item in ranked if item[1] == ranked[0][1]]
        return nearest[:limit]

    def _like(self, word, most):
        """The known words that share enough pairs of letters with this one.

        A wrong letter spoils two pairs, two swapped letters spoil three.
        """
        size = len(word)
        pairs = _pairs(word)
        least = max(1, len(pairs) - 3 * most)
        filed = [
            self._by_pair.get((pair, length), ())
            for pair in pairs
            for length in range(size - most, size + most + 1)
        ]
        shared = Counter(chain.from_iterable(filed))
        scored = [
            (2 * count / (size + len(known)), known)
            for known, count in shared.items()
            if count >= least
        ]
        return [known for _share, known in nlargest(COMPARED, scored)]
