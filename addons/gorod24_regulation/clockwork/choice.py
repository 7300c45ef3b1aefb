# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which of several limits of one kind times a term: the nearest one, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .rule import Rule


def choose(
    rules: Iterable[Rule],
    kind: str,
    day: date,
    service: str = "",
    path: Sequence[int] = (),
    preferred: int = 0,
) -> Rule | None:
    """Choose the limit of a kind in force on a local day.

    A limit for the service itself comes before none; among these the one for the
    nearest thing of the path, then the first by rank; among equals the latest, as
    amendments follow each other.

    :param rules: in the order of their validity, the oldest first
    :param service: the utility service, "" for none: limits of services are not asked
    :param path: ids of what the term is about, the nearest first (a topic, its parents)
    :param preferred: id of a limit chosen by a person; taken when it may be taken
    :return: None when nothing limits the kind
    """
    found, best = None, (0, 0)
    for rule in rules:
        fits = rule.kind == kind and rule.is_valid_on(day) and rule.service == service
        if not fits:
            continue
        if preferred and rule.rule_id == preferred:
            return rule
        nearness = _depth(rule, path)
        if nearness is None:
            continue
        order = (nearness, rule.rank)
        if found is None or order <= best:
            found, best = rule, order
    return found


def _depth(rule: Rule, path: Sequence[int]) -> int | None:
    """How far along the path the rule is meant for; None: for something else."""
    if not rule.scope:
        return len(path)
    return next((step for step, one in enumerate(path) if one in rule.scope), None)
