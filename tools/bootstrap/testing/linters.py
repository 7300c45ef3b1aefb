# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The linters; each counts as one test."""

import os

from ..databases import our_addons
from ..house import building
from ..process import clean_environment
from .jobs import Job, missing_program

JS = ("addons/*/static/src", "addons/*/static/tests")


def all_checks(house, folder, lacking):
    """Callables that each run one linter and return its Result."""
    layout = house.layout
    python = layout.python
    env = clean_environment(
        PYTHONPATH=f"{layout.root}:{house.odoo.source.python_path}",
        HOME=folder,
    )

    def job(name, title, argv):
        return Job(title, argv, env, layout.root, folder / f"lint-{name}.log").run

    yield job("ruff", "ruff", [python, "-m", "ruff", "check", "--no-cache", "."])
    yield job(
        "format",
        "ruff format",
        [python, "-m", "ruff", "format", "--check", "--no-cache", "."],
    )
    yield job("xml", "XML правильно построен", [python, "-m", "tools.lint.xml_files"])
    yield job("size", "Размеры функций и файлов", [python, "-m", "tools.lint.sizes"])
    yield from _javascript(layout, job, lacking)
    addons = [str(layout.addons / name) for name in our_addons(layout)]
    if addons:
        yield job(
            "pylint",
            "pylint-odoo",
            [python, "-m", "pylint", "--rcfile=.pylintrc", "-j", "2", *addons],
        )
    yield from _translations(house, folder, job, lacking)


def _javascript(layout, job, lacking):
    absent = {"nodejs", "npm"} & set(lacking)
    programs = layout.root / "node_modules" / ".bin"
    checks = (
        ("eslint", [programs / "eslint", "--max-warnings=0", "addons"]),
        ("prettier", [programs / "prettier", "--check", "--log-level=warn", "."]),
    )
    for name, argv in checks:
        if absent:
            yield lambda name=name: missing_program(name, "нет Node.js (nodejs, npm)")
        else:
            yield job(name, name, argv)


def _translations(house, folder, job, lacking):
    python = house.layout.python
    if "gettext" in lacking:
        yield lambda: missing_program("Русский перевод", "нет gettext (msgfmt)")
    else:
        argv = [python, "-m", "tools.lint.translations"]
        yield job("ru", "Русский перевод полон", argv)

    def in_step():
        # A copy: whoever copies the template next turns its readers out.
        database = f"g24_test_{os.getpid()}_pot"
        with building(house.layout):
            house.databases.copy(house.databases.addons(), database)
        argv = [python, "-m", "tools.lint.pot_in_step", database]
        argv += [folder / "fresh.pot", *our_addons(house.layout)]
        argv += ["--", *house.odoo.command(house.databases.config, "i18n", "export")]
        try:
            return job("pot", "Шаблоны перевода (.pot) свежи", argv)()
        finally:
            house.databases.drop(database)

    yield in_step
