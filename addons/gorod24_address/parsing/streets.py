# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Street types and names: one key for all spellings of one name."""

from .tokens import tokenize

# canonical type → spellings (after lower-casing, dots removed)
STREET_TYPES = {
    "ул.": "ул улица ули",
    "пр-кт": "пр-кт пр-т пр просп проспект прт пркт просп-т",
    "пер.": "пер переулок пер-к перул",
    "проезд": "проезд пр-д прд пр-зд",
    "б-р": "б-р бр бул бульв бульвар бул-р",
    "ш.": "ш шоссе ш-се",
    "тракт": "тракт тр-т тр-кт",
    "пл.": "пл площадь пл-дь",
    "наб.": "наб набережная наб-я",
    "туп.": "туп тупик",
    "взвоз": "взвоз взв",
    "аллея": "аллея ал",
    "линия": "линия лин",
    "мкр.": "мкр микрорайон м-н мкрн мкр-н мк-н",
    "кв-л": "кв-л квартал",
    "гор-к": "городок гор-к",
    "ст.": "с/т",
    "снт": "снт сдт днт днп",
    "гск": "гск пгск",
    "тер.": "тер территория",
    "ряд": "ряд",
}
# Types that are also common as the name itself ("ул. Набережная").
WEAK_TYPES = {"наб.", "аллея", "линия", "ряд", "пл.", "гор-к", "тер.", "ш.", "ст."}
PLAN_TYPES = {"мкр.", "кв-л", "снт", "гск", "тер.", "гор-к", "ст."}
POSTPOSED = {"р-н", "край", "обл.", "тракт", "с/с", "ао"}
_SPELLINGS = {s: t for t, spelled in STREET_TYPES.items() for s in spelled.split()}
_ORDINAL_WORDS = {
    stem + ending: str(number)
    for number, stem in enumerate(
        "перв втор трет четверт пят шест седьм восьм девят десят".split(), 1
    )
    for ending in ("ый", "ая", "ой", "ое", "ий", "ья", "ье")
}
ORDINAL_ENDINGS = {"я", "й", "ая", "ый", "ой", "ий", "го", "е", "ое", "ья", "ти", "ей"}
NAME_NOISE = {"им", "имени"}


def street_type(word):
    """Canonical type ("ул.", "пр-кт") of a spelling, or "" if it is none."""
    return _SPELLINGS.get(word.strip(" .").lower().replace("ё", "е"), "")


def type_position(words):
    """Index of the word that is the street's type, or None.

    A type needs a name beside it; a weak type yields to a strong one.
    """
    found = [i for i, word in enumerate(words) if word in _SPELLINGS]
    if not found or len(words) == 1:
        return None
    strong = [i for i in found if _SPELLINGS[words[i]] not in WEAK_TYPES]
    return (strong or found)[0]


def name_words(tokens):
    """Words of a street name: ordinals as bare numbers, "имени" dropped."""
    words = []
    skip_ending = False
    for token in tokens:
        if token.kind == "-":
            skip_ending = bool(words) and words[-1].isdigit()
            continue
        if token.kind == "word":
            after_number = bool(words) and words[-1].isdigit()
            if (
                after_number
                and (skip_ending or token.glued)
                and token.text in ORDINAL_ENDINGS
            ):
                skip_ending = False
                continue
            skip_ending = False
            words.append(token.text)
        elif token.kind == "num":
            words.append(token.text)
    return [w for w in words if w not in NAME_NOISE] or words


def _key_of_words(words):
    words = [_ORDINAL_WORDS.get(w, w) if len(words) > 1 else w for w in words]
    if len(words) > 1 and words[-1].isdigit():
        words = words[-1:] + words[:-1]
    return " ".join(words)


def split_street(tokens):
    """(canonical type or "", key of the name) of a street's tokens."""
    words = name_words(tokens)
    position = type_position(words)
    if position is None:
        return "", _key_of_words(words)
    kind = _SPELLINGS[words[position]]
    return kind, _key_of_words(words[:position] + words[position + 1 :])


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
