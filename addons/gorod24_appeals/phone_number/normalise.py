# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Telephone numbers as they reach a Russian city hotline, brought to E.164.

Plain Python over the ``phonenumbers`` library. The same citizen appears as
+73852123456, 83852123456, 3852123456, 123456 (local), 983852123456 (with the prefix
of the outside line) or sip:83852123456@gw; all of them are one number.
"""

import re
from functools import lru_cache

import phonenumbers

# What a switch writes instead of a number: never look a person up by these.
UNDIALABLE = {"", "anonymous", "unknown", "unavailable", "private", "restricted", "bib"}

_SIP = re.compile(r"(?:^|<)\s*(?:sips?|tel):([^@;>]+)", re.IGNORECASE)
# What a person writes after a number: "12-34-56 доб. 3", "… ext 12", "… вн. 5".
_INNER = re.compile(r"\s*(?:доб|вн|ext|#).*$", re.IGNORECASE)
_PSEUDO = ("b00", "bib")  # conference bridges and the telephone's own bridge
_NATIONAL_DIGITS = 10


def normalise(raw, city_code="3852", country="RU", outside_prefixes=("90", "9")):
    """Return the E.164 form of ``raw`` or None when it is no outside number.

    :param raw: what the switch, a person or a file wrote; may be None.
    :param city_code: area code put before a short local number.
    :param country: ISO code of the country numbers without "+" belong to.
    :param outside_prefixes: digits dialled to leave the office exchange, tried longest
        first and only when the number is not valid without removing them.
    """
    text = _strip(raw)
    if text is None:
        return None
    for candidate in _candidates(text, city_code, outside_prefixes):
        number = _parse(candidate, country)
        if number:
            return number
    return None


def is_own(e164, own_numbers, city_code="3852"):
    """Is ``e164`` a number of the hotline or of the city's offices?

    Such a number says that a colleague or a forwarding exchange calls, never who: it is
    not looked up among citizens.

    :param own_numbers: numbers in any spelling; "385237*" is a whole range.
    """
    for own in own_numbers:
        prefix = own.strip().endswith("*")
        digits = re.sub(r"\D", "", own)
        if prefix and digits:
            if (last_digits(e164) or "").startswith(digits[-_NATIONAL_DIGITS:]):
                return True
        elif digits and normalise(own, city_code=city_code) == e164:
            return True
    return False


def is_mobile(e164):
    """Whether a short message can reach the number."""
    try:
        number = phonenumbers.parse(e164 or "", None)
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    return phonenumbers.number_type(number) in (
        kinds.MOBILE,
        kinds.FIXED_LINE_OR_MOBILE,
    )


def last_digits(e164, count=_NATIONAL_DIGITS):
    """Return the last ``count`` digits: what survives every national prefix."""
    digits = re.sub(r"\D", "", e164 or "")
    return digits[-count:] if len(digits) >= count else False


@lru_cache(maxsize=10_000)
def pretty(e164, city_code="3852"):
    """Return the number as people write it, or the text itself when it is no number.

    :param city_code: numbers of the city are grouped as its people say them,
        +7 3852 12-34-56; the library groups them by the region's three digits.
    """
    text = e164 or ""
    local = re.match(rf"^\+7{city_code}(\d\d)(\d\d)(\d\d)$", text)
    if local:
        return f"+7 {city_code} {local[1]}-{local[2]}-{local[3]}"
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def _strip(raw):
    text = str(raw or "").strip()
    sip = _SIP.search(text)
    text = _INNER.sub("", sip.group(1) if sip else text).strip()
    if text.lower() in UNDIALABLE or text.lower().startswith(_PSEUDO):
        return None
    plus = "+" if text.startswith("+") else ""
    digits = re.sub(r"\D", "", text)
    return plus + digits if digits else None


def _candidates(text, city_code, outside_prefixes):
    yield text
    if text.startswith("+"):
        return
    if len(text) + len(city_code) == _NATIONAL_DIGITS:
        yield city_code + text
    for prefix in sorted(outside_prefixes, key=len, reverse=True):
        if text.startswith(prefix) and len(text) - len(prefix) >= _NATIONAL_DIGITS:
            yield text[len(prefix) :]
    if len(text) > _NATIONAL_DIGITS:
        # Exchanges lose the plus of foreign numbers. Last, so that no number of the
        # own country is taken for a foreign one.
        yield "+" + text


def _parse(text, country):
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
