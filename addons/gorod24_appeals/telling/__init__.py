# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""When a citizen who was not reached is called again, and when it is enough."""

from .retry import RetryRule, is_exhausted, next_attempt

__all__ = ["RetryRule", "is_exhausted", "next_attempt"]
