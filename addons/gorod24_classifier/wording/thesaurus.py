# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people say → words of the classifier, kept by curators."""

from typing import NamedTuple

from .noise import NOISE
from .typos import Vocabulary
from .words import NEGATION, NEGATIONS, split_words

#: A phrase longer than this is a wording of a topic, not a synonym.
MAX_WORDS = 5


class Meaning(NamedTuple):
    """One synonym: the plain words, their stems."""

    text: str
    stems: tuple


class Thesaurus:
    """Synonyms, found by the stems of the phrase whatever its endings are.

    :param entries: iterable of (phrase, meaning); the meaning may hold several
        wordings parted by commas
    :param stem: function giving {word: stem} for an iterable of words
    """

    def __init__(self, entries, stem):
        parsed = [(key_words(said), meaning) for said, meaning in entries]
        parsed = [entry for entry in parsed if entry[0]]
        said_words = {word for said, _meaning in parsed for word in said}
        plain = {word for _said, text in parsed for word in split_words(text)}
        stems = stem(said_words | plain)
        self.words = Vocabulary(said_words)
        self.stems = {stems[word] for word in said_words}
        self._found = {}
        self.longest = 1
        for said, meaning in parsed:
            key = tuple(stems[word] for word in said)
            self.longest = max(self.longest, len(key))
            means = self._found.setdefault(key, [])
            for part in meaning.split(","):
                plain = [word for word in split_words(part) if word not in NOISE]
                if plain:
                    found = tuple(dict.fromkeys(stems[word] for word in plain))
                    means.append(Meaning(part.strip(), found))

    def get(self, stems):
        """The meanings of a phrase given by its stems; () when there is none."""
        return self._found.get(stems, ())


def key_words(said):
    """Words of a said word or phrase as they are looked up."""
    words = split_words(said)[:MAX_WORDS]
    return tuple(NEGATION if word in NEGATIONS else word for word in words)
