# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    gorod24_telephony_adapter,
    gorod24_telephony_setup,
    gorod24_telephony_setup_check,
    gorod24_telephony_setup_words,
    gorod24_telephony_source,
    ir_http,
    gorod24_cisco_calibration,
    gorod24_telephony_setup_trial,
)
