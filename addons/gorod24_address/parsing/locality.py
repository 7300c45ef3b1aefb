# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Region, town, village and postal code before the street."""

from .houses import ADDITION_WORDS, HOUSE_WORDS
from .streets import PLAN_TYPES, WEAK_TYPES, street_type

LOCALITY_WORDS = set(
    "край область обл республика респ россия рф ао округ го р-н район рн р-он г гор"
    " город с село п пос поселок пгт рп р/п д деревня ст-ца станица хутор сельсовет с/с"
    " городе города селе поселке деревне станице районе района края области".split()
)
_TOWNS = set("город село поселок деревня городе селе поселке деревне".split())
_FULL_WORDS = {word for word in LOCALITY_WORDS if len(word) > 2}


def _segments(tokens):
    """Lists of tokens between commas, empty ones left out."""
    parts = [[]]
    for token in tokens:
        if token.kind == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _words(segment):
    return [t.text for t in segment if t.kind == "word"]


def _street_rank(segment):
    """2: has a street type, 1: has a plan or weak type, 0: none."""
    types = [street_type(t.text) for t in segment if t.kind == "word"]
    types = [t for t in types if t]
    if not types or len(segment) < 2:
        return 0
    return 1 if all(t in PLAN_TYPES or t in WEAK_TYPES for t in types) else 2


def _is_postcode(segment):
    return len(segment) == 1 and segment[0].kind == "num" and len(segment[0].text) == 6


def _is_locality(segment, localities):
    words = _words(segment)
    if not words or _street_rank(segment):
        return False
    if any(t.kind == "num" for t in segment):
        return False
    ends = {words[0], words[-1]}
    return bool(ends & LOCALITY_WORDS) or " ".join(words) in localities


def _cut_inside(segment, localities):
    """Locality tokens at the beginning of a segment that also holds the street."""
    words = [t.text if t.kind == "word" else "" for t in segment]
    if len(words) > 2 and words[0] == "в" and words[1] in _FULL_WORDS:
        return 1 + _cut_inside(segment[1:], localities)
    if not words:
        return 0
    marked = words[0] in LOCALITY_WORDS and words[0] not in HOUSE_WORDS - {"д"}
    if marked and words[0] == "д" and len(segment) > 1 and segment[1].kind == "num":
        return 0
    start = 1 if marked else 0
    for length in (3, 2, 1):
        name = words[start : start + length]
        if " ".join(name) in localities and len(segment) > start + length:
            return start + length
    if not marked or len(words) < 4:
        return 0
    strong = [i for i, w in enumerate(words) if i > 1 and _is_strong(w)]
    if strong and strong[0] + 1 < len(words) and strong[0] <= 3:
        following = segment[strong[0] + 1]
        if following.kind == "word" or words[0] in _FULL_WORDS:
            return strong[0]
    after = 3 if len(words) > 4 and words[2] in ("на", "по") else 2
    return after if words[0] in _TOWNS else 0


def _is_strong(word):
    kind = street_type(word)
    return bool(kind) and kind not in WEAK_TYPES


def _join(segments):
    """Tokens of the segments again, commas between."""
    joined = []
    for segment in segments:
        if joined:
            joined.append(segment[0]._replace(kind=",", text=",", glued=False))
        joined.extend(segment)
    return joined


def split_locality(tokens, localities=frozenset()):
    """(tokens of region and town, tokens from the street on)."""
    parts = [s for s in _segments(tokens) if not _is_postcode(s)]
    cut = []
    for segment in parts:
        end = _cut_inside(segment, localities)
        cut += [segment[:end], segment[end:]] if end else [segment]
    ranks = [_street_rank(segment) for segment in cut]
    if any(ranks):
        street = ranks.index(max(ranks))
    else:
        known = [_is_locality(segment, localities) for segment in cut]
        named = [i for i, s in enumerate(cut) if _has_name(s)]
        plain = [i for i in named if not known[i]]
        street = (plain or named or [0])[0]
        if len(plain) > 1 and _house_follows(cut, plain[1]):
            street = plain[1] if not _has_number(cut[plain[0]]) else street
    before, after = cut[:street], cut[street:]
    if not any(t.text in HOUSE_WORDS for s in after for t in s):
        after = [s for s in before if _is_house(s)] + after
        before = [s for s in before if not _is_house(s)]
    extra = [s for s in after[1:] if _is_locality(s, localities)]
    after = after[:1] + [s for s in after[1:] if s not in extra]
    if before and len(after) == 1 and not _words(after[0]):
        before, after = before[:-1], before[-1:] + after
    return _join(before + extra), _join(after)


def _has_number(segment):
    return any(t.kind == "num" for t in segment)


def _has_name(segment):
    return any(
        len(w) > 1 and w not in HOUSE_WORDS and w not in ADDITION_WORDS
        for w in _words(segment)
    )


def _is_house(segment):
    """Whether a segment is «дом 5»: it may stand before the street."""
    return (
        len(segment) > 1 and segment[0].text in HOUSE_WORDS and segment[1].kind == "num"
    )


def _house_follows(segments, i):
    return _has_number(segments[i]) or (
        i + 1 < len(segments) and _has_number(segments[i + 1])
    )
