# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One call, the whole way, through real browsers and the simulator of the exchange.

The whole-system test walks it and asserts; `./gorod24 demo-call` shows it to a person.
"""

from .journey import Journey, Town

__all__ = ["Journey", "Town"]
