# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Python environment `.venv`: pinned packages, rebuilt only when pins change."""

import shutil
import sys

from .console import step
from .errors import Trouble
from .files import fingerprint, read_json, write_json
from .process import clean_environment, run

STAMP = "gorod24.json"


def _wanted(layout):
    return {
        "python": sys.version,
        "where": str(layout.venv),
        "pins": fingerprint(
            layout.root / "requirements.txt", layout.root / "requirements-oca.txt"
        ),
    }


def is_ready(layout):
    return read_json(layout.venv / STAMP) == _wanted(layout)


def ensure(layout):
    """Make or renew the environment. A half-made one is thrown away and redone."""
    if is_ready(layout):
        return
    stamp = read_json(layout.venv / STAMP)
    wanted = _wanted(layout)
    with step("Пакеты Python") as line:
        same = all(stamp.get(key) == wanted[key] for key in ("python", "where"))
        (layout.venv / STAMP).unlink(missing_ok=True)
        if not same:
            shutil.rmtree(layout.venv, ignore_errors=True)
            line.note("создаю .venv")
            run(
                [sys.executable, "-m", "venv", layout.venv],
                what="Не создаётся окружение Python.",
                mend="поставьте python3-venv (Debian: apt-get install python3-venv).",
                env=clean_environment(),
            )
        line.note("ставлю пакеты из requirements.txt")
        _pip(layout, ["-r", layout.root / "requirements.txt"])
        line.note("ставлю дополнения OCA")
        # their own metadata asks for a package "odoo" that we do not take from there
        _pip(layout, ["--no-deps", "-r", layout.root / "requirements-oca.txt"])
        write_json(layout.venv / STAMP, wanted)


def _pip(layout, argv):
    try:
        run(
            [layout.python, "-m", "pip", "install", "--quiet", "--no-input"]
            + ["--disable-pip-version-check", "--prefer-binary", *argv],
            what="pip не поставил пакеты Python.",
            env=clean_environment(),
            log=layout.logs / "pip.log",
        )
    except Trouble as trouble:
        network = ("ConnectionError", "Name or service not known", "Temporary failure")
        if any(word in trouble.details for word in network):
            raise Trouble(
                "Нет сети: pip не может скачать пакеты Python.",
                "проверьте сеть и повторите ту же команду — сделанное не пропадёт.",
            ) from trouble
        raise


def oca_addons(layout):
    """Folder of the OCA addons inside the environment."""
    found = sorted(layout.venv.glob("lib/python3*/site-packages/odoo/addons"))
    if not found:
        raise Trouble(
            "В .venv нет дополнений OCA.", "удалите каталог .venv и повторите команду."
        )
    return found[0]
