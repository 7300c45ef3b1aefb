# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A free point and a lamp post in the words of a place. Plain Python, no database."""

from .reading import read_point, read_pole

__all__ = ["read_point", "read_pole"]
