# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Places that are no house: crossing, stretch, stop, yard, landmark."""

from typing import NamedTuple

from .houses import HOUSE_WORDS
from .streets import ORDINAL_ENDINGS, PLURALS, SPELLINGS
from .tokens import COMMA

CORNERS = set(
    "угол углу углом угла перекресток перекрестке перекрестка перекрестком"
    " пересечение пересечении пересечения".split()
)
STOPS = set("остановка остановке остановки остановку ост оот".split())
YARDS = set("двор дворе двора двору придомовая придомовой дворовая".split())
_YARD_TAIL = {"территория", "территории", "территорию"}
NEAR = set("напротив возле около рядом перед позади вблизи недалеко".split())
LANDMARKS = set(
    "школа школы школе лицей гимназия гимназии садик детсад детский больница"
    " больницы больнице поликлиника поликлиники поликлинике магазин магазина"
    " магазине тц трц тд рынок рынка парк парка парке сквер сквера сквере вокзал"
    " вокзала автовокзал церковь храм мост моста кладбище аптека аптеки банк кафе"
    " стадион стадиона дк азс заправка заправки администрация администрации"
    " университет университета колледж завод завода бассейн пляж мэрия гостиница"
    " почта сбербанк котельная подстанция особняк".split()
)
_LEADS = {"на", "в", "во", "по", "у", "к", "с", "со", "за", "от", "из", "до"}
_KNOWN_PAIRS = {
    ("минина", "пожарского"),
    ("кирилла", "мефодия"),
    ("зои", "александра"),
    ("петра", "февронии"),
    ("маркса", "энгельса"),
}


#: A text without any of these words and signs names no such place.
HINTS = frozenset(
    CORNERS
    | STOPS
    | YARDS
    | NEAR
    | LANDMARKS
    | {"вход", "въезд", "заезд", "районе", "р-не", "от", "между", "с", "со", "и", "/"}
)


class Place(NamedTuple):
    """What kind of place the words name; the token lists are still to be read."""

    kind: str = ""
    note: str = ""
    cross: tuple = ()
    end: tuple = ()
    stop: str = ""
    landmark: str = ""
    sure: bool = True


def slice_of(source, tokens):
    """The words of the tokens as they were written."""
    tokens = [t for t in tokens if t.end]
    return source[tokens[0].start : tokens[-1].end].strip() if tokens else ""


def is_name(token):
    """Whether a token can be a word of a name."""
    return token.kind == "word" and len(token.text) > 1 and token.text not in _LEADS


def _find(tokens, words, start=0):
    for i in range(start, len(tokens)):
        if tokens[i].kind == "word" and tokens[i].text in words:
            return i
    return -1


def _segment_end(tokens, i):
    while i < len(tokens) and tokens[i].kind != ",":
        i += 1
    return i


def trim(tokens):
    """Tokens without leading and closing prepositions, signs and «улиц»."""
    begin, end = 0, len(tokens)
    while begin < end and (
        tokens[begin].kind not in ("word", "num")
        or tokens[begin].text in _LEADS
        and begin + 1 < end
        or tokens[begin].text in PLURALS
    ):
        begin += 1
    while end > begin and (
        tokens[end - 1].kind not in ("word", "num") or tokens[end - 1].text in _LEADS
    ):
        end -= 1
    return tokens[begin:end]


# Stops ----------------------------------------------------------------------------


def take_stop(tokens, source):
    """(tokens without the stop, its name as written)."""
    i = _find(tokens, STOPS)
    if i < 0:
        return tokens, ""
    end = _segment_end(tokens, i)
    for j in range(i + 2, end - 1):
        if tokens[j].text in ("по", "на") and tokens[j + 1].text in SPELLINGS:
            end = j
            break
    name = [t for t in tokens[i + 1 : end] if t.text not in _TRANSPORT]
    begin = i - 1 if i and tokens[i - 1].text in _LEADS else i
    if not name and end + 1 < len(tokens):  # «остановка, Спичка»
        following = _segment_end(tokens, end + 1)
        if not any(t.kind == "num" for t in tokens[end + 1 : following]):
            name, end = tokens[end + 1 : following], following
    if not name:
        before = [t for t in tokens[:begin] if t.kind != ","]
        if any(t.kind == "num" for t in before):
            return tokens[:begin] + tokens[end:], ""
        name, begin = before, 0
    return [*tokens[:begin], COMMA, *tokens[end:]], slice_of(source, name)


