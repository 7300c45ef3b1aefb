# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Form F3: questions by sections and topics, months, and the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

SECTION = "section"
TOPIC = "topic"
TOTAL = "total"


@dataclass
class Row:
    """One line of the form."""

    kind: str
    code: str
    name: str
    months: list[int]
    previous: int = 0

    @property
    def total(self) -> int:
        """Questions of the whole period."""
        return sum(self.months)

    @property
    def difference(self) -> int:
        """This period less the same period a year ago."""
        return self.total - self.previous

    @property
    def growth(self) -> float | None:
        """The difference as a share of a year ago; None when there was nothing."""
        return self.difference / self.previous if self.previous else None

    def add(self, other: Row) -> None:
        """Add the figures of another line to this one."""
        self.months = [a + b for a, b in zip(self.months, other.months, strict=True)]
        self.previous += other.previous


@dataclass
class TopicTable:
    """The whole form: the months of its columns and its lines in order."""

    months: list[date]
    rows: list[Row] = field(default_factory=list)

    @property
    def total(self) -> Row:
        """The sum of all topics."""
        total = Row(TOTAL, "", "", [0] * len(self.months))
        for row in self.rows:
            if row.kind == TOPIC:
                total.add(row)
        return total


def build_topic_table(
    topics: Sequence[tuple[int, int, str, str]],
    sections: Mapping[int, tuple[str, str]],
    counts: Iterable[tuple[int, date, int]],
    previous: Iterable[tuple[int, int]],
    months: list[date],
) -> TopicTable:
    """Lay the figures out.

    :param topics: (topic, section, code, name) in the order of the form; 0 is "no
        topic" and "no section"
    :param sections: section → (code, name), in the order of the form
    :param counts: (topic, first day of a month, questions)
    :param previous: (topic, questions of the same period a year ago)
    :return: lines of sections, each followed by its topics with any figure
    """
    places = {month: place for place, month in enumerate(months)}
    figures: dict[int, list[int]] = defaultdict(lambda: [0] * len(months))
    for topic, month, count in counts:
        figures[topic][places[month]] += count
    before = defaultdict(int)
    for topic, count in previous:
        before[topic] += count
    table = TopicTable(months)
    for section, (code, name) in sections.items():
        head = Row(SECTION, code, name, [0] * len(months))
        lines = [
            Row(TOPIC, topic_code, topic_name, figures[topic], before[topic])
            for topic, its_section, topic_code, topic_name in topics
            if its_section == section and (topic in figures or before[topic])
        ]
        for line in lines:
            head.add(line)
        table.rows += [head, *lines] if lines else []
    return table


def months_between(begin: date, end: date) -> list[date]:
    """First days of all months touched by a period."""
    months, month = [], begin.replace(day=1)
    while month <= end:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
