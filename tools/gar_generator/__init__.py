# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Архив ГАР официального вида с выдуманным городом: для проб и замеров."""

from .model import Region, Size
from .writer import write_delta, write_full

__all__ = ["Region", "Size", "write_delta", "write_full"]
