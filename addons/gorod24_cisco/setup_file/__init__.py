# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The connector's settings file, made from the wizard's values and compared with what
a connector runs with. No Odoo here."""

from .compare import differences, wanted
from .render import environment, render

__all__ = ["differences", "environment", "render", "wanted"]
