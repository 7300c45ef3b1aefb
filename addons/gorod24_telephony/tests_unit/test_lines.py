# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest
from conversation.lines import Lines, read_numbers

LINES = Lines(
    [("Горячая линия", "6024, +73852123456"), ("ЖКХ", "77*"), ("Лифт", "771*")]
)


@pytest.mark.parametrize(
    ("dialled", "name"),
    [
        ("6024", "Горячая линия"),
        ("+73852123456", "Горячая линия"),
        ("sip:6024@city.example", "Горячая линия"),
        ("7701", "ЖКХ"),
        ("7710", "Лифт"),
        ("6025", "6025"),
        ("", ""),
        (None, ""),
        ("hotline", "hotline"),
    ],
)
def test_line_of_a_dialled_number(dialled, name):
    assert LINES.name_of(dialled) == name


def test_what_is_no_number_is_named():
    assert read_numbers(" 6024;6024\n77* ") == ["6024", "77*"]
    with pytest.raises(ValueError, match="hotline"):
        read_numbers("6024, hotline")
