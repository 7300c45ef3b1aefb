# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest
from conversation import dial_digits


@pytest.mark.parametrize(
    "number, prefix, wanted",
    [
        ("+73852123456", "9", "983852123456"),
        ("+79131234567", "", "89131234567"),
        ("+493012345678", "9", "9810493012345678"),
        ("2830", "9", "2830"),
        ("(3852) 12-34-56", "9", "3852123456"),
        ("", "9", ""),
        (None, "9", ""),
        ("allô", "9", ""),
    ],
)
def test_digits_to_dial(number, prefix, wanted):
    assert dial_digits(number, outside_prefix=prefix) == wanted
