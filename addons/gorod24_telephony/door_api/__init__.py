# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The doors of telephony for those who write to them: OpenAPI and a rate limit.

Plain Python, no Odoo.
"""

from .document import document
from .rate import RateLimit

__all__ = ["RateLimit", "document"]
