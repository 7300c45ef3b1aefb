# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo 19: a checkout of yours, else Debian's package, else a shallow git clone."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .apt import PrivateApt, os_release
from .console import step, warn
from .errors import Trouble
from .files import fingerprint, read_json, write_json
from .process import run

PINNED_VERSION = "19.0.0+dfsg-1"
FROM_SID = (
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-glyphicons-halflings",
    "fonts-montserrat",
    "fonts-ocr-b",
)
# in sid these are newer and lack the files that Odoo's links lead to
FROM_STABLE = ("fonts-font-awesome", "fonts-inconsolata")
STABLE_SUITE = "bookworm"
PRUNED = ("usr/share/doc", "usr/share/man", "usr/share/lintian", "etc", "lib", "var")
GIT_URL = "https://github.com/odoo/odoo"
GIT_BRANCH = "19.0"


@dataclass(frozen=True)
class OdooSource:
    """A runnable Odoo: where to import it from and where its addons are."""

    python_path: Path
    addons_paths: tuple
    version: str

    @classmethod
    def at(cls, home, version=""):
        """Look at a checkout or an unpacked package; Trouble if it is not Odoo 19."""
        home = Path(home)
        release = home / "odoo" / "release.py"
        if not release.is_file():
            raise Trouble(
                f"В каталоге {home} нет Odoo (нет odoo/release.py).",
                "укажите в ODOO_HOME корень исходников Odoo 19.",
            )
        text = release.read_text(encoding="utf-8")
        found = re.search(r"version_info\s*=\s*\((\d+)", text)
        if not found or found[1] != "19":
            raise Trouble(
                f"В каталоге {home} лежит не Odoo 19.",
                "укажите в ODOO_HOME исходники ветки 19.0 или уберите эту переменную.",
            )
        core = home / "odoo" / "addons"
        # Debian keeps all addons inside the package; a checkout has two folders
        packaged = (core / "web").is_dir()
        addons = (core,) if packaged else (home / "addons", core)
        return cls(home, addons, version or f"checkout {fingerprint(release)}")


def ensure(layout, settings):
    """The Odoo to run, fetched on the first call."""
    if settings.odoo_home:
        return OdooSource.at(settings.odoo_home)
    tree = layout.runtime / "odoo"
    stamp = read_json(tree / "gorod24.json")
    if stamp.get("home"):
        return OdooSource.at(tree / stamp["home"], stamp["version"])
    with step("Odoo 19") as line:
        version, home = _fetch(layout, tree, line)
        line.result = version
    return OdooSource.at(tree / home, version)


def _fetch(layout, tree, line):
    staging = layout.runtime / "odoo.new"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    log = layout.logs / "odoo-source.log"
    try:
        version, home = _from_debian(layout, staging, log, line)
    except Trouble as trouble:
        warn(f"{trouble.what} Беру Odoo из git.")
        shutil.rmtree(staging, ignore_errors=True)
        version, home = _from_git(staging, log, line, trouble)
    write_json(staging / "gorod24.json", {"version": version, "home": home})
    shutil.rmtree(tree, ignore_errors=True)
    os.replace(staging, tree)
    return version, home


def _from_debian(layout, staging, log, line):
    apt = PrivateApt(layout.runtime / "apt", log)
    own = os_release().get("VERSION_CODENAME") or STABLE_SUITE
    stable = list(dict.fromkeys([own, STABLE_SUITE]))
    line.note("списки пакетов Debian")
    apt.prepare(["sid", *(suite for suite in stable if suite != "sid")])
    line.note("пакет odoo-19")
    debs = [_pinned_odoo(apt)]
    for name in FROM_SID:
        line.note(name)
        debs.append(_first(apt, [f"{name}/sid"]))
    for name in FROM_STABLE:
        line.note(name)
        debs.append(_first(apt, [f"{name}/{suite}" for suite in stable]))
    for deb in debs:
        line.note(f"распаковываю {deb.name.split('_')[0]}")
        run(["dpkg-deb", "-x", deb, staging], what=f"Не распаковался {deb.name}.")
    version = debs[0].name.split("_")[1].replace("%3a", ":")
    for folder in PRUNED:
        shutil.rmtree(staging / folder, ignore_errors=True)
    _check_links(staging)
    shutil.rmtree(layout.runtime / "apt", ignore_errors=True)
    return f"Debian {version}", "usr/lib/python3/dist-packages"


def _pinned_odoo(apt):
    try:
        return apt.download(f"odoo-19={PINNED_VERSION}")
    except Trouble:
        deb = apt.download("odoo-19/sid")
        warn(
            f"В Debian теперь другой Odoo ({deb.name.split('_')[1]}); "
            f"проект проверен на {PINNED_VERSION}."
        )
        return deb


def _first(apt, choices):
    for choice in choices[:-1]:
        try:
            return apt.download(choice)
        except Trouble:
            continue
    return apt.download(choices[-1])


def broken_links(tree):
    """Links under `tree` that lead nowhere."""
    links = (path for path in Path(tree).rglob("*") if path.is_symlink())
    return sorted(path for path in links if not path.exists())


def _check_links(tree):
    broken = broken_links(tree)
    if broken:
        names = ", ".join(str(path.relative_to(tree)) for path in broken[:5])
        warn(f"В пакете Odoo остались битые ссылки ({len(broken)}): {names}")


def _from_git(staging, log, line, apt_trouble):
    line.note("git clone (около 1 ГБ)")
    run(
        ["git", "clone", "--quiet", "--depth", "1", "--branch", GIT_BRANCH, GIT_URL]
        + [str(staging)],
        what=f"Odoo 19 не получить ни из Debian ({apt_trouble.what}), ни из git.",
        mend="проверьте сеть и повторите ./gorod24 run — или скачайте исходники "
        f"Odoo 19 ({GIT_URL}, ветка {GIT_BRANCH}) сами и укажите каталог: "
        "ODOO_HOME=/путь ./gorod24 run",
        log=log,
    )
    return f"git {GIT_BRANCH}", "."
