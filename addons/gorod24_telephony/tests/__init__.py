# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import (
    test_adapter,
    test_batch,
    test_bus,
    test_call,
    test_callback,
    test_call_mark,
    test_call_quality,
    test_call_settle,
    test_concurrency,
    test_door,
    test_complaints,
    test_ivr,
    test_js,
    test_player,
    test_recording,
    test_recording_keeping,
    test_screen_pop,
    test_security,
    test_settings,
    test_setup,
    test_timeline,
    test_wallboard,
)
