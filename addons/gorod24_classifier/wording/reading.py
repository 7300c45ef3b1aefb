# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How each word of a complaint was understood."""

from dataclasses import dataclass, field

from .noise import NOISE
from .words import MAX_LETTERS, MAX_WORDS, NEGATION, NEGATIONS, chunk_words

#: How sure each way of understanding is.
STRENGTH = {
    "word": 1.0,
    "layout": 1.0,
    "space": 0.95,
    "synonym": 0.9,
    "beginning": 0.85,
    "typo": 0.8,
    "kin": 0.55,
}
SECOND_LETTER = 0.8
#: What is left of the own sense of the words of a phrase.
IDIOM = 0.6
MIN_BEGINNING = 2
MIN_KIN = 5
MIN_GLUED = 5
#: So many unknown words of one complaint are compared with the known ones; of more
#: only those are recognised that sound alike.
COMPARED_WORDS = 12


@dataclass
class Said:
    """One telling word as typed, and the stems it may stand for."""

    text: str
    place: int
    how: str = "unknown"
    means: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)

    def mean(self, stem, strength, shown=""):
        """Let the word stand for a stem; the surest reading of a stem is kept."""
        if strength > self.means.get(stem, 0.0):
            self.means[stem] = strength
            self.shown[stem] = shown


