# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Street types and names: one key for all spellings of one name."""

from functools import lru_cache

from .tokens import tokenize

# canonical type → spellings (after lower-casing, dots removed)
STREET_TYPES = {
    "ул.": "ул улица улице улицы улицу улицей ули ул-ца улиц улицам улицах",
    "пр-кт": "пр-кт пр-т пр просп проспект прт пркт просп-т проспекта проспекте"
    " проспекту проспектом проспекты проспектов проспектам",
    "пер.": "пер переулок пер-к перул переулка переулке переулку переулки переулков",
    "проезд": "проезд пр-д прд пр-зд проезда проезде проезду проезды проездов",
    "б-р": "б-р бр бул бульв бульвар бул-р бульвара бульваре бульвару бульвары",
    "ш.": "ш шоссе ш-се",
    "тракт": "тракт тр-т тр-кт тракта тракте тракту тракты",
    "пл.": "пл площадь пл-дь площади площадью",
    "наб.": "наб набережная наб-я набережной набережную",
    "туп.": "туп тупик тупика тупике",
    "взвоз": "взвоз взв взвоза взвозе",
    "спуск": "спуск",
    "просека": "просека",
    "дорога": "дорога дор",
    "аллея": "аллея ал аллее аллеи",
    "линия": "линия лин линии",
    "мкр.": "мкр микрорайон м-н мкрн мкр-н мк-н м/р м/н микрорайоне микрорайона",
    "кв-л": "кв-л квартал квартале квартала",
    "ж/м": "ж/м жилмассив",
    "гор-к": "городок гор-к",
    "ст.": "с/т",
    "снт": "снт сдт днт днп сад-во садоводство",
    "гск": "гск пгск",
    "тер.": "тер территория",
    "ряд": "ряд",
}
# Types that are also common as the name itself ("ул. Набережная").
WEAK_TYPES = {
    *("наб.", "аллея", "линия", "ряд", "пл.", "гор-к", "ш.", "спуск"),
    *("просека", "дорога", "ст."),
}
PLAN_TYPES = {"мкр.", "кв-л", "снт", "гск", "тер.", "гор-к", "ст.", "ж/м"}
POSTPOSED = {"р-н", "край", "обл.", "тракт", "с/с", "ао"}
PLURALS = set(
    "улицы улиц улицам улицах проспекты проспектов проспектам переулки переулков"
    " проезды проездов бульвары тракты".split()
)
SPELLINGS = {s: t for t, spelled in STREET_TYPES.items() for s in spelled.split()}
ORDINAL_WORDS = {
    stem + ending: str(number)
    for number, stem in enumerate(
        "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат"
        " двенадцат тринадцат четырнадцат пятнадцат".split(),
        1,
    )
    for ending in "ый ая ой ое ий ья ье ьей ьего ого ом ому ую ью".split()
}
ORDINAL_ENDINGS = set("я й ая ый ой ий го ого е ое ье ья ти ей ю ую х ых".split())
NAME_NOISE = {"им", "имени"}
#: Words before the type that belong to the name: «Малая ул. Садовая».
_SIZES = ("больш", "бол", "мал", "верх", "нижн", "нов", "стар", "средн")
_SAME = {"летия": "лет", "летие": "лет", "летию": "лет"}
_BEFORE_NAME = {"за", "на", "по", "в", "у", "под", "через", "от", "до", "возле"}
_LONG_TYPES = (
    *("улица", "улице", "проспект", "переулок", "бульвар", "микрорайон"),
    *("площадь", "набережная"),
)


@lru_cache(maxsize=4096)
def street_type(word):
    """Canonical type ("ул.", "пр-кт") of a spelling, or "" if it is none."""
    return SPELLINGS.get(word.strip(" .").lower().replace("ё", "е"), "")


@lru_cache(maxsize=4096)
def misspelt_type(word):
    """Canonical type of a word with one typing error («улца»), or ""."""
    from .match import edit_distance

    if len(word) < 4 or word in SPELLINGS:
        return ""
    near = (t for t in _LONG_TYPES if edit_distance(word, t, 1) <= 1)
    found = next(near, "")
    return SPELLINGS[found] if found and word[0] == found[0] else ""


