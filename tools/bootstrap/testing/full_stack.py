# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A whole running «Город 24» for the system tests, beside the one people use."""

import dataclasses
import os
import shutil
from contextlib import contextmanager

from .. import ports
from ..files import write_json
from ..house import building, opened
from ..running import describe
from ..stack import PORTS, Stack


class RunningStack:
    """What a system test may ask of the stack it runs against."""

    def __init__(self, house, stack):
        self._house = house
        self._stack = stack
        self.odoo_url = stack.url
        # where websockets live when Odoo has several workers
        self.bus_url = f"ws://127.0.0.1:{stack.ports['gevent']}/websocket"
        self.sim_control_url = f"{stack.simulator_url}/control"
        self.simulator_url = stack.simulator_url
        self.passwords = house.secrets.demo_passwords()
        self.telephony_token = house.secrets["telephony_token"]
        self.recordings_dir = stack.recordings / "new"
        self.db = stack.database
        self.has_telephony = stack.has_telephony()
        self.logs = stack.logs

    def psql(self, sql):
        """Rows of a query as lists of strings ('' for NULL)."""
        return self._house.connection.query(self.db, sql)

    def value(self, sql):
        """First column of the first row, or None."""
        return self._house.connection.value(self.db, sql)

    def restart(self, name):
        """Stop a service and start it again; returns when it answers."""
        self._stack.restart(name)

    def stop(self, name):
        self._stack.supervisor.get(name).stop()

    def start(self, name):
        service = self._stack.supervisor.get(name)
        service.spawn()
        service.wait_ready()

    def kill(self, name):
        """The service dies without a word (SIGKILL)."""
        service = self._stack.supervisor.get(name)
        service.process.kill()
        service.process.wait()

    def log(self, name):
        """Journal of a service: odoo, connector, simulator, prosody."""
        path = self.logs / f"{name}.log"
        return path.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running_stack(layout=None, **settings):
    """Start a full stack on a copy of the demo city; remove it afterwards.

    GOROD24_KEEP=1 keeps its database and folder to look at.

    :param settings: what is to be other than in config/gorod24.toml
    """
    with opened(layout) as house:
        several = "_workers" if settings.get("workers") else ""
        name = f"g24_test_{os.getpid()}_stack{several}"
        with building(house.layout):
            house.databases.copy(house.databases.city(), name)
        folder = house.layout.runtime / "test" / str(os.getpid())
        folder = folder / "workers" if several else folder
        stack = Stack(
            house.odoo,
            database=name,
            ports=dict(zip(PORTS, ports.any_free(len(PORTS)), strict=True)),
            folder=folder,
            logs=folder / "log",
            settings=dataclasses.replace(house.settings, **settings),
            quiet=True,
        )
        house.databases.set_address(name, stack.url)
        try:
            stack.start()
            write_json(folder / "stack.json", describe(house, stack), mode=0o600)
            yield RunningStack(house, stack)
        finally:
            stack.stop()
            if not os.environ.get("GOROD24_KEEP"):
                house.databases.drop(name)
                shutil.rmtree(stack.folder / "recordings", ignore_errors=True)
