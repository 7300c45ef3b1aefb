# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers of an announcement that are no houses: times, dates, phones, measures."""

import re

_MONTHS = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_UNITS = (
    r"мм|см|км|м|кв\.\s?м|кв\.м|руб\w*|тыс\w*|млн|млрд|час\w*|ч|мин\w*|сут\w*|дн\w+"
    r"|раз\w?|процент\w*|град\w*|шт|тонн\w?|кВт?|кВ|МВт|вольт|человек\w*"
    r"|абонент\w*|квартир\w*|семь\w+|жител\w+"
)
_NOISE = [
    re.compile(pattern)
    for pattern in (
        # phones
        r"(?<!\d)(?:\+7|8)[\s(-]*\d{3,5}[\s)-]*\d{1,3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)",
        r"(?<![\d-])\d{2,3}-\d{2}-\d{2}(?![\d-])",
        # 06.09.2023, 9.30, 14:00
        r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)",
        r"(?<!\d)(?:[01]?\d|2[0-4])[:.][0-5]\d(?![\d./])",
        r"(?<!\d)(?:19|20)\d\d\s*(?:г\b|год\w*)",
        # «с 9 до 18 часов»
        r"\b[сС]\s+\d{1,2}\s+до\s+\d{1,2}\s*(?:час\w*|ч\b)",
        r"(?<!\d)\d+[.,]\d+(?=\s*(?:%|[а-яА-Я]))",
        rf"(?<![\d/-])\d+(?:[.,]\d+)?(?:\s*%|\s+(?:{_UNITS})(?!\w))",
        r"\b\d+-[А-ЯЁ]{2,}",
        r"\b\d{6}\b",
    )
]
_DATE = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:\s*(?:,|и|-|–|—|по)\s*\d{{1,2}})*\s+(?:{_MONTHS})\b"
    r"(?:\s+\d{4}\b)?"
)
_STREET_BEFORE = re.compile(
    r"(?:ул|улиц\w*|пер|переул\w*|пл|площад\w*|б-р|бульвар\w*|проезд\w*|пр)\.?\s*$",
    re.IGNORECASE,
)
_HOUSE_AFTER = re.compile(r"\s*[,:–—-]?\s*(?:д\.?|дома?)?\s*\d")
_NUMBERING = re.compile(
    r"(?m)^[ \t]*(?:[№Nn]\s*)?\d{1,3}\s*(?:[.)]\s+|[-–—]\s+)(?=[^\W\d]{2})"
)


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def _is_street(text, match):
    """Whether «9 мая» is a street here: «ул. 9 мая», «8 Марта, 15»."""
    if _STREET_BEFORE.search(text[: match.start()]):
        return True
    month = match.group().split()[-1]
    return month[0].isupper() or bool(
        not re.split(r"[\n;]", text[: match.start()])[-1].strip(" -")
        and _HOUSE_AFTER.match(text, match.end())
    )


def blank_noise(text):
    """The text with spaces, as many, for numbers that name no house."""
    text = _NUMBERING.sub(_blank, text)
    for pattern in _NOISE[:4]:
        text = pattern.sub(_blank, text)
    text = _DATE.sub(
        lambda match: match.group() if _is_street(text, match) else _blank(match), text
    )
    for pattern in _NOISE[4:]:
        text = pattern.sub(_blank, text)
    return text
