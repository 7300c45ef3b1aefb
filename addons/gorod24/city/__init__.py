# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The demo city: an invented town on real street names, always the same for a seed."""

from .houses import expand_houses
from .people import make_people
from .stories import make_calls, make_stories

__all__ = ["expand_houses", "make_calls", "make_people", "make_stories"]
