# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""File locks that the kernel releases when their holder dies."""

import fcntl
import os
import time
from contextlib import contextmanager
from pathlib import Path

from .errors import Trouble


class FileLock:
    """Exclusive lock on a file; the file holds the holder's process id."""

    def __init__(self, path):
        self.path = Path(path)
        self._handle = None

    def try_acquire(self):
        """True when the lock is ours now."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle
        return True

    def release(self):
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def holder(self):
        """Process id of whoever holds the lock, or None."""
        if not self.path.exists():
            return None
        handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return int(os.read(handle, 20) or 0) or None
        finally:
            os.close(handle)
        return None


@contextmanager
def sole(path, what, mend):
    """Hold the lock for the block; Trouble at once when somebody has it."""
    lock = FileLock(path)
    if not lock.try_acquire():
        raise Trouble(what.format(pid=lock.holder() or "?"), mend)
    try:
        yield lock
    finally:
        lock.release()


@contextmanager
def queued(path, on_wait=None, patience=1800):
    """Hold the lock for the block; wait in line while somebody has it."""
    lock = FileLock(path)
    deadline = time.monotonic() + patience
    told = False
    while not lock.try_acquire():
        if not told and on_wait:
            on_wait(lock.holder())
            told = True
        if time.monotonic() > deadline:
            raise Trouble(
                f"Другой процесс (№ {lock.holder()}) слишком долго держит {path}.",
                "дождитесь его конца или остановите: ./gorod24 stop",
            )
        time.sleep(0.3)
    try:
        yield lock
    finally:
        lock.release()
