# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

import pytest
from conversation import Event
from conversation.same import is_same_call

T0 = datetime(2026, 1, 15, 3, 20)
MINUTE = 60


def about(second, same_number, extension="2830", ended=60):
    event = Event("e", "s", "call.ringing", T0 + timedelta(seconds=second))
    event = Event(**{**vars(event), "extension": extension})
    end = None if ended is None else T0 + timedelta(seconds=ended)
    return is_same_call(event, T0, end, end or T0, same_number, {"2830"})


@pytest.mark.parametrize(
    ("second", "number", "extension", "wanted"),
    [
        (90, False, "2831", True),  # handed over: a number of the colleague's side
        (40 * MINUTE, True, "2831", True),  # waited in the queue again
        (20 * MINUTE, None, "2831", True),  # the same with a hidden number
        (3 * 3600, False, "2830", False),  # the node counts anew: another citizen
        (3 * 3600, None, "2831", False),
        (3 * 3600, None, "2830", True),
        (20 * 3600, True, "2830", False),
        (-3 * 3600, False, "2830", False),  # an old row that comes late
    ],
)
def test_name_and_what_must_agree_with_it(second, number, extension, wanted):
    assert about(second, number, extension) is wanted


def test_call_that_goes_on_is_long():
    assert about(3 * 3600, False, ended=None)
