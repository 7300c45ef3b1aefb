# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Telephones of people on duty: E.164 with an extension, or a short service number.

Citizens' numbers come from switches in many more shapes; they have their own package
in gorod24_appeals, which stands above this addon.
"""

import re

import phonenumbers

_NATIONAL_DIGITS = 10
# 101, 102, 103, 104, 112 and the like are dialled as they are.
_SHORT = re.compile(r"^1\d\d$")


class BadPhone(ValueError):
    """The text is no telephone number."""


def normalise(text, city_code="3852", country="RU"):
    """Return (number, extension) of what a person typed.

    :param text: «8 (3852) 12-34-56 доб. 12», «12-34-56», «112»
    :param city_code: put before a short local number
    :return: E.164 (or the short number itself) and the extension, "" without one
    :raises BadPhone: when it cannot be dialled
    """
    text = (text or "").strip()
    digits = re.sub(r"\D", "", text)
    if _SHORT.match(digits) and len(text) < 8:
        return digits, ""
    local = re.match(r"[\d\s()-]+", text)
    local_digits = re.sub(r"\D", "", local[0]) if local else ""
    if len(local_digits) + len(city_code) == _NATIONAL_DIGITS:
        text = f"+7{city_code}{local_digits} {text[local.end() :]}"
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise BadPhone(text) from error
    if not phonenumbers.is_valid_number(number):
        raise BadPhone(text)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164, number.extension or ""


def pretty(number, city_code="3852"):
    """Return the number as people write it: +7 3852 12-34-56."""
    local = re.match(rf"^\+7{city_code}(\d\d)(\d\d)(\d\d)$", number or "")
    if local:
        return f"+7 {city_code} {local[1]}-{local[2]}-{local[3]}"
    if not (number or "").startswith("+"):
        return number or ""
    parsed = phonenumbers.parse(number, None)
    return phonenumbers.format_number(
        parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
