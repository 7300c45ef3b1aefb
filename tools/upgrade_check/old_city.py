# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A database as the code of an earlier day made it: the demo city and more."""

import dataclasses
import io
import shutil
import subprocess
import tarfile
from pathlib import Path

from tools.bootstrap.console import step
from tools.bootstrap.databases import Databases
from tools.bootstrap.errors import Trouble
from tools.bootstrap.layout import Layout
from tools.bootstrap.odoo_server import Odoo

FILL = Path(__file__).with_name("fill.py")


@dataclasses.dataclass(frozen=True)
class OldLayout(Layout):
    """This house with the addons of another day."""

    old_addons: Path = None

    @property
    def addons(self):
        return self.old_addons


def commit_of(layout, revision):
    """Full name of a revision of this repository; Trouble when it is not there."""
    done = subprocess.run(
        ["git", "rev-parse", "--verify", f"{revision}^{{commit}}"],
        cwd=layout.root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(
            f"В этой копии репозитория нет версии {revision}.",
            "копия неполная? git fetch --unshallow --tags",
            done.stderr.strip(),
        )
    return done.stdout.strip()


def addons_of(layout, commit):
    """Folder with the addons of a commit, unpacked once."""
    folder = layout.runtime / "upgrade" / commit[:12]
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        packed = subprocess.run(
            ["git", "archive", commit, "addons"],
            cwd=layout.root,
            capture_output=True,
            check=True,
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder)
        (folder / "complete").touch()
    return folder / "addons"


def old_house(house, commit):
    """(Odoo, Databases) that work with the addons of a commit."""
    folder = addons_of(house.layout, commit)
    layout = OldLayout(house.layout.root, old_addons=folder)
    odoo = Odoo(layout, house.odoo.source, house.connection, house.secrets)
    config = folder.parent / "odoo.conf"
    odoo.write_config(config, http_port=1, cron_threads=0)
    databases = Databases(layout, odoo, config)
    databases.log = folder.parent / "install.log"
    return odoo, databases


def build(house, commit, name):
    """Fill the database `name` by the code of a commit.

    The demo city of that day is kept beside it for the next time.
    """
    odoo, databases = old_house(house, commit)
    city = f"g24_old_{commit[:12]}"
    with step(f"Учебный город версии {commit[:7]}"):
        if not house.connection.exists(city):
            working = f"{city}_new"
            databases.copy(house.databases.base(), working)
            databases._fill_addons(working)
            databases._fill_city(working)
            databases.rename(working, city)
    with step("Заявки во всех состояниях, правки заказчика"):
        databases.copy(city, name)
        odoo.shell(
            databases.config,
            name,
            FILL.read_text(encoding="utf-8"),
            "Старая база не заполнилась.",
            databases.log.with_name("fill.log"),
        )
