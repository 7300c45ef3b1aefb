# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a notice's moments mean now. Source: domain §10."""

import re

COMING, NOW, OVERDUE = "coming", "now", "overdue"
# The end of a sentence: not the dot of «ул. Попова» or of «д. 5».
_END = re.compile(r"(?<=[.!?])\s+(?=[А-ЯЁA-Z])")
# Words a dot stands after without ending the sentence.
_SHORT = re.compile(
    r"(?:^|[\s(])(?:ул|пр|пер|пл|б-р|ш|г|д|кв|корп|стр|им|р-н|мкр|тел)\.$",
    re.IGNORECASE,
)


def phase_of(begins, due, now):
    """COMING, NOW or OVERDUE of an active notice.

    :param due: moment by which it was to end, or a false value when none was named
    """
    if begins > now:
        return COMING
    return OVERDUE if due and due < now else NOW


def day_of(moment, now):
    """How the day of a moment is said: "today", "tomorrow" or "other".

    Both are naive local times.
    """
    days = (moment.date() - now.date()).days
    return {0: "today", 1: "tomorrow"}.get(days, "other")


def first_sentence(text):
    """The first sentence of a text, for a voice menu that says no more."""
    text = " ".join((text or "").split())
    for end in _END.finditer(text):
        if not _SHORT.search(text[: end.start()]):
            return text[: end.start()]
    return text
