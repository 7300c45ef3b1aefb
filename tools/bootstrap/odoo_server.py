# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Command lines, configuration and health of Odoo."""

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass

from . import venv
from .errors import Trouble
from .files import render, tail, write_atomic
from .process import clean_environment, run

LOG_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ ")


@dataclass(frozen=True)
class Odoo:
    """Odoo with our addons, talking to one PostgreSQL server."""

    layout: object
    source: object
    connection: object
    secrets: object

    def addons_path(self):
        paths = [*self.source.addons_paths, venv.oca_addons(self.layout)]
        return ",".join(str(path) for path in [*paths, self.layout.addons])

    def environment(self, **extra):
        """For every Odoo process: our Odoo, and the database by its own variables."""
        return clean_environment(
            PYTHONPATH=self.source.python_path,
            PYTHONDONTWRITEBYTECODE="1",
            **extra,
        )

    def write_config(self, path, **values):
        """Write an odoo.conf from the template; `values` override the defaults."""
        defaults = {
            "addons_path": self.addons_path(),
            "data_dir": self.layout.data,
            "db_host": self.connection.host,
            "db_port": self.connection.port,
            "db_user": self.connection.user,
            "db_password": self.connection.password,
            "admin_passwd": self.secrets["odoo_master"],
            "bind": "127.0.0.1",
            "http_port": 8069,
            "gevent_port": 8072,
            "workers": 0,
            "db_name": "",
            "dbfilter": "",
            "screenshots": self.layout.logs / "screenshots",
            "gar_folder": self.layout.data / "gar",
            "cron_threads": 1,
        }
        text = render(
            self.layout.config / "odoo.conf.in",
            {name: str(value) for name, value in {**defaults, **values}.items()},
        )
        write_atomic(path, text, 0o600)

    def command(self, config, *argv):
        """`odoo …`; a subcommand goes first, as Odoo wants it."""
        words = list(argv)
        # a file, not `-m odoo`: see its own words
        head = [self.layout.python, self.layout.root / "tools" / "bin" / "odoo"]
        if words and not words[0].startswith("-"):
            # Odoo finds the commands of addons only after it knows their path
            head += [f"--addons-path={self.addons_path()}", words.pop(0)]
            # `i18n export`: the second word belongs to the first
            if words and not words[0].startswith("-"):
                head.append(words.pop(0))
        return [*head, "-c", str(config), *words]

    def run(self, config, *argv, what, log, text_in=None):
        run(
            self.command(config, *argv),
            what=what,
            env=self.environment(),
            cwd=self.layout.root,
            text_in=text_in,
            log=log,
        )

    def shell(self, config, database, script, what, log):
        """Run a script in `odoo shell` and commit; Trouble when it breaks off."""
        before = log.stat().st_size if log.exists() else 0
        text = f"DONE = 'gorod24' + '-done'\n{script}\nenv.cr.commit()\nprint(DONE)\n"
        argv = ["shell", "-d", database, "--no-http", "--log-level=warn"]
        self.run(config, *argv, what=what, log=log, text_in=text)
        if "gorod24-done" not in _since(log, before):
            raise Trouble(what, f"журнал: {log}", tail(log, 15))

    def install(self, config, database, *, log, install=(), update=()):
        """Install and update addons in a database; Trouble when Odoo logs an error."""
        before = log.stat().st_size if log.exists() else 0
        argv = ["-d", database, "--stop-after-init", "--no-http", "--skip-auto-install"]
        argv += ["--load-language=ru_RU", "--max-cron-threads=0"]
        argv += ["-i", ",".join(install)] if install else []
        argv += ["-u", ",".join(update)] if update else []
        what = f"Odoo не установил дополнения в базу {database}."
        try:
            self.run(config, *argv, what=what, log=log)
        except Trouble as trouble:
            bad = essence(_since(log, before)) or trouble.details
            raise Trouble(what, f"журнал: {log}", bad) from trouble
        bad = essence(_since(log, before))
        if bad:
            raise Trouble(what, f"журнал: {log}", bad)


def _since(log, position):
    with open(log, "rb") as stream:
        stream.seek(position)
        return stream.read().decode("utf-8", "replace")


def essence(text, lines=8):
    """The lines of an Odoo log that say what went wrong.

    Errors' own lines and the last line of each traceback, without the frames.
    """
    kept, wrong = [], False
    for line in text.splitlines():
        if LOG_LINE.match(line):
            wrong = " ERROR " in line or " CRITICAL " in line
            if wrong:
                kept.append(line)
        elif wrong and line and not line.startswith((" ", "Traceback")):
            kept.append(line)
    return "\n".join(dict.fromkeys(kept[-lines:]))


def is_healthy(port, page="/web/health"):
    """True when Odoo on this port answers its health page.

    :param page: /websocket/health asks the process of the bus
    """
    try:
        url = f"http://127.0.0.1:{port}{page}"
        with urllib.request.urlopen(url, timeout=2) as answer:
            return json.load(answer).get("status") == "pass"
    except (OSError, ValueError, urllib.error.URLError):
        return False
