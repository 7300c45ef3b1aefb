# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which line of the hotline a citizen rang: by the number he dialled.

A line has one or several numbers: route points, pilots, numbers of the city; ``77*`` is
a whole series.
"""

import re

_APART = re.compile(r"[\s,;]+")


def read_numbers(text):
    """Return the numbers of a line as digits, a series with its ``*`` at the end.

    :raises ValueError: with the word that is no number.
    """
    found = []
    for word in filter(None, _APART.split(text or "")):
        if not re.fullmatch(r"\+?[0-9]{1,15}\*?", word, re.ASCII):
            raise ValueError(word)
        found.append(word.lstrip("+"))
    return list(dict.fromkeys(found))


class Lines:
    """Names of lines by number.

    :param pairs: iterable of (name, text of its numbers).
    """

    def __init__(self, pairs):
        self.exact, self.series = {}, {}
        for name, text in pairs:
            for number in read_numbers(text):
                if number.endswith("*"):
                    self.series.setdefault(number[:-1], name)
                else:
                    self.exact.setdefault(number, name)

    def name_of(self, dialled):
        """The line's name; the number itself when no line has it, "" for none.

        The number as it is beats a series, a longer series beats a shorter one.
        """
        number = (dialled or "").strip()
        plain = re.sub(r"[^0-9]", "", number.partition("@")[0])
        if plain in self.exact:
            return self.exact[plain]
        starts = [start for start in self.series if plain.startswith(start)]
        return self.series[max(starts, key=len)] if plain and starts else number
