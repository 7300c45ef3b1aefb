# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL: a private cluster in .runtime/pg, or an existing server.

The private cluster is shared by `run` and `test`: whoever uses it registers as a
holder; the last one to leave stops the server. A system cluster is never touched.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .console import step
from .errors import Trouble
from .files import fingerprint, read_json, tail, write_atomic, write_json
from .locks import queued
from .process import as_user, clean_environment, is_alive, is_root, run, start_time
from .sql import Connection
from .system_packages import postgres_bin

OWNER = "postgres"
ROLE = "gorod24"
SUPERUSER = "postgres"
SOCKET_LIMIT = 107
START_PATIENCE = 60

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_permissions = 0777
max_connections = 200
shared_buffers = 512MB
work_mem = 16MB
maintenance_work_mem = 256MB
effective_cache_size = 2GB
max_wal_size = 4GB
checkpoint_timeout = 15min
# the demo may lose the last seconds after a power cut, never be damaged
synchronous_commit = off
random_page_cost = 1.1
jit = off
log_timezone = 'UTC'
timezone = 'UTC'
logging_collector = off
"""


def connect_or_cluster(layout, settings, secrets):
    """The server to use, by the settings."""
    if settings.external_postgres:
        return ExternalServer(settings.external_postgres)
    return Cluster(layout, secrets)


def working_in(folder):
    """Processes whose working folder is ``folder``: PostgreSQL stays in its data."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if os.readlink(path) == str(folder):
                found.append(int(path.parent.name))
        except OSError:
            continue  # it has just ended, or is not ours to see
    return found


class ExternalServer:
    """A server somebody else runs; nothing to start or stop."""

    private = False

    def __init__(self, options):
        binaries = postgres_bin()
        self.connection = Connection(
            options["host"],
            int(options.get("port", 5432)),
            options["user"],
            options["password"],
            binaries,
        )

    def acquire(self, port=None):
        if not self.connection.is_up():
            raise Trouble(
                f"Сервер PostgreSQL {self.connection.host}:{self.connection.port} "
                "не отвечает.",
                "проверьте раздел [postgres] в config/gorod24.toml.",
            )
        self.connection.query("postgres", "SELECT 1")

    def release(self):
        """Nothing to do: the server is not ours."""

    def stop(self):
        """Nothing to do: the server is not ours."""


