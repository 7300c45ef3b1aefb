# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two databases: made, reused, renewed when our sources changed, dropped."""

import hashlib
import json
import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import odoo
from odoo.modules.registry import Registry
from odoo.sql_db import close_db, db_connect

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "g24_bench"
ROWS_KEY = "gorod24.bench.rows"
SOURCES_KEY = "gorod24.bench.sources"
FIGURES_KEY = "gorod24.bench.figures"
FORMAT = "1"
LOGIN = "bench"
#: Pivots are the supervisor's; in plain helpdesk_mgmt any user has them.
SUPERVISOR = "bench_supervisor"
CONTEXT = {"lang": "ru_RU", "tz": "Asia/Barnaul"}
OURS = (
    "gorod24_appeals",
    "gorod24_telephony",
    "gorod24_portal",
    "gorod24_report",
    "gorod24_notice_telephony",
)


class Failure(Exception):
    """What went wrong, for the person at the terminal."""


@dataclass(frozen=True)
class Options:
    """How Odoo is started here; small and picklable, for child processes."""

    config: str
    addons_path: str = ""

    def arguments(self):
        argv = ["-c", self.config, "--no-http", "--max-cron-threads=0"]
        argv += ["--log-level=warn"]
        return argv + (
            [f"--addons-path={self.addons_path}"] if self.addons_path else []
        )


@dataclass(frozen=True)
class Side:
    """One of the two things compared."""

    name: str
    rows: int
    modules: tuple
    group: str

    @property
    def database(self):
        return f"{PREFIX}_{self.name}_{self.rows}"


def plain(rows):
    return Side("plain", rows, ("helpdesk_mgmt",), "helpdesk_mgmt.group_helpdesk_user")


def ours(rows):
    modules = tuple(
        n for n in OURS if (ROOT / "addons" / n / "__manifest__.py").exists()
    )
    return Side("ours", rows, modules, "gorod24_appeals.group_operator")


def start_odoo(options):
    """Read the configuration in this process."""
    # Options of our addons and the empty db_name are no news here.
    logging.getLogger("odoo.tools.config").setLevel(logging.ERROR)
    odoo.tools.config.parse_config(options.arguments(), setup_logging=True)


@contextmanager
def environment(side, login=None):
    """An Environment of the side's database: of the superuser, or of a login."""
    registry = Registry(side.database)
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, CONTEXT)
        if login:
            user = env["res.users"].search([("login", "=", login)])
            context = dict(CONTEXT, allowed_company_ids=user.company_ids.ids)
            env = odoo.api.Environment(cr, user.id, context)
        yield env


# State of a database -----------------------------------------------------------


def sources(side):
    """Fingerprint of what decides the schema and the behaviour of the side."""
    digest = hashlib.sha256(FORMAT.encode())
    if side.name == "ours":
        for path in sorted((ROOT / "addons").glob("gorod24*/**/*")):
            wanted = path.suffix in (".py", ".xml", ".csv")
            if wanted and not {"tests", "tests_unit", "static"} & set(path.parts):
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def exists(database):
    with db_connect("postgres").cursor() as cr:
        cr.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return bool(cr.fetchone())


def parameter(side, key):
    """A stored setting of the side's database, None without database or setting."""
    if not exists(side.database):
        return None
    with db_connect(side.database).cursor() as cr:
        cr.execute("SELECT to_regclass('ir_config_parameter')")
        if not cr.fetchone()[0]:
            return None
        cr.execute("SELECT value FROM ir_config_parameter WHERE key = %s", [key])
        row = cr.fetchone()
        return row and row[0]


def remember(side, key, value):
    with db_connect(side.database).cursor() as cr:
        cr.execute("DELETE FROM ir_config_parameter WHERE key = %s", [key])
        cr.execute(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)",
            [key, str(value)],
        )


def remember_figures(side, found):
    """Keep the medians of a run with the base they were measured on."""
    medians = {key: timing.median for key, timing in found.items()}
    remember(side, FIGURES_KEY, json.dumps(medians))


def figures(rows):
    """Return {operation: median ms} last measured on our base of so many rows."""
    return json.loads(parameter(ours(rows), FIGURES_KEY) or "{}") if rows else {}


def installed(side):
    with db_connect(side.database).cursor() as cr:
        cr.execute("SELECT name FROM ir_module_module WHERE state = 'installed'")
        return {name for (name,) in cr.fetchall()}


# Making and dropping ------------------------------------------------------------


def install(options, side, install=(), update=()):
    """Install and update modules by Odoo's own command; Failure when it does not."""
    argv = [sys.executable, "-m", "odoo", *options.arguments(), "-d", side.database]
    argv += ["--stop-after-init", "--skip-auto-install", "--load-language=ru_RU"]
    argv += ["-i", ",".join(install)] if install else []
    argv += ["-u", ",".join(update)] if update else []
    done = subprocess.run(
        argv, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False
    )
    missing = set(side.modules) - (installed(side) if exists(side.database) else set())
    if done.returncode or missing:
        raise Failure(
            f"Odoo не установил {', '.join(sorted(missing)) or 'дополнения'} в базу "
            f"{side.database}:\n{(done.stderr or done.stdout)[-3000:]}"
        )


def renew(options, side):
    """Bring a filled database up to the sources; return True when it had to."""
    now = sources(side)
    if parameter(side, SOURCES_KEY) == now and set(side.modules) <= installed(side):
        return False
    present = installed(side)
    fresh = [name for name in side.modules if name not in present]
    changed = sorted(name for name in present if name.startswith("gorod24"))
    install(options, side, install=fresh, update=changed)
    remember(side, SOURCES_KEY, now)
    return True


def drop(database):
    close_db(database)
    with db_connect("postgres").cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def drop_all():
    """Drop every database of the bench; return their names."""
    with db_connect("postgres").cursor() as cr:
        cr.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY 1",
            [PREFIX.replace("_", r"\_") + r"\_%"],
        )
        names = [name for (name,) in cr.fetchall()]
    for name in names:
        drop(name)
    return names
