# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which call a recording belongs to: plain Python, no Odoo.

``audio`` tells what a file really is, ``sidecar`` reads the description that came with
it, ``match`` picks the call or says why no call can be picked without guessing.
"""

from .audio import audio_type
from .match import CallSpan, LegSpan, Match, best_match, same_number
from .sidecar import Sidecar, SidecarError, parse_sidecar

__all__ = [
    "CallSpan",
    "LegSpan",
    "Match",
    "Sidecar",
    "SidecarError",
    "audio_type",
    "best_match",
    "parse_sidecar",
    "same_number",
]
