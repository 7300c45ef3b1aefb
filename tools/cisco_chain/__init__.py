# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prosody, the simulator and the connector as processes, with Odoo's doors played.

What the tests of the connector and the measurements of it stand on.
"""

from .chain import AGENTS, COMMAND_TOKEN, PASSWORD, Chain
from .fake_odoo import TOKEN, FakeOdoo

__all__ = ["AGENTS", "COMMAND_TOKEN", "PASSWORD", "TOKEN", "Chain", "FakeOdoo"]
