# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Counting: JUnit files of pytest runs and linters into one sum."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Result:
    """Outcome of one job.

    :param skips: [(test, reason)]
    """

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    skips: list = field(default_factory=list)

    def __add__(self, other):
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.skips + other.skips,
        )

    def line(self):
        """The closing line, in the form everybody counts by."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    def strict(self):
        """As on a build server: what was skipped has failed."""
        return Result(self.passed, self.failed + self.skipped, 0, self.skips)


def seconds_by_addon(path):
    """{addons/NAME/tests: seconds} of a pytest report of addon tests."""
    spent = {}
    if Path(path).exists():
        for case in ElementTree.parse(path).iter("testcase"):
            steps = case.get("classname", "").split(".")
            if len(steps) > 2 and steps[0] == "addons":
                folder = "/".join(steps[:3])
                spent[folder] = spent.get(folder, 0.0) + float(case.get("time") or 0)
    return spent


def from_junit(path, exit_code):
    """Result of a pytest run; a run that broke off counts as one failure.

    :param exit_code: of pytest: 0 passed, 1 failed, 5 nothing collected
    """
    result = Result()
    if not Path(path).exists():
        result.failed = 1
        return result
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed += 1
        elif skip is not None and skip.get("type") != "pytest.xfail":
            result.skipped += 1
            result.skips.append((name, skip.get("message") or "причина не названа"))
        else:
            result.passed += 1
    if exit_code not in (0, 1, 5) or (exit_code == 1 and not result.failed):
        result.failed += 1
    return result
