# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_point import read_point, read_pole


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("53.348115, 83.779836", (53.348115, 83.779836)),
        ("яма, 53.3481 83.7798, у дороги", (53.3481, 83.7798)),
        ("53,3481; 83,7798", (53.3481, 83.7798)),
        ("-53.3481, -83.7798", (-53.3481, -83.7798)),
        ("дом 5, кв. 12", None),
        ("500.00, 700.00", None),
        ("123.4567, 83.7798", None),
        ("", None),
        (None, None),
    ],
)
def test_point_is_read_as_maps_give_it(text, point):
    assert read_point(text) == point


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_of_the_earth_is_read(latitude, longitude):
    found = read_point(f"{latitude:.6f}, {longitude:.6f}")
    assert found == (round(latitude, 6), round(longitude, 6))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("опора № 15/2а, у школы", "15/2а"),
        ("Столб 7", "7"),
        ("15", "15"),
        ("у подъезда 3", ""),
        (None, ""),
    ],
)
def test_number_of_a_lamp_post(text, number):
    assert read_pole(text) == number
