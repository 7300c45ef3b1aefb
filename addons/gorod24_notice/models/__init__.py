# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import (
    gorod24_notice_service,
    gorod24_notice,
    gorod24_notice_place,
    gorod24_notice_place_list,
    gorod24_notice_prolongation,
    gorod24_notice_course,
    gorod24_notice_match,
    gorod24_notice_words,
    gorod24_notice_joined,
    gorod24_question,
    gorod24_appeal_registrar,
    gorod24_caller_card,
    gorod24_shift_handover,
)