class Reader:
    """Reads complaints with the words of one index and one thesaurus."""

    def __init__(self, index, thesaurus, stem):
        self.index = index
        self.thesaurus = thesaurus
        self.stem = stem
        self._pieces = {}
        self._compared = 0

    def read(self, text, limit=40):  # pylint: disable=method-required-super
        """[Said] of a complaint, at most `limit`.

        When only noise was typed, the noise itself is returned: it is all there is.
        """
        words = self._words(text)
        stems = self.stem(words)
        self._pieces = self._stem_pieces(
            {w for w in words if w not in NOISE and not self._is_known(stems[w])}
        )
        self._compared = 0
        said, place = [], 0
        for word in words:
            for item in self._understand(word, stems[word], place):
                said.append(item)
                place = item.place
            place += 1
        telling = [item for item in said if item.text not in NOISE]
        telling = telling or said
        if telling and telling[-1].text == words[-1]:
            self._unfinished(telling[-1])
        self._replace(said)
        if len(telling) < len(said):
            self._replace(telling)  # phrases said with a noise word in between
        return telling[:limit]

    # From signs to words -----------------------------------------------------------

    def _words(self, text):
        words = []
        for chunk in (text or "")[:MAX_LETTERS].split():
            typed, other = chunk_words(chunk)
            if other and not self._all_known(typed) and self._any_known(other):
                typed = other
            words.extend(NEGATION if word in NEGATIONS else word for word in typed)
        return self._join(words[:MAX_WORDS])

    def _join(self, words):
        """«свето фор»: two unknown pieces that make one known word are put together."""
        joined = []
        for word in words:
            both = joined[-1] + word if joined else ""
            if (
                len(both) > 5
                and (both in self.index.words or both in self.thesaurus.words)
                and not self._known(joined[-1], word)
            ):
                joined[-1] = both
            else:
                joined.append(word)
        return joined

    def _known(self, *words):
        stems = self.stem(words)
        return all(self._is_known(stems[word]) for word in words)

    def _all_known(self, words):
        return bool(words) and self._known(*words)

    def _any_known(self, words):
        return any(self._known(word) or word in NOISE for word in words)

    def _is_known(self, stem):
        return stem in self.index or stem in self.thesaurus.stems

    # From words to stems -------------------------------------------------------------

    def _understand(self, word, stem, place):
        """The word, or the two words it was glued from, with what they stand for."""
        if word in NOISE or self._is_known(stem):
            item = Said(word, place, "word")
            item.mean(stem, STRENGTH["word"])
            self._sounds_like(item)
            return [item]
        parts = self._split(word)
        if parts:
            return self._apart(parts, place)
        item = Said(word, place)
        for known, strength in self._alike(word):
            item.how = "typo"
            item.mean(known[1], strength, known[0])
        if not item.means:
            for known in self.index.kin(stem, MIN_KIN):
                item.how = "kin"
                item.mean(known, STRENGTH["kin"], self.index.form(known))
        return [item]

    def _sounds_like(self, item):
        """«гарит» has the stem of «гарь» and sounds like «горит»: both count."""
        if item.text in self.index.words or item.text in NOISE:
            return
        alike = self.index.words.sounding(item.text)
        stems = self.stem(alike)
        for known in alike:
            item.mean(stems[known], STRENGTH["typo"], known)

    def _split(self, word):
        """«нетсвета», «мусорне» → the two known words, the most even cut first."""
        for left, right in _cuts(word):
            if self._is_piece(left) and self._is_piece(right):
                telling = [w for w in (left, right) if w not in NOISE]
                if any(len(w) > 2 and w != NEGATION for w in telling):
                    return left, right
        return None

    def _stem_pieces(self, words):
        """Stems of the pieces that stand beside a known word, all at once."""
        return self.stem(
            {
                piece
                for word in words
                for left, right in _cuts(word)
                for piece, other in ((left, right), (right, left))
                if len(piece) > 2 and self._is_form(other)
            }
        )

    def _is_form(self, word):
        return word in NOISE or word in NEGATIONS or self.index.has_form(word)

    def _is_piece(self, piece):
        if self._is_form(piece):
            return True
        stem = self._pieces.get(piece)
        return stem is not None and self._is_known(stem)

    def _apart(self, parts, place):
        items = []
        for part in parts:
            part = NEGATION if part in NEGATIONS else part
            item = Said(part, place + len(items), "space")
            item.mean(self.stem([part])[part], STRENGTH["space"])
            items.append(item)
        return items

    def _alike(self, word):
        """[((known word, its stem), strength)] of a mistyped word."""
        self._compared += 1
        vocabularies = self.index.words, self.thesaurus.words
        if self._compared > COMPARED_WORDS:
            found = {known: 1 for v in vocabularies for known in v.sounding(word)}
        else:
            found = {known: far for v in vocabularies for known, far in v.nearest(word)}
        nearest = min(found.values(), default=0)
        found = [known for known, far in found.items() if far == nearest]
        stems = self.stem(found)
        strength = STRENGTH["typo"] * SECOND_LETTER ** (nearest - 1)
        return [((known, stems[known]), strength) for known in sorted(found)]

    def _unfinished(self, item):
        """The last word may be still being typed: all words it may become count."""
        if item.how == "word" and item.text in self.index.words:
            return
        if len(item.text) < MIN_BEGINNING:
            return
        for stem, form in self.index.beginning(item.text):
            if item.how != "word":
                item.how = "beginning"
            item.mean(stem, STRENGTH["beginning"], form)

    # Synonyms ------------------------------------------------------------------------

    def _replace(self, said):
        """Add what the curators' synonyms say, longest phrases first."""
        stems = [max(item.means, key=item.means.get, default="") for item in said]
        for size in range(min(self.thesaurus.longest, len(said)), 0, -1):
            for first in range(len(said) - size + 1):
                for meaning in self.thesaurus.get(tuple(stems[first : first + size])):
                    self._add(said[first : first + size], meaning)

    @staticmethod
    def _add(items, meaning):
        for item in items:
            surest = max(item.means.values(), default=1.0)
            if len(items) > 1:  # «глаз выколи» is said neither of eyes nor of pricking
                item.means = {s: strength * IDIOM for s, strength in item.means.items()}
            for stem in meaning.stems:
                item.mean(stem, STRENGTH["synonym"] * surest, meaning.text)
            if item.how in ("unknown", "word"):
                item.how = "synonym"


def _cuts(word):
    """The two pieces of a word cut at each place, the most even cut first."""
    if len(word) < MIN_GLUED:
        return []
    places = sorted(range(1, len(word)), key=lambda i: abs(len(word) - 2 * i))
    return [(word[:i], word[i:]) for i in places]
