# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Steps that load the demo city into a database, each for one part of it."""

from . import calls, notices, past, people, places, responsible, told, users
