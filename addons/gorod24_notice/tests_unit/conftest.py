# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Makes the plain packages of the addon importable without Odoo."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# a time limit on an example says how busy the machine is, nothing else
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
