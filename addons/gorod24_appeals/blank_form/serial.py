# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Number of a paper blank, with a check digit: it is typed in from paper."""

PREFIX = "Б"
DIGITS = 6


def format_serial(number):
    """Return what is printed on the blank: ``Б-000123-7``."""
    if number < 1:
        raise ValueError("blanks are numbered from one")
    return f"{PREFIX}-{number:0{DIGITS}d}-{_check_digit(number)}"


def parse_serial(text):
    """Return the number of a blank typed in any spelling, or None.

    The letter, hyphens and leading zeros may be missing; the check digit may not, for a
    slip in one digit would enter an appeal under another sheet's number.
    """
    text = text or ""
    digits = "".join(char for char in text if char.isdecimal() and char.isascii())
    rest = {char.upper() for char in text if not (char.isdecimal() or char.isspace())}
    if len(digits) < 2 or not rest <= {PREFIX, "B", "-", "–"}:
        return None
    number, check = int(digits[:-1]), int(digits[-1])
    return number if number and check == _check_digit(number) else None


def _check_digit(number):
    """Luhn: catches every wrong digit and nearly every swap of neighbours."""
    total = 0
    for position, char in enumerate(reversed(str(number))):
        value = int(char) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
