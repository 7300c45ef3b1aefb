# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Programs of the operating system: what is missing, and getting it by apt."""

import glob
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from .console import step, warn
from .errors import Trouble
from .process import clean_environment, is_root, run


@dataclass(frozen=True)
class Need:
    """A system package and how to see that it is there."""

    package: str
    present: Callable[[], bool]


def _program(*names):
    return lambda: any(shutil.which(name) for name in names)


def postgres_bin():
    """Folder of the newest PostgreSQL server on this machine, or None."""
    folders = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    numbered = [(int(re.search(r"/(\d+)/", path)[1]), path) for path in folders]
    return max(numbered)[1].removesuffix("/initdb") if numbered else None


def _has_venv():
    argv = [sys.executable, "-c", "import ensurepip, venv"]
    return not subprocess.run(argv, check=False, capture_output=True).returncode


def _has_font():
    return bool(glob.glob("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))


def _has_magic():
    return bool(
        glob.glob("/usr/lib/*/libmagic.so.1") + glob.glob("/lib/*/libmagic.so.1")
    )


FOR_RUN = (
    Need("postgresql", lambda: postgres_bin() is not None),
    Need("python3-venv", _has_venv),
    Need("prosody", _program("prosody")),
    Need("fonts-dejavu-core", _has_font),
    Need("libmagic1", _has_magic),
    Need("wkhtmltopdf", _program("wkhtmltopdf")),
)
FOR_TEST = (
    Need("chromium", _program("chromium", "google-chrome", "chromium-browser")),
    Need("gettext", _program("msgfmt")),
    Need("nodejs", _program("node")),
    Need("npm", _program("npm")),
)


def missing(needs):
    return [need.package for need in needs if not need.present()]


def _root_prefix():
    """How to become root without being asked for a password, or None."""
    if is_root():
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and not subprocess.run(
            [sudo, "-n", "true"], check=False, capture_output=True
        ).returncode
    ):
        return [sudo, "-n"]
    return None


def by_hand(packages):
    """The line a person can copy."""
    become = "" if is_root() else "sudo "
    return (
        f"{become}apt-get update && {become}apt-get install -y "
        f"--no-install-recommends {' '.join(packages)}"
    )


def ensure(needs, log):
    """Install what is missing; Trouble with one line to copy when not allowed."""
    packages = missing(needs)
    if not packages:
        return
    prefix = _root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        raise Trouble(
            f"Не хватает программ системы: {', '.join(packages)}.",
            "поставьте их одной строкой и повторите:\n    " + by_hand(packages),
        )
    with step("Программы системы") as line:
        line.note("apt: " + " ".join(packages))
        _install(prefix, packages, log)
        line.result = " ".join(packages)
    left = missing(needs)
    if left:
        raise Trouble(
            f"apt отработал, но программ всё ещё нет: {', '.join(left)}.",
            f"посмотрите {log} и поставьте их сами: {by_hand(left)}",
        )


def try_ensure(needs, log):
    """As `ensure`, but what cannot be installed is returned instead of raised."""
    try:
        ensure(needs, log)
    except Trouble as trouble:
        warn(str(trouble))
    return missing(needs)


def _install(prefix, packages, log):
    env = clean_environment(DEBIAN_FRONTEND="noninteractive")
    mend = (
        f"проверьте сеть и поставьте сами:\n    {by_hand(packages)}\n"
        f"    (подробности: {log})"
    )
    # -o after sudo: sudo may drop the environment
    quiet = ["-o", "Dpkg::Use-Pty=0", "-qq"]
    run(
        [*prefix, "apt-get", *quiet, "update"],
        what="apt-get update не удался.",
        mend=mend,
        env=env,
        log=log,
    )
    run(
        [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *quiet]
        + ["install", "-y", "--no-install-recommends", *packages],
        what=f"apt не поставил пакеты: {', '.join(packages)}.",
        mend=mend,
        env=env,
        log=log,
    )
