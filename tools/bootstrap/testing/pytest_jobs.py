# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pytest processes of a test run."""

import os

from ..console import is_terminal
from ..errors import Trouble
from ..files import read_json
from .jobs import Job

SHARDS = 2


def share_out(weights, count):
    """Names in `count` groups of about equal weight, heaviest first.

    :param weights: {name: seconds}
    """
    groups = [[] for _ in range(count)]
    loads = [0.0] * count
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        lightest = loads.index(min(loads))
        groups[lightest].append(name)
        loads[lightest] += weights[name]
    return [group for group in groups if group]


def by_owner(paths):
    """{addon or top folder: [test paths]}, in the order they came."""
    owners = {}
    for path in paths:
        steps = path.split("/")
        owner = steps[1] if steps[0] in {"addons", "tools"} else steps[0]
        owners.setdefault(owner, []).append(path)
    return owners


def test_folder(path):
    """The folder of tests a path lies in; above it pytest would import the addon."""
    steps = path.split("::")[0].split("/")
    for name in ("tests_unit", "tests"):
        if name in steps:
            return "/".join(steps[: steps.index(name) + 1])
    return "/".join(steps)


class PytestJobs:
    """Builds Jobs for the selection.

    :param folder: for journals, reports, the home of browsers
    """

    def __init__(self, house, chosen, folder):
        self.house = house
        self.layout = house.layout
        self.chosen = chosen
        self.folder = folder

    def _job(self, name, title, options, paths, env):
        report = self.folder / f"{name}.xml"
        argv = [self.layout.python, "-m", "pytest", *options]
        argv += ["-o", f"cache_dir={self.folder / ('cache-' + name)}"]
        argv += [f"--junitxml={report}", "-ra"]
        if self.chosen.expression:
            argv += ["-k", self.chosen.expression]
        if is_terminal():
            argv.append("--color=yes")
        return Job(
            title,
            [*argv, *paths],
            env,
            self.layout.root,
            self.folder / f"{name}.log",
            report,
            # one asked-for thing is watched live
            stream=len(self.chosen.parts) == 1 and bool(self.chosen.paths),
        )

    def _environment(self, **extra):
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        return self.house.odoo.environment(HOME=home, GOROD24_TEST="1", **extra)

    def _found(self, *patterns):
        root = self.layout.root
        paths = (path for pattern in patterns for path in root.glob(pattern))
        return sorted(
            str(path.relative_to(root))
            for path in paths
            if path.is_file() or any(path.glob("test_*.py"))
        )

    def unit(self):
        """Tests of plain Python: no Odoo, no database."""
        paths = self.chosen.paths.get("unit") or self._found(
            "addons/*/tests_unit", "tests/test_bootstrap*.py", "tools/*/tests"
        )
        if not paths:
            return []
        env = self._environment()
        env["PYTHONPATH"] = str(self.layout.root)
        jobs = []
        # one process per folder: the plain packages of two addons may share a name
        for folder, group in by_owner(paths).items():
            name = f"unit-{folder.replace('/', '-')}"
            title = f"Простой Python: {folder}"
            options = ["-p", "no:odoo", "-q", f"--confcutdir={test_folder(group[0])}"]
            jobs.append(self._job(name, title, options, group, env))
        return jobs

    def addons(self):
        """Odoo tests, shared out over two databases when there are two cores."""
        asked = self.chosen.paths.get("addons")
        paths = asked or self._found("addons/*/tests")
        if not paths:
            return []
        if asked or (os.cpu_count() or 1) < 2:
            groups = [paths]
        else:
            groups = share_out(self._weights(paths), SHARDS)
        template = self.house.databases.addons()
        return [self._shard(n, group, template) for n, group in enumerate(groups, 1)]

    def _weights(self, paths):
        """Seconds each addon's tests took last time; else by the size of its tests."""
        known = read_json(self.layout.state / "test-times.json")
        sizes = {
            path: sum(f.stat().st_size for f in (self.layout.root / path).glob("*.py"))
            for path in paths
        }
        return {path: known.get(path, 1 + sizes[path] / 4000) for path in paths}

    def _shard(self, number, paths, template):
        name = f"g24_test_{os.getpid()}_{number}"
        self.house.databases.copy(template, name)
        config = self.folder / f"odoo-{number}.conf"
        self.house.odoo.write_config(
            config,
            db_name=name,
            dbfilter=f"^{name}$",
            cron_threads=0,
            screenshots=self.folder / "screenshots",
        )
        options = ["--odoo-http", f"--odoo-config={config}", "--odoo-log-level=error"]
        options += [f"--odoo-database={name}", "-q"]
        options += ["-p", "tools.bootstrap.testing.odoo_plugin"]
        addons = ", ".join(path.split("/")[1] for path in paths)
        title = f"Дополнения: {addons}"
        env = self._with_root(self._environment())
        return self._job(f"addons-{number}", title, options, paths, env)

    def _with_root(self, env):
        """Our `tools` and Odoo, both to be imported."""
        path = f"{self.layout.root}:{env['PYTHONPATH']}"
        return {**env, "PYTHONPATH": path}

    def system(self):
        """Tests over real processes; the fixture `stack` starts them."""
        paths = self.chosen.paths.get("system") or self._found("tests/test_whole_*.py")
        if not paths:
            if self.chosen.parts == {"system"}:
                raise Trouble("Проверок всей системы (tests/test_whole_*.py) ещё нет.")
            return []
        options = ["-p", "no:odoo", "--import-mode=importlib", "-q", "-s"]
        env = self._with_root(self._environment())
        return [self._job("system", "Вся система", options, paths, env)]
