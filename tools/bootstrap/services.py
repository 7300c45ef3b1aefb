# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Long-running processes of a stack and the supervisor that watches them."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import console
from .console import step
from .errors import Trouble
from .files import read_json, tail, write_json
from .process import die_with_parent, is_alive, start_time

RESTART_LIMIT = 5
RESTART_WINDOW = 60.0


@dataclass
class Service:
    """One process: how to start it and how to see that it works.

    :param argv: called before every start, so that a restart sees fresh files
    :param ready: true as soon as the service really answers
    :param owner: account name when started by root, else None
    """

    name: str
    title: str
    argv: Callable[[], list]
    ready: Callable[[], bool]
    log: Path
    env: Mapping[str, str]
    cwd: Path
    patience: float = 60.0
    process: subprocess.Popen | None = None
    crashes: list = field(default_factory=list)

    def spawn(self):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in self.argv()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env=dict(self.env),
                # Ctrl-C goes to the supervisor only; it stops all in good order
                start_new_session=True,
                # citizens' files and events are nobody else's on this machine
                umask=0o077,
                preexec_fn=die_with_parent,
            )

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def wait_ready(self):
        deadline = time.monotonic() + self.patience
        while not self.ready():
            if not self.is_running():
                raise Trouble(
                    f"{self.title}: не запускается.",
                    f"журнал: {self.log}",
                    tail(self.log, 12),
                )
            if time.monotonic() > deadline:
                raise Trouble(
                    f"{self.title}: не отвечает {self.patience:.0f} секунд.",
                    f"журнал: {self.log}",
                    tail(self.log, 12),
                )
            time.sleep(0.1)

    def stop(self, patience=15.0):
        if not self.is_running():
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def crashed_too_often(self):
        now = time.monotonic()
        self.crashes = [t for t in self.crashes if now - t < RESTART_WINDOW] + [now]
        return len(self.crashes) > RESTART_LIMIT


class Supervisor:
    """Starts services in order, restarts the fallen, stops in reverse order.

    :param register: JSON file {name: [pid, start time]}, for `status` and `stop`
    """

    def __init__(self, register, quiet=False):
        self.register = Path(register)
        self.quiet = quiet
        self.services = []
        self._stopping = threading.Event()

    def start(self, service):
        self.services.append(service)
        if self.quiet:
            self._launch(service)
            return
        with step(service.title):
            self._launch(service)

    def _launch(self, service):
        service.spawn()
        self._write_register()
        service.wait_ready()

    def get(self, name):
        return next(service for service in self.services if service.name == name)

    def restart(self, name):
        service = self.get(name)
        service.stop()
        self._launch(service)

    def ask_to_stop(self, *_signal):
        self._stopping.set()

    def watch(self):
        """Block until asked to stop; Trouble when a service keeps falling."""
        while not self._stopping.wait(0.5):
            for service in self.services:
                if not service.is_running():
                    self._revive(service)

    def _revive(self, service):
        if service.crashed_too_often():
            raise Trouble(
                f"{service.title}: падает снова и снова.",
                f"журнал: {service.log}",
                tail(service.log, 12),
            )
        console.warn(f"{service.title}: упал, поднимаю снова ({service.log})")
        if self._stopping.wait(len(service.crashes) - 1):
            return
        service.spawn()
        self._write_register()

    def stop_all(self):
        for service in reversed(self.services):
            service.stop()
        self.services.clear()
        self.register.unlink(missing_ok=True)

    def _write_register(self):
        write_json(
            self.register,
            {
                service.name: [service.process.pid, start_time(service.process.pid)]
                for service in self.services
                if service.is_running()
            },
        )


def registered(register):
    """{name: pid} of the living processes a supervisor wrote down."""
    return {
        name: pid
        for name, (pid, started) in read_json(register).items()
        if is_alive(pid, started)
    }


def stop_registered(register, patience=15.0):
    """Stop what a dead supervisor left behind; returns the names."""
    left = registered(register)
    for pid in left.values():
        os.kill(pid, 15)
    deadline = time.monotonic() + patience
    while any(is_alive(pid) for pid in left.values()):
        if time.monotonic() > deadline:
            for pid in left.values():
                if is_alive(pid):
                    os.kill(pid, 9)
            break
        time.sleep(0.1)
    Path(register).unlink(missing_ok=True)
    return sorted(left)
