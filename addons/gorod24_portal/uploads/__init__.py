# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a file sent from a phone really is. Plain Python with Pillow, no Odoo."""

from .content import MAX_BYTES, MAX_FILES, BadFile, inspect, safe_name

__all__ = ["MAX_BYTES", "MAX_FILES", "BadFile", "inspect", "safe_name"]
