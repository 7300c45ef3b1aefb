# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which of many events tell of one and the same call."""


def bundles(events):
    """Return the ``events`` in lists of those that share references.

    Two events are of one call when they share a reference, or when a third one joins
    them. The lists, and the events in each, keep the order they came in.
    """
    lists, found = {}, {}
    for number, event in enumerate(events):
        joined = {found[ref] for ref in event.refs if ref in found}
        place = min(joined, default=number)
        group = lists.setdefault(place, [])
        for other in sorted(joined - {place}):
            group += lists.pop(other)
        group.append((number, event))
        found.update((ref, place) for _number, one in group for ref in one.refs)
    return [
        [event for _number, event in sorted(group, key=_first)]
        for group in lists.values()
    ]


def _first(pair):
    return pair[0]
