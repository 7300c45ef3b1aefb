# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How a talk is marked, as plain Python. No Odoo here."""

from .total import SHARES, total

__all__ = ["SHARES", "total"]