class Cluster:
    """The private cluster under .runtime/pg.

    :param name: another one beside it, for trials that break it
    :param more: lines of settings that win over the usual ones
    """

    private = True

    def __init__(self, layout, secrets, name="pg", more=""):
        self.folder = layout.runtime / name
        self.data = self.folder / "data"
        self.holders = layout.state / f"{name}-holders"
        self.log = layout.logs / ("postgres.log" if name == "pg" else f"{name}.log")
        self.lock = layout.state / f"{name}.lock"
        self.secrets = secrets
        self.memory = layout.state / f"{name}.json"
        self.more = more

    # what it is made of

    @property
    def binaries(self):
        """Programs of the version that made the cluster (else the newest)."""
        made = self.data / "PG_VERSION"
        if self._exists(made):
            folder = f"/usr/lib/postgresql/{self._read(made).strip()}/bin"
            if not Path(folder).is_dir():
                raise Trouble(
                    f"База сделана PostgreSQL {self._read(made).strip()}, "
                    "а на машине его больше нет.",
                    "верните его пакет или начните заново: ./gorod24 reset",
                )
            return folder
        return postgres_bin()

    def _exists(self, path):
        try:
            return path.exists()
        except PermissionError:
            return True

    def _read(self, path):
        return path.read_text(encoding="utf-8")

    @property
    def port(self):
        return read_json(self.memory).get("port")

    @property
    def socket_folder(self):
        """Folder for the socket, or None when its path would be too long."""
        folder = self.folder / "s"
        longest = len(os.fsencode(folder / ".s.PGSQL.65535"))
        return folder if longest <= SOCKET_LIMIT else None

    @property
    def connection(self):
        return self._connection(ROLE, self.secrets["postgres"])

    def _connection(self, user, password):
        host = str(self.socket_folder or "127.0.0.1")
        return Connection(host, self.port, user, password, self.binaries)

    def _as_owner(self, argv):
        return as_user(argv, OWNER, reach=self.folder)

    # life

    def acquire(self, port):
        """Make the cluster if need be, start it if need be, register as holder."""
        with queued(self.lock):
            if not self.is_running():
                self._make()
                write_json(self.memory, {"port": port})
                self._start()
            self._roles()
            self.holders.mkdir(parents=True, exist_ok=True)
            (self.holders / str(os.getpid())).write_text(str(start_time(os.getpid())))

    def release(self):
        """Leave; the last holder stops the server."""
        with queued(self.lock):
            (self.holders / str(os.getpid())).unlink(missing_ok=True)
            if not self._living_holders():
                self._stop()

    def stop(self):
        """Stop the server whoever uses it."""
        with queued(self.lock):
            self._stop()

    def revive(self):
        """Start a server that was killed; returns when it answers."""
        with queued(self.lock):
            self._start()

    def in_use(self):
        """True while a living process (a test run, say) holds the server."""
        return bool(self._living_holders())

    def _living_holders(self):
        living = []
        for path in self.holders.glob("*"):
            started = path.read_text().strip()
            if is_alive(int(path.name), int(started) if started.isdigit() else None):
                living.append(int(path.name))
            else:
                path.unlink(missing_ok=True)
        return living

    def server_pid(self):
        """Process id from postmaster.pid when that process really is a server."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            # PostgreSQL works inside its data folder; a stranger with this id does not
            ours = os.readlink(f"/proc/{pid}/cwd") == str(self.data)
        except (OSError, ValueError, IndexError):
            return None
        return pid if ours else None

    def is_running(self):
        return bool(self.server_pid() and self.port and self.connection.is_up())

    def _make(self):
        """initdb into a side folder, then rename: never half a cluster."""
        if (self.data / "PG_VERSION").exists():
            return
        with step("PostgreSQL: создаю кластер"):
            staging = self.folder / "data.new"
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self.folder.chmod(0o755)
            password = self.folder / "superuser"
            write_atomic(password, self.secrets["postgres_superuser"], 0o600)
            if is_root():
                shutil.chown(self.folder, OWNER)
                shutil.chown(password, OWNER)
            run(
                self._as_owner(
                    [f"{postgres_bin()}/initdb", "-D", staging, "-U", SUPERUSER]
                    + ["--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
                    + ["--auth=scram-sha-256", f"--pwfile={password}", "--no-sync"]
                ),
                what="initdb не создал кластер PostgreSQL.",
                mend="проверьте место на диске и права на каталог репозитория.",
                env=clean_environment(LC_ALL="C.UTF-8"),
                cwd="/",
            )
            password.unlink()
            os.replace(staging, self.data)

    def _start(self):
        self._outlive_orphans()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        sockets = self.socket_folder
        if sockets:
            sockets.mkdir(exist_ok=True)
            if is_root():
                shutil.chown(sockets, OWNER)
        lines = SETTINGS + self.more + f"port = {self.port}\n"
        lines += f"unix_socket_directories = '{sockets or ''}'\n"
        self._install("postgresql.auto.conf", lines)
        argv = self._as_owner([f"{self.binaries}/postgres", "-D", str(self.data)])
        # not a child that dies with us: run and test share the server
        argv = [part for part in argv if not part.startswith("--pdeathsig")]
        with open(self.log, "ab") as log:
            server = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=clean_environment(LC_ALL="C.UTF-8"),
                start_new_session=True,
            )
        deadline = time.monotonic() + START_PATIENCE
        while not self.connection.is_up():
            if server.poll() is not None or time.monotonic() > deadline:
                raise Trouble(
                    "PostgreSQL не запустился.",
                    f"журнал: {self.log}",
                    tail(self.log, 8),
                )
            time.sleep(0.1)

    def _outlive_orphans(self):
        """Wait for the processes of a killed server: two servers would ruin the data.

        They end by themselves as soon as they notice that their head is gone.
        """
        deadline = time.monotonic() + START_PATIENCE
        while left := working_in(self.data):
            if time.monotonic() > deadline:
                raise Trouble(
                    f"Процессы прежнего PostgreSQL ещё живы: {left}.",
                    "завершите их и запустите команду снова.",
                )
            time.sleep(0.05)

    def _install(self, name, text):
        """Put a file into the data folder with the right owner."""
        path = self.data / name
        write_atomic(path, text, 0o600)
        if is_root():
            shutil.chown(path, OWNER)

    def _stop(self):
        pid = self.server_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 30
        while is_alive(pid):
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGQUIT)
                break
            time.sleep(0.05)

    def _roles(self):
        """Our role and the extensions of template1; a stamp keeps it quick."""
        stamp = read_json(self.memory)
        wanted = fingerprint(self.secrets["postgres"], "roles-1", self._identity())
        if stamp.get("roles") == wanted:
            return
        admin = self._connection(SUPERUSER, self.secrets["postgres_superuser"])
        password = self.secrets["postgres"].replace("'", "''")
        if not admin.value(
            "postgres", f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"
        ):
            admin.query("postgres", f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        admin.query("postgres", f"ALTER ROLE {ROLE} PASSWORD '{password}'")
        admin.query(
            "template1",
            "CREATE EXTENSION IF NOT EXISTS pg_trgm;"
            "CREATE EXTENSION IF NOT EXISTS unaccent;"
            # as Odoo itself does with --unaccent: lets trigram indexes serve searches
            "ALTER FUNCTION unaccent(text) IMMUTABLE;",
        )
        write_json(self.memory, {**stamp, "roles": wanted})

    def _identity(self):
        return self.data.stat().st_ino
