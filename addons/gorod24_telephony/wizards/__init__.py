# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import (
    gorod24_call_mark_form,
    gorod24_call_mark_form_line,
    gorod24_call_settle,
    gorod24_mark_selection,
    gorod24_recording_hold,
    gorod24_telephony_operators,
    gorod24_telephony_operators_line,
    gorod24_telephony_settings,
    gorod24_telephony_settings_quality,
    gorod24_telephony_source_token,
)
