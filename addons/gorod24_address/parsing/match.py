# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How well a typed street name fits a stored one."""

from functools import lru_cache

# endings of adjectives → genders they can stand for, in any case
_GENDERS = {
    **dict.fromkeys(("ая", "яя", "ую", "юю"), "f"),
    **dict.fromkeys(("ой", "ей"), "fm"),
    **dict.fromkeys(("ый", "ий"), "m"),
    **dict.fromkeys(("ого", "его", "ому", "ему", "ом", "ем", "ым", "им"), "mn"),
    **dict.fromkeys(("ое", "ее"), "n"),
}


def edit_distance(left, right, limit=2):
    """Damerau-Levenshtein distance (swapped neighbours count 1).

    Anything above `limit` is answered as limit + 1 without finishing.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    if len(set(left) ^ set(right)) > 2 * limit:
        return limit + 1
    row = _last_row(left, right, limit)
    return min(row[-1], limit + 1) if row else limit + 1


def beginning_distance(left, right, limit=2):
    """Distance of `left` to the nearest beginning of `right`."""
    row = _last_row(left, right[: len(left) + limit], limit)
    return min(*row, limit + 1) if row else limit + 1


def _last_row(left, right, limit):
    """Distances of `left` to all beginnings of `right`; None when all exceed limit."""
    before, previous = None, list(range(len(right) + 1))
    last = ""
    for i, a in enumerate(left, 1):
        current = [i]
        cell = least = i
        for j, b in enumerate(right, 1):
            if a == b:
                cell = previous[j - 1]
            else:
                other = previous[j]
                if other < cell:
                    cell = other
                other = previous[j - 1]
                if other < cell:
                    cell = other
                cell += 1
                if before and j > 1 and a == right[j - 2] and last == b:
                    other = before[j - 2] + 1
                    if other < cell:
                        cell = other
            current.append(cell)
            if cell < least:
                least = cell
        if least > limit:
            return None
        before, previous, last = previous, current, a
    return previous


def _adjective(word):
    """(stem, genders) of a word that may be an adjective, or (word, "")."""
    for length in (3, 2):
        genders = _GENDERS.get(word[-length:])
        if genders and len(word) > length + 2:
            return word[:-length], genders
    return word, ""


def stem_of(word):
    """The word without the ending of an adjective."""
    return _adjective(word)[0]


def same_adjective(left, right):
    """Whether «приобской» can be a case of «приобская» (but not of «приобский»).

    «-ой» is both «на Приобской улице» and the masculine «Полевой проезд».
    """
    stem, genders = _adjective(left)
    other, others = _adjective(right)
    return bool(genders) and stem == other and not set(genders).isdisjoint(others)


@lru_cache(maxsize=65536)
def word_score(typed, stored):
    """0…1: fitness of one stored word for a typed one; 0: another word."""
    if typed == stored:
        return 1.0
    if typed.isdigit() or stored.isdigit():
        return 0.0
    if len(typed) == 1 or len(stored) == 1:
        return 0.9 if typed[0] == stored[0] else 0.0
    if same_adjective(typed, stored):
        return 0.97
    if stored.startswith(typed):
        return 0.85 + 0.1 * len(typed) / len(stored)
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 6 else 2
    if not allowed:
        return 0.0
    distance = edit_distance(typed, stored, allowed)
    if distance <= allowed:
        return 0.84 - 0.12 * distance
    return _unfinished_score(typed, stored, allowed)


def _unfinished_score(typed, stored, allowed):
    """Score of an unfinished word with a typing error: «строиелт» of «строителей»."""
    if len(stored) <= len(typed) or len(typed) < 5 or stored[0] not in typed[:2]:
        return 0.0
    allowed = min(allowed, 1 if len(typed) < 7 else 2)
    distance = beginning_distance(typed, stored, allowed)
    return 0.76 - 0.12 * distance if distance <= allowed else 0.0


@lru_cache(maxsize=32768)
def street_score(query, key):
    """0…1: fitness of a stored key for a typed key (both from `street_key`).

    1 is the same name; a part of the name, an initial, an unfinished word or up
    to two typing errors lower it; a word that fits nothing lowers it by half.
    """
    if query == key:
        return 1.0
    typed, stored = query.split(), key.split()
    if not typed or not stored:
        return 0.0
    score = _words_score(typed, stored)
    if score < 0.9 and len(typed) != len(stored):
        # «северозападная», «соло вьиная»: the spaces are not where they should be
        score = max(score, 0.97 * word_score("".join(typed), "".join(stored)))
    return score


def _words_score(typed, stored):
    free = list(stored)
    gained = weight = 0.0
    penalty = 1.0
    for word in sorted(typed, key=len, reverse=True):
        best = max(free, key=lambda w, t=word: word_score(t, w), default=None)
        score = word_score(word, best) if best else 0.0
        weight += len(word)
        gained += score * len(word)
        if score:
            free.remove(best)
        else:
            penalty *= 0.5
    left_over = sum(0.08 if word.isdigit() else 0.04 for word in free)
    return max(0.0, gained / weight * penalty - left_over)


def same_street(left, right):
    """Whether two keys name one street: equal words, initials allowed."""
    first, second = sorted(left.split()), sorted(right.split())
    if len(first) != len(second):
        return False
    free = list(second)
    for word in sorted(first, key=len, reverse=True):
        fit = [w for w in free if w == word] or [
            w for w in free if 1 in (len(w), len(word)) and word_score(word, w)
        ]
        if not fit:
            return False
        free.remove(fit[0])
    return True
