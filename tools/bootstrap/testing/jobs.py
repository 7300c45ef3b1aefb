# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One job of a test run: a pytest process or a linter, its journal and result."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import console
from ..process import die_with_parent
from .results import Result, from_junit

# browser tests wait seconds for a click: more jobs than cores would break them
_places = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))


@dataclass
class Job:
    """A process to run.

    :param title: shown to the person
    :param junit: pytest's report; None for a linter, whose exit code is its result
    :param stream: show the output as it comes
    """

    title: str
    argv: list
    env: Mapping[str, str]
    cwd: Path
    log: Path
    junit: Path | None = None
    stream: bool = False

    def run(self):
        """Run to the end, report one line (and the failures), return the Result."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with _places:
            begun = time.monotonic()
            code = self._call()
        if self.junit:
            result = from_junit(self.junit, code)
        else:
            result = Result(failed=1) if code else Result(passed=1)
        spent = console.seconds(time.monotonic() - begun)
        mark = "✗" if result.failed else "✓"
        console.say(f"  {mark} {self.title} — {result.line()}, {spent}")
        if result.failed and not self.stream:
            console.say(self._failures())
        return result

    def _call(self):
        argv = [str(part) for part in self.argv]
        options = {"env": dict(self.env), "cwd": self.cwd, "stdin": subprocess.DEVNULL}
        if self.stream:
            return subprocess.call(argv, preexec_fn=die_with_parent, **options)
        with open(self.log, "wb") as log:
            return subprocess.call(
                argv,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
                **options,
            )

    def _failures(self):
        """The part of the journal that says what failed."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        for mark in ("= FAILURES =", "= ERRORS ="):
            if mark in text:
                text = text[text.rindex("\n", 0, text.index(mark)) + 1 :]
                break
        lines = text.splitlines()
        if len(lines) > 300:
            lines = [*lines[:150], f"    … целиком: {self.log}", *lines[-150:]]
        return "\n".join(lines)


def missing_program(title, reason):
    """Result of a job that cannot run on this machine."""
    console.say(f"  – {title} — пропущено: {reason}")
    return Result(skipped=1, skips=[(title, reason)])
