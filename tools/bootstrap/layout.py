# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where everything lies. Nothing is written outside the repository folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from .errors import Trouble

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Layout:
    """Folders of one copy of the repository."""

    root: Path = ROOT

    @property
    def runtime(self):
        return self.root / ".runtime"

    @property
    def venv(self):
        return self.root / ".venv"

    @property
    def python(self):
        return self.venv / "bin" / "python"

    @property
    def addons(self):
        return self.root / "addons"

    @property
    def config(self):
        return self.root / "config"

    @property
    def logs(self):
        return self.runtime / "log"

    @property
    def state(self):
        return self.runtime / "state"

    @property
    def data(self):
        """Odoo's data folder: file store and sessions, shared by all databases."""
        return self.runtime / "data"

    def make(self):
        """Create the working folders; Trouble if they belong to somebody else."""
        for folder in (self.runtime, self.logs, self.state, self.data):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Trouble(
                    f"Не удаётся создать каталог {folder}: {error.strerror}.",
                    "проверьте права на каталог репозитория и место на диске.",
                ) from error
            if not os.access(folder, os.W_OK | os.X_OK):
                raise Trouble(
                    f"Каталог {folder} принадлежит другому пользователю.",
                    "работайте под тем же пользователем, что и в первый раз, "
                    f"или удалите каталог {self.runtime}.",
                )
