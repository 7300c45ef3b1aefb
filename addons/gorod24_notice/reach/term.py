# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a notice's moments mean now. Source: domain §10."""

import re

COMING, NOW, OVERDUE = "coming", "now", "overdue"
# The end of a sentence: not the dot of «ул. Попова» or of «д. 5».
_END = re.compile(r"(?<=[.!?])\s+(?=[А-ЯЁA-Z])")
# Words a dot stands after without ending the sentence: initials and single letters,
# «пр-кт» and «мкр-не», the shortened names of places and of what streets are named for.
_SHORT = re.compile(
    r"(?:^|[\s(.,«\"/])(?:"
    r"[а-яёa-z]|[а-яё]{1,3}-[а-яё]{1,3}"
    r"|ул|пр|просп|пер|пл|бул|бульв|наб|туп|кв|корп|стр|лит|подъезд|под|эт|оф|вл"
    r"|мкр|мкрн|пос|пгт|рп|сел|дер|хут|ст|стн|ост|обл|гор|кр|тер|снт|тел|доб"
    r"|им|св|бр|ак|акад|ген|проф|марш|адм|косм|пав|см|тыс|млн|руб|мин"
    r")\.$",
    re.IGNORECASE,
)
# A sentence that only calls the listener: what has happened comes after it.
_CALL = re.compile(r"(?:уважаем|дороги|здравствуй|добр(?:ый|ое|ого)\b)", re.IGNORECASE)
_ALARM = re.compile(
    r"(?:внимани|срочн|важн|авари|отключени|объявлени|информаци|сообщ)", re.IGNORECASE
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
    """The first sentence of a text, for a voice menu that says no more.

    A call or a heading alone («Уважаемые жители!», «АВАРИЯ.») tells nothing: the
    sentence after it is taken along.
    """
    text = " ".join((text or "").split())
    begins = 0
    for end in _END.finditer(text):
        stop = end.start()
        if _SHORT.search(text[:stop]):
            continue
        if not _is_opening(text[begins:stop]):
            return text[:stop]
        begins = end.end()
    return text


def _is_opening(sentence):
    """Whether it names nothing that has happened."""
    words = len(sentence.split())
    if words == 1 or _CALL.match(sentence):
        return True
    return bool(_ALARM.match(sentence)) and (words == 2 or sentence.endswith("!"))