_TRANSPORT = {"общественного", "транспорта", "автобуса", "автобусная", "трамвая"}


# Stretches ------------------------------------------------------------------------


def take_stretch(tokens):
    """(tokens without the stretch, tokens from, tokens to); none: empty lists."""
    for first, second in (("от", "до"), ("между", "и"), ("с", "по"), ("со", "по")):
        i = _find(tokens, {first})
        j = _find(tokens, {second}, i + 1) if i >= 0 else -1
        if j < i + 2 or j + 1 >= len(tokens):
            continue
        begin, end = tokens[i + 1 : j], _stretch_end(tokens, j + 1)
        if first in ("с", "со") and not (_only_house(begin) and _is_num(tokens, j + 1)):
            continue
        if any(t.kind == "," for t in begin):
            continue
        before, after = tokens[:i], tokens[end:]
        if not any(is_name(t) for t in before + after):
            continue
        before = [t for t in before if t.text not in ("участок", "отрезок", "часть")]
        return [*before, COMMA, *after], trim(begin), trim(tokens[j + 1 : end])
    return tokens, [], []


def _is_num(tokens, i):
    return i < len(tokens) and (
        tokens[i].kind == "num" or tokens[i].text in HOUSE_WORDS
    )


def _only_house(tokens):
    return all(t.kind == "num" or t.text in HOUSE_WORDS for t in tokens)


def _stretch_end(tokens, i):
    """Where the second end of a stretch stops: a comma or «по улице …»."""
    for j in range(i, len(tokens)):
        if tokens[j].kind == ",":
            return j
        if j > i and tokens[j].text in ("по", "на") and j + 1 < len(tokens):
            return j
    return len(tokens)


# Crossings ------------------------------------------------------------------------


def _slash(tokens):
    """Index of the «/» between two streets, or -1."""
    for i in range(1, len(tokens) - 1):
        if tokens[i].kind != "/":
            continue
        before, after = tokens[i - 1], tokens[i + 1]
        if is_name(after) and (is_name(before) or after.text in SPELLINGS):
            return i
        ordinal = i + 2 < len(tokens) and (
            tokens[i + 2].kind in ("word", "-") and is_name(before)
        )
        if after.kind == "num" and ordinal:
            return i
    return -1


def _between(tokens):
    """Index of the «и», «с», «/», «-», «,» between the two streets, or -1."""
    slash = _slash(tokens)
    if slash > 0:
        return slash
    for signs in (("и",), ("с", "со"), ("-",), (",",)):
        for i in range(1, len(tokens) - 1):
            if tokens[i].text in signs and _names_beside(tokens, i):
                return i
    return -1


def _names_beside(tokens, i):
    before = any(is_name(t) and t.text not in SPELLINGS for t in tokens[:i])
    after = any(is_name(t) and t.text not in SPELLINGS for t in tokens[i + 1 :])
    return before and after and tokens[i + 1].text not in ORDINAL_ENDINGS


def take_crossing(tokens):
    """(tokens of the first street with all else, tokens of the second, sure).

    No crossing: the second list is empty.
    """
    i = _find(tokens, CORNERS)
    if i >= 0:
        before, after = trim_end(tokens[:i]), trim(tokens[i + 1 :])
        j = _between(after)
        if j > 0:
            first = after[:j]
            second, others = _split_other(after[j + 1 :])
            return [*before, COMMA, *first, *others], trim(second), True
        second, others = _split_other(after)
        return before + others, trim(second), True
    i = _slash(tokens)
    if i > 0:
        second, others = _split_other(tokens[i + 1 :])
        return tokens[:i] + others, trim(second), True
    i = _find(tokens, {"и"})
    if 0 < i < len(tokens) - 1 and _plain_pair(tokens, i):
        return tokens[:i], trim(tokens[i + 1 :]), False
    return tokens, [], True


