# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything a command needs, prepared: programs, Odoo, Python, server, databases."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass

from . import console, odoo_source, ports, postgres, settings, system_packages, venv
from .databases import Databases
from .errors import Trouble
from .layout import Layout
from .locks import FileLock, queued
from .odoo_server import Odoo
from .secret_store import SecretStore

DATABASE = "gorod24"
NEEDED_SPACE = 3 * 1024**3
NEEDED_LATER = 300 * 1024**2


@dataclass
class House:
    """The prepared parts. The server runs while the house is open."""

    layout: Layout
    settings: settings.Settings
    secrets: SecretStore
    odoo: Odoo
    server: object
    databases: Databases

    @property
    def connection(self):
        return self.server.connection


def building(layout):
    """Lock under which shared things (.venv, templates) are made."""
    return queued(
        layout.state / "build.lock",
        lambda pid: console.say(f"  … жду: подготовку ведёт другой процесс (№ {pid})"),
    )


def check_space(layout):
    """Trouble when the disk is nearly full."""
    built = venv.is_ready(layout) and (layout.runtime / "odoo").exists()
    needed = NEEDED_LATER if built else NEEDED_SPACE
    free = shutil.disk_usage(layout.root).free
    if free < needed:
        raise Trouble(
            f"На диске свободно {free / 1024**3:.1f} ГБ, а нужно "
            f"{needed / 1024**3:.1f} ГБ.",
            f"освободите место на диске, где лежит {layout.root}.",
        )


def prepare(layout=None):
    """Make the programs and packages ready; nothing is started yet.

    :return: (layout, settings, secrets, OdooSource)
    """
    layout = layout or Layout()
    layout.make()
    check_space(layout)
    chosen = settings.load(layout)
    with building(layout):
        system_packages.ensure(system_packages.FOR_RUN, layout.logs / "apt.log")
        source = odoo_source.ensure(layout, chosen)
        venv.ensure(layout)
        secrets = SecretStore(layout.runtime / "secrets.json")
    return layout, chosen, secrets, source


@contextmanager
def opened(layout=None):
    """A House whose database server runs for the block."""
    layout, chosen, secrets, source = prepare(layout)
    server = postgres.connect_or_cluster(layout, chosen, secrets)
    server.acquire(_postgres_port(layout, chosen) if server.private else None)
    try:
        odoo = Odoo(layout, source, server.connection, secrets)
        config = layout.runtime / "build" / "odoo.conf"
        odoo.write_config(config, http_port=1, cron_threads=0)
        databases = Databases(layout, odoo, config)
        yield House(layout, chosen, secrets, odoo, server, databases)
    finally:
        server.release()


def _postgres_port(layout, chosen):
    claimed, _moved = ports.claim(
        ["postgres"], layout.state / "ports.json", chosen.ports
    )
    return claimed["postgres"]


def running_pid(layout):
    """Process id of the living `run`, or None."""
    return FileLock(layout.state / "run.lock").holder()


def must_be_stopped(layout):
    pid = running_pid(layout)
    if pid:
        raise Trouble(
            f"«Город 24» сейчас работает (процесс № {pid}).",
            "остановите его: ./gorod24 stop",
        )
