# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A thin client over psql: queries, and databases made as copies of others."""

import re
import shutil
import subprocess
from dataclasses import dataclass

from .errors import Trouble
from .process import clean_environment, run

SAFE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def quoted(name):
    """A database name fit for SQL; ValueError for anything unusual."""
    if not SAFE_NAME.fullmatch(name):
        raise ValueError(f"unsafe database name: {name!r}")
    return f'"{name}"'


def literal(text):
    return "'" + str(text).replace("'", "''") + "'"


@dataclass(frozen=True)
class Connection:
    """How to reach a server as one role."""

    host: str
    port: int
    user: str
    password: str
    binaries: str | None = None

    def program(self, name):
        if self.binaries:
            return f"{self.binaries}/{name}"
        found = shutil.which(name)
        if not found:
            raise Trouble(
                f"Не найдена программа {name}.",
                "поставьте её: apt-get install postgresql-client",
            )
        return found

    def variables(self, database=None):
        """PG… variables by which every PostgreSQL client finds this server."""
        values = {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGCONNECT_TIMEOUT": "10",
        }
        if database:
            values["PGDATABASE"] = database
        return values

    def environment(self, database=None):
        return clean_environment(**self.variables(database))

    def is_up(self):
        done = subprocess.run(
            [self.program("pg_isready"), "-q", "-h", self.host, "-p", str(self.port)],
            check=False,
            env=clean_environment(),
        )
        return done.returncode == 0

    def query(self, database, sql):
        """Run SQL and return its rows as lists of strings."""
        quiet = {"PGOPTIONS": "-c client_min_messages=error"}
        out = run(
            [self.program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
            + ["-F", "\x1f", "-f", "-"],
            what=f"Запрос к базе {database} не выполнен.",
            env=self.environment(database) | quiet,
            text_in=sql,
        )
        return [line.split("\x1f") for line in out.splitlines() if line]

    def value(self, database, sql):
        """First column of the first row, or None."""
        rows = self.query(database, sql)
        return rows[0][0] if rows else None

    # databases

    def databases(self, prefix=""):
        rows = self.query("postgres", "SELECT datname FROM pg_database")
        return sorted(row[0] for row in rows if row[0].startswith(prefix))

    def exists(self, name):
        return name in self.databases(name)

    def create(self, name, template="template1"):
        if template == "template1":
            how = "TEMPLATE template1"
        else:
            self.disconnect(template)
            how = f"TEMPLATE {quoted(template)} STRATEGY FILE_COPY"
        self.query("postgres", f"CREATE DATABASE {quoted(name)} {how}")

    def drop(self, name):
        statement = f"DROP DATABASE IF EXISTS {quoted(name)}"
        try:
            self.query("postgres", f"{statement} WITH (FORCE)")
        except Trouble:
            # FORCE may not touch autovacuum, which a plain DROP turns out by itself
            self.disconnect(name)
            self.query("postgres", statement)

    def rename(self, old, new):
        self.disconnect(old)
        self.query("postgres", f"ALTER DATABASE {quoted(old)} RENAME TO {quoted(new)}")

    def disconnect(self, name):
        """Close the sessions of a database (a template must have none)."""
        self.query(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = {literal(name)} AND pid <> pg_backend_pid()"
            # Autovacuum is the server's own and gives way by itself.
            " AND backend_type = 'client backend'",
        )
