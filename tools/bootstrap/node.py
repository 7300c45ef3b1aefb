# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""JavaScript linters in node_modules, by the lock file; needed for tests only."""

import shutil

from .console import step
from .files import fingerprint, read_json, write_json
from .process import clean_environment, run


def ensure(layout):
    folder = layout.root / "node_modules"
    stamp = folder / "gorod24.json"
    wanted = {"lock": fingerprint(layout.root / "package-lock.json")}
    if read_json(stamp) == wanted:
        return
    with step("Проверяющие программы JavaScript"):
        shutil.rmtree(folder, ignore_errors=True)
        run(
            ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            what="npm не поставил eslint и prettier.",
            mend="проверьте сеть и повторите команду.",
            cwd=layout.root,
            env=clean_environment(npm_config_cache=layout.runtime / "npm"),
            log=layout.logs / "npm.log",
        )
        write_json(stamp, wanted)
