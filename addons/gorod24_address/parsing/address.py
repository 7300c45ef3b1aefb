# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Free text → parts of an address."""

from typing import NamedTuple

from . import places
from .numerals import spoken
from .parts import read_parts
from .streets import format_name
from .tagged import take_tagged
from .tokens import canon, tokenize


class ParsedAddress(NamedTuple):
    """What was read. Every part is "" when the text does not hold it.

    street_type: canonical («ул.», «пр-кт»); street: key of the name («ленина»);
    house: canonical number («54В», «54 корп. 1»); rest: what was not understood;
    place_kind: "house", "street", "crossing", "stretch", "pole", "stop", "yard",
    "landmark" or ""; cross_street: the other street of a crossing, or where a stretch
    begins; stretch_to: where it ends («пл. победы», «д. 98»); pole: number of the
    lamp post; stop, landmark: names as written; note: how the place lies to the
    house («напротив», «рядом с»).
    """

    street_type: str = ""
    street: str = ""
    house: str = ""
    flat: str = ""
    entrance: str = ""
    floor: str = ""
    rest: str = ""
    locality: str = ""
    place_kind: str = ""
    cross_street: str = ""
    stretch_to: str = ""
    pole: str = ""
    stop: str = ""
    landmark: str = ""
    note: str = ""


class Reading(NamedTuple):
    """One way to understand a text; score 0…1 tells how likely by the words alone."""

    score: float
    address: ParsedAddress


def parse(text, localities=frozenset()):
    """Read a Russian address from free text.

    :param localities: keys of known towns («барнаул»), which are then taken off
        the beginning even when written without «г.» and comma
    :return: :class:`ParsedAddress`; never raises, an unreadable text is in `rest`
    """
    return readings(text, localities, limit=1)[0].address


def readings(text, localities=frozenset(), limit=4):
    """All likely ways to read a text, best first; at least one.

    «54 ленина» is house 54 of «Ленина», but «22 января» is a street: only the
    directory knows, so a look-up tries them in order.
    """
    source = canon(text)
    tokens, tagged = take_tagged(spoken(tokenize(text)))
    tokens, place = _take_place(tokens, source, tagged)
    found = []
    for score, parts in read_parts(tokens, localities, limit):
        address = _address(parts, place, tagged, localities)
        if all(address != reading.address for reading in found):
            found.append(Reading(score, address))
    if place.kind == "crossing" and not place.sure and limit > 1:
        whole = tokenize(text)
        for score, parts in read_parts(whole, localities, 1):
            address = _address(parts, places.Place(), tagged, localities)
            found.append(Reading(score * 0.9, address))
    return found[:limit]


def _take_place(tokens, source, tagged):
    """(tokens without the place's own words, :class:`places.Place`)."""
    if places.HINTS.isdisjoint([t.text for t in tokens]):
        pole = "pole" if tagged.get("pole") else ""
        return tokens, places.Place(pole)
    tokens, stop = places.take_stop(tokens, source)
    tokens, relation, note = places.take_relation(tokens)
    tokens, begin, end = places.take_stretch(tokens)
    kind, cross, sure = "", [], True
    if begin and end:
        kind, cross = "stretch", begin
    else:
        tokens, cross, sure = places.take_crossing(tokens)
        kind = "crossing" if cross else ""
    tokens, landmark = places.take_landmark(tokens, source)
    if not kind:
        kind = "pole" if tagged.get("pole") else relation
        kind = kind or ("stop" if stop else "") or ("landmark" if landmark else "")
    place = places.Place(
        kind, note, tuple(cross), tuple(end), stop, landmark, sure or kind == "stretch"
    )
    return tokens, place


def _end_name(tokens, localities):
    """One end of a stretch or the other street of a crossing, as text."""
    if not tokens:
        return ""
    parts = read_parts(list(tokens), localities, 1)[0][1]
    if parts.house and not parts.street:
        return f"д. {parts.house}"
    name = format_name(parts.kind, parts.street)
    return f"{name}, {parts.house}" if parts.house else name


def _cross(parts, place, localities):
    """(house moved to the first street or "", text of the other street)."""
    other = read_parts(list(place.cross), localities, 1)[0][1]
    kind, name = other.kind, other.street
    if not parts.house and other.house:
        return other.house, format_name(kind, name)
    return "", format_name(kind, name)


def _address(parts, place, tagged, localities):
    """The :class:`ParsedAddress` of read parts and the kind of place."""
    house, cross, end = parts.house, "", ""
    if place.kind == "crossing":
        moved, cross = _cross(parts, place, localities)
        house = house or moved
    elif place.kind == "stretch":
        cross, end = (_end_name(t, localities) for t in (place.cross, place.end))
    rest = [part for part in [*parts.rest, *tagged["rest"]] if part]
    flat = tagged.get("flat", "") or parts.flat
    return ParsedAddress(
        street_type=parts.kind,
        street=parts.street,
        house=str(house) if house else "",
        flat=flat,
        entrance=tagged.get("entrance", ""),
        floor=tagged.get("floor", ""),
        rest=", ".join(rest),
        locality=parts.locality,
        place_kind=_place_kind(place, parts, house),
        cross_street=cross,
        stretch_to=end,
        pole=tagged.get("pole", ""),
        stop=place.stop,
        landmark=place.landmark,
        note=place.note,
    )


def _place_kind(place, parts, house):
    if place.kind == "crossing" and house:
        return "house"
    if place.kind in ("stop", "landmark") and house and not place.note:
        return "house"
    if place.kind:
        return place.kind
    return "house" if house else "street" if parts.street else ""
