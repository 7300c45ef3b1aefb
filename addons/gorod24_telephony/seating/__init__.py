# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who sits at which telephone, as a pasted table. No Odoo here."""

from .table import Problem, Seat, doubles, read_table

__all__ = ["Problem", "Seat", "doubles", "read_table"]
