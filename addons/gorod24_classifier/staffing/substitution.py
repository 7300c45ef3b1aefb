# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Substitutes for the absent on one day, and the guard against rings of them.

A member of a section may be away on some days and name a substitute, who then works
in his role. The substitute may be away himself; then the substitute's substitute
works, and so on. A person is away when every one of his memberships is.
"""

import datetime
from typing import NamedTuple


class Member(NamedTuple):
    """A membership valid on the day looked at."""

    id: int
    section_id: int
    user_id: int
    role: str


class Absence(NamedTuple):
    """An absence of a membership; both days belong to it."""

    member_id: int
    absent_id: int
    substitute_id: int | None
    date_from: datetime.date
    date_to: datetime.date


class Post(NamedTuple):
    """A membership and the user who works it on the day (None: nobody)."""

    member_id: int
    section_id: int
    role: str
    holder_id: int
    user_id: int | None
    absence: Absence | None = None


def resolve(members, absences):
    """Say who works each membership of one participant on one day.

    :param members: list of :class:`Member` valid on the day
    :param absences: list of :class:`Absence` running on the day, of these members
    :return: list of :class:`Post`, in the order of the members
    """
    by_member = {absence.member_id: absence for absence in absences}
    present = {m.user_id for m in members if m.id not in by_member}
    away = {}
    for member in members:
        if member.id in by_member and member.user_id not in present:
            away.setdefault(member.user_id, []).append((member, by_member[member.id]))
    return [_fill(member, by_member.get(member.id), away) for member in members]


def _fill(member, absence, away):
    post = Post(member.id, member.section_id, member.role, member.user_id, None)
    if not absence:
        return post._replace(user_id=member.user_id)
    return post._replace(user_id=_follow(member, absence, away), absence=absence)


def _follow(member, absence, away):
    """The end of the chain of substitutes; None when it leads nowhere."""
    seen = {member.user_id}
    user = absence.substitute_id
    while user in away:
        if user in seen:
            return None
        seen.add(user)
        user = _nearest(member, away[user]).substitute_id
    return None if user in seen else user


def _nearest(member, candidates):
    """Of the absences of one person, the one in this section and role."""

    def distance(candidate):
        other, absence = candidate
        return (
            absence.substitute_id is None,
            other.section_id != member.section_id,
            other.role != member.role,
        )

    return min(candidates, key=distance)[1]


def find_cycle(absences, new):
    """Look whether a new absence closes a ring of people replacing each other.

    :param absences: other absences (:class:`Absence`) of the same participant
    :param new: the absence to be added
    :return: the ring as a list of absences beginning with the new one, narrowed to
        the days on which it is closed; empty when there is none
    """
    by_absent = {}
    for absence in absences:
        by_absent.setdefault(absence.absent_id, []).append(absence)
    return _search_ring(by_absent, [new], new.date_from, new.date_to)


def _search_ring(by_absent, chain, date_from, date_to):
    first, last = chain[0], chain[-1]
    if last.substitute_id == first.absent_id:
        return [link._replace(date_from=date_from, date_to=date_to) for link in chain]
    walked = {link.absent_id for link in chain}
    if last.substitute_id is None or last.substitute_id in walked:
        return []
    for link in by_absent.get(last.substitute_id, ()):
        begin, end = max(date_from, link.date_from), min(date_to, link.date_to)
        if begin <= end:
            ring = _search_ring(by_absent, [*chain, link], begin, end)
            if ring:
                return ring
    return []
