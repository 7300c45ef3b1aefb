# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs the chosen parts, side by side where two cores allow, and sums them up."""

import os
import shutil
import threading
import time
from pathlib import Path

from .. import console, node, system_packages
from ..files import read_json, write_json
from ..house import building, opened
from ..layout import Layout
from ..process import is_alive
from ..running import interruptible
from ..services import stop_registered
from . import linters
from .pytest_jobs import PytestJobs
from .results import Result, seconds_by_addon
from .selection import parse

NEEDS_DATABASE = {"addons", "system", "lint"}


def in_ci():
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def run_tests(words):
    """`./gorod24 test …`; returns 0 when nothing failed."""
    layout = Layout()
    chosen = parse(words, layout.root)
    layout.make()
    interruptible()
    begun = time.monotonic()
    console.say("Город 24: проверки (" + ", ".join(sorted(chosen.parts)) + ")")
    with opened(layout) as house:
        lacking = system_packages.try_ensure(
            system_packages.FOR_TEST, layout.logs / "apt.log"
        )
        if "lint" in chosen.parts and not {"npm", "nodejs"} & set(lacking):
            with building(layout):
                node.ensure(layout)
        run = Run(house, chosen, set(lacking))
        try:
            result = run.go()
        finally:
            run.clean()
    return conclude(result, time.monotonic() - begun)


def conclude(result, spent):
    """Print the reasons of skips and the closing line; the exit code."""
    for name, reason in result.skips:
        console.say(f"  – пропущено: {name}: {reason}")
    if in_ci() and result.skipped:
        console.say("  На сборочном сервере (CI) пропущенное считается ошибкой.")
        result = result.strict()
    console.say(f"Всё вместе: {console.seconds(spent)}")
    console.say(result.line())
    return 1 if result.failed or not result.passed else 0


class Run:
    """One test run with its own databases, ports and folder."""

    def __init__(self, house, chosen, lacking):
        self.house = house
        self.chosen = chosen
        self.lacking = lacking
        self.folder = house.layout.runtime / "test" / str(os.getpid())
        self.folder.mkdir(parents=True, exist_ok=True)
        self.pytest = PytestJobs(house, chosen, self.folder)
        self.results = []
        self._trouble = []

    def go(self):
        """Quick parts run beside the making of templates, then the rest."""
        sweep(self.house)
        console.live = len(self.chosen.parts) == 1
        aside = [self._unit, self._lint]
        if self.chosen.parts & {"addons", "system"}:
            beside = threading.Thread(target=self._guarded, args=(aside,))
            beside.start()
            self._guarded([self._templates, self._addons])
            beside.join()
            self._guarded([self._system])
        else:
            self._guarded(aside)
        if self._trouble:
            raise self._trouble[0]
        return sum(self.results, Result())

    def _guarded(self, steps):
        """Run steps in order; the first exception ends them and is kept."""
        try:
            for step in steps:
                if not self._trouble:
                    step()
        except BaseException as error:  # noqa: BLE001 - raised again by go()
            self._trouble.append(error)

    def _templates(self):
        with building(self.house.layout):
            if "addons" in self.chosen.parts:
                self.house.databases.addons()
            if "system" in self.chosen.parts:
                self.house.databases.city()

    def _unit(self):
        if "unit" in self.chosen.parts:
            self._run_all(self.pytest.unit())

    def _lint(self):
        if "lint" in self.chosen.parts:
            for check in linters.all_checks(self.house, self.folder, self.lacking):
                self.results.append(check())

    def _addons(self):
        if "addons" not in self.chosen.parts:
            return
        jobs = self.pytest.addons()
        threads = [
            threading.Thread(target=self._guarded, args=([self._runner(job)],))
            for job in jobs
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._remember_times(jobs)

    def _remember_times(self, jobs):
        """So that the next run shares the addons out evenly."""
        memory = self.house.layout.state / "test-times.json"
        known = read_json(memory)
        for job in jobs:
            known.update(seconds_by_addon(job.junit))
        write_json(memory, known)

    def _system(self):
        if "system" in self.chosen.parts:
            self._run_all(self.pytest.system())

    def _runner(self, job):
        return lambda: self.results.append(job.run())

    def _run_all(self, jobs):
        for job in jobs:
            self.results.append(job.run())

    def clean(self):
        for name in self.house.connection.databases(f"g24_test_{os.getpid()}_"):
            self.house.databases.drop(name)


def sweep(house):
    """Remove what test runs that were killed left behind."""
    for folder in (house.layout.runtime / "test").glob("[0-9]*"):
        if is_alive(int(folder.name)):
            continue
        stop_registered(Path(folder) / "pids.json")
        for name in house.connection.databases(f"g24_test_{folder.name}_"):
            house.databases.drop(name)
        shutil.rmtree(folder, ignore_errors=True)
