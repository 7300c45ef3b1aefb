# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Paper blanks of the appeal card for the hours when the program does not work."""

from .serial import format_serial, parse_serial
from .sheet import Labels, render

__all__ = ["Labels", "format_serial", "parse_serial", "render"]