def type_position(words):
    """Index of the word that is the street's type, or None.

    A type needs a name beside it; a weak type yields to a strong one.
    """
    found = [i for i, word in enumerate(words) if word in SPELLINGS]
    if not found or len(words) == 1:
        return None
    strong = [i for i in found if SPELLINGS[words[i]] not in WEAK_TYPES]
    return (strong or found)[0]


def name_words(tokens):
    """Words of a street name: ordinals as bare numbers, "имени" dropped."""
    words = []
    dash = False
    for token in tokens:
        if token.kind == "word":
            number = bool(words) and words[-1].isdigit()
            ending = token.text in ORDINAL_ENDINGS and (
                dash or token.glued or token.text == "й"
            )
            if not (number and ending):
                words.append(token.text)
        elif token.kind == "num":
            words.append(token.text.lstrip("0") or "0")
        dash = token.kind == "-"
    return [w for w in words if w not in NAME_NOISE] or words


def _key_of_words(words):
    words = [part for word in words for part in word.split("-") if part]
    if len(words) > 1:
        words = [ORDINAL_WORDS.get(w) or _SAME.get(w, w) for w in words]
    if len(words) > 1 and words[-1].isdigit() and not words[0].isdigit():
        words = words[-1:] + words[:-1]
    return " ".join(words)


def _lead(words):
    """Index where the name begins before a type that a name follows."""
    i = len(words)
    while i and (words[i - 1].isdigit() or words[i - 1] in ORDINAL_WORDS):
        i -= 1
    while i and words[i - 1].startswith(_SIZES):
        i -= 1
    return i


def _after_preposition(words):
    """Index of the name in «сектор за Павловским (трактом)»."""
    places = [i for i in range(1, len(words) - 1) if words[i] in _BEFORE_NAME]
    return places[-1] + 1 if places else 0


def _take_types(words):
    """(canonical type, name words, words left before them) of a street's words."""
    position = type_position(words)
    if position is None:
        return _take_misspelt(words)
    kind = SPELLINGS[words[position]]
    before, after = words[:position], words[position + 1 :]
    if kind in WEAK_TYPES:
        if before and after and not before[-1].isdigit():
            return "", words, []
        return kind, before + after, []
    kinds = [SPELLINGS.get(w, "") for w in after]
    strong = [i for i, k in enumerate(kinds) if k and k not in WEAK_TYPES]
    rest = [w for i, w in enumerate(after) if i not in strong]
    if strong and (rest or before):
        # «ул. 1-й Аллейный проезд», «тер. СНТ Заря»: the nearer type is the right one
        if kind in ("ул.", "тер."):
            kind = kinds[strong[-1]]
        after = rest
    if not after:
        begin = _after_preposition(before)
        return kind, before[begin:], before[:begin]
    begin = _lead(before)
    return kind, before[begin:] + after, before[:begin]


def _take_misspelt(words):
    if len(words) > 1:
        for i in (0, len(words) - 1):
            kind = misspelt_type(words[i])
            if kind:
                return kind, words[:i] + words[i + 1 :], []
    return "", words, []


def read_street(tokens):
    """(canonical type or "", key of the name, words before the name)."""
    kind, words, left = _take_types(name_words(tokens))
    return kind, _key_of_words(words), " ".join(left)


def split_street(tokens):
    """(canonical type or "", key of the name) of a street's tokens."""
    return read_street(tokens)[:2]


def street_key(text):
    """Comparison key of a street name, without its type.

    «ул. 1-я Западная», «Западная 1» and «первая западная» give «1 западная».
    """
    return split_street(tokenize(text))[1]


def format_name(kind, name):
    """Name as printed: «пр-кт Ленина», «Павловский тракт», «Алтайский край»."""
    if not kind:
        return name or ""
    return f"{name} {kind}" if kind in POSTPOSED else f"{kind} {name}"