def _split_other(tokens):
    """(tokens of the second street with its house, what follows after a comma)."""
    for i in range(1, len(tokens) - 1):
        if tokens[i].kind == "," and is_name(tokens[i + 1]):
            if tokens[i + 1].text not in HOUSE_WORDS:
                return tokens[:i], tokens[i:]
    return tokens, []


def trim_end(tokens):
    """Tokens without closing prepositions and signs: «Ленина, на» → «Ленина»."""
    end = len(tokens)
    while end and (
        tokens[end - 1].kind in (",", "-") or tokens[end - 1].text in _LEADS
    ):
        end -= 1
    return tokens[:end]


def _plain_pair(tokens, i):
    """Whether «Попова и Малахова» are two streets and not one name."""
    if not _names_beside(tokens, i) or any(t.kind == "," for t in tokens[i:]):
        return False
    return (tokens[i - 1].text, tokens[i + 1].text) not in _KNOWN_PAIRS


# Yards, surroundings, landmarks ------------------------------------------------------


def take_relation(tokens):
    """(tokens without the words, "yard" | "landmark" | "", the words)."""
    i = _find(tokens, YARDS)
    if i >= 0:
        begin = i - 1 if i and tokens[i - 1].text in ("во", "в", "на") else i
        end = i + 1
        if end < len(tokens) and tokens[end].text in _YARD_TAIL:
            end += 1
        end += end < len(tokens) and tokens[end].text in ("дома", "домов", "у")
        return [*tokens[:begin], *_after_relation(tokens, end)], "yard", ""
    tokens = _drop_way_in(tokens)
    i = _find(tokens, NEAR)
    if i < 0:
        i = _in_the_area(tokens)
        if i < 0:
            return tokens, "", ""
    end = i + 1
    if tokens[i].text == "в" or (
        end < len(tokens) and tokens[end].text in ("с", "со", "от")
    ):
        end += 1
    words = " ".join(t.text for t in tokens[i:end])
    return [*tokens[:i], COMMA, *_after_relation(tokens, end)], "landmark", words


def _drop_way_in(tokens):
    """Tokens without «вход с улицы Казакова»."""
    i = _find(tokens, {"вход", "въезд", "заезд"})
    if 0 < i < len(tokens) - 2 and tokens[i + 1].text in ("с", "со", "от"):
        return [*tokens[:i], *tokens[_segment_end(tokens, i) :]]
    return tokens


def _after_relation(tokens, i):
    """What follows «двор»: «дома Попова 50» loses its «дома»."""
    if i + 1 < len(tokens) and tokens[i].text in HOUSE_WORDS:
        if tokens[i + 1].kind == "word":
            i += 1
    return tokens[i:]


def _in_the_area(tokens):
    """Index of «в районе» that is no city district, or -1."""
    for i in range(len(tokens) - 2):
        if tokens[i].text == "в" and tokens[i + 1].text in ("районе", "р-не"):
            return i
    return -1


def take_landmark(tokens, source):
    """(tokens without it, the landmark as written): «школа 55», «ТЦ Огни»."""
    i = _find(tokens, LANDMARKS)
    if i < 0 or (tokens[i].glued and i and tokens[i - 1].kind == "num"):
        return tokens, ""
    j = i
    while j and tokens[j - 1].kind != ",":
        j -= 1
    if any(t.text in SPELLINGS or t.kind == "num" for t in tokens[j:i]):
        if not _house_before(tokens, i):
            return tokens, ""
        j = i
    elif any(is_name(t) for t in tokens[j:i]):
        j = i if _house_before(tokens, i) else j
    end = _landmark_end(tokens, i)
    found = trim(tokens[j:end])
    return [*tokens[:j], COMMA, *tokens[end:]], slice_of(source, found)


def _house_before(tokens, i):
    """Whether a number stands shortly before: «Попова 50 магазин»."""
    return any(t.kind == "num" for t in tokens[max(0, i - 3) : i])


def _landmark_end(tokens, i):
    for j in range(i + 1, len(tokens)):
        if tokens[j].kind == "," or tokens[j].text in SPELLINGS:
            return j
        if tokens[j].text in ("на", "по") and j + 1 < len(tokens):
            return j
    return len(tokens)
