# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What an exchange has to dial for a number in E.164."""

import re


def dial_digits(number, outside_prefix="9", trunk="8", country="7", inner=5):
    """Return the digits to dial, without brackets, dashes and letters.

    "+73852123456" → "983852123456"; "+4930…" → "981049…30…"; an extension of up to
    ``inner`` digits is dialled as it is. Returns "" when there is nothing to dial.

    :param outside_prefix: digits that take an outside line, may be empty.
    :param trunk: long-distance digit of the country; abroad it is followed by "10".
    :param country: calling code of the own country.
    """
    text = str(number or "").strip()
    digits = re.sub(r"\D", "", text)
    if not digits or len(digits) <= inner:
        return digits
    if not text.startswith("+"):
        return digits
    if digits.startswith(country):
        return f"{outside_prefix}{trunk}{digits[len(country) :]}"
    return f"{outside_prefix}{trunk}10{digits}"
