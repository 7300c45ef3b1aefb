# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a map gives to be pasted, «53.348115, 83.779836», and numbers of lamp posts."""

import re

#: Degrees with at least three decimals: two prices or two houses are no point.
_DEGREES = r"-?\d{1,3}[.,]\d{3,}"
_POINT = re.compile(rf"(?<![\d.,])({_DEGREES})\s*[,;\s]\s*({_DEGREES})(?![\d.,]\d)")
#: «опора № 15/2а», «столб 7», or the number alone.
_POLE = re.compile(
    r"(?:опор\w*|столб\w*|pole)\s*(?:№|N|#)?\s*(\d[\w/-]*)", re.IGNORECASE
)
_ALONE = re.compile(r"^\s*(?:№|N|#)?\s*(\d[\w/-]*)\s*$", re.IGNORECASE)


def read_point(text):
    """Return (latitude, longitude) in degrees of the first point, or None.

    A pair that cannot be a place on the earth is none.
    """
    for match in _POINT.finditer(text or ""):
        latitude, longitude = (float(part.replace(",", ".")) for part in match.groups())
        if -90 <= latitude <= 90 and -180 <= longitude <= 180:
            return round(latitude, 6), round(longitude, 6)
    return None


def read_pole(text):
    """Return the number of the lamp post named in the words, or ""."""
    match = _POLE.search(text or "") or _ALONE.match(text or "")
    return match[1] if match else ""
