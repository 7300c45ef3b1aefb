# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Real data beside the repository; the tests have samples of their own without it."""

import os
import pathlib


def shared(name):
    """Text of a file of real data, or "" when it is not here."""
    home = pathlib.Path(__file__).resolve().parents[3].parent / "shared" / "data"
    path = pathlib.Path(os.environ.get("G24_SHARED") or home) / name
    return path.read_text(encoding="utf-8") if path.exists() else ""
