# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import (
    gorod24_call,
    gorod24_call_callback,
    gorod24_call_dial,
    gorod24_call_event,
    gorod24_call_journal,
    gorod24_call_leg,
    gorod24_call_ref,
    gorod24_call_settle,
    gorod24_callback,
    gorod24_callback_attempt,
    gorod24_caller_card,
    gorod24_informing,
    gorod24_ivr,
    gorod24_recording,
    gorod24_recording_access,
    gorod24_recording_keeping,
    gorod24_recording_term,
    gorod24_telephony_adapter,
    gorod24_telephony_source,
    helpdesk_ticket,
    helpdesk_ticket_likely,
    gorod24_wallboard,
    ir_http,
    res_users,
)
