# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import (
    test_card_notice,
    test_js,
    test_notice,
    test_notice_access,
    test_notice_joined,
    test_notice_match,
    test_notice_together,
    test_shift_notices,
)
