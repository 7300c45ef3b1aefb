# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The plain packages under their real parent's name, without Odoo."""

import sys
import types
from pathlib import Path

from hypothesis import settings

settings.register_profile("calm", deadline=None)  # other work runs beside us
settings.load_profile("calm")

package = types.ModuleType("gorod24_cisco")
package.__path__ = [str(Path(__file__).resolve().parents[1])]
sys.modules.setdefault("gorod24_cisco", package)
sys.path.insert(0, str(Path(__file__).resolve().parent))
