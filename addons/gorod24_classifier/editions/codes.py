# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes of the national classifier: `раздел.тематика.тема.вопрос[.подвопрос]`.

Every group has exactly four digits. A higher node is written with zero groups:
`0005.0005.0056.0000` is a topic, `0005.0000.0000.0000` a section. The numbers run
over the whole level, not inside the parent: order is that of the whole path.
"""

import re
from typing import NamedTuple

_CODE = re.compile(r"\d{4}(\.\d{4}){3,4}")
_ZERO = "0000"
#: What printers and spreadsheets put in place of a digit or a full stop.
_LOOKALIKES = str.maketrans({"О": "0", "о": "0", "O": "0", "o": "0", "З": "3"})
_SEPARATORS = str.maketrans({",": ".", "‚": ".", "·": ".", "-": ".", "/": "."})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")


class ReadCode(NamedTuple):
    """A code as it should be written, or what is wrong with it.

    `error` is "" when the code is good, else one of: empty, footnote, digits, groups,
    gap, zero, format. `guess` is what was probably meant ("" when unclear), `footnote`
    the sign of the footnote that stuck to the code.
    """

    code: str
    error: str = ""
    guess: str = ""
    footnote: str = ""


def read_code(text):
    """Read one cell as a national code; never guess silently.

    A question written with a zero fifth group is the question itself:
    `0005.0005.0056.1147.0000` gives `0005.0005.0056.1147`.
    """
    text = _SPACES.sub("", text or "").rstrip(".")
    if not text:
        return ReadCode("", "empty")
    if _CODE.fullmatch(text) and text.isascii():
        return _check_zeros(text)
    return _explain(text)


def _check_zeros(text):
    groups = text.split(".")
    if len(groups) == 5 and groups[4] == _ZERO:
        groups = groups[:4]
    code = ".".join(groups)
    if groups[0] == _ZERO:
        return ReadCode("", "zero")
    filled = [group != _ZERO for group in groups]
    if sorted(filled, reverse=True) != filled:
        return ReadCode("", "gap")
    return ReadCode(code)


def _explain(text):
    """Name what is wrong with a text that is no code and guess what was meant."""
    plain = text.translate(_LOOKALIKES).translate(_SEPARATORS).strip(".")
    plain, footnote = _cut_footnote(plain)
    groups = [group for group in plain.split(".") if group]
    if not all(group.isascii() and group.isdigit() for group in groups):
        return ReadCode("", "format")
    error = "footnote" if footnote else ""
    if any(len(group) != 4 for group in groups):
        error = error or "digits"
        groups = _mend_groups(groups)
    if len(groups) not in (4, 5):
        error = error or "groups"
    guess = _fill(groups)
    return ReadCode("", error or "format", guess, footnote)


def _cut_footnote(text):
    """(text without the footnote, footnote): `01262`, `0126²`, `0126*`, `0126(2)`."""
    match = re.fullmatch(r"(.*\.\d{4})([⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*+|[\[(]\d{1,2}[\])])", text)
    if not match:
        match = re.fullmatch(r"((?:\d{4}\.){2,4}\d{4})(\d{1,2})", text)
    if match:
        sign = match[2].translate(_SUPERSCRIPTS).strip("[]()")
        return match[1], sign
    return text, ""


def _mend_groups(groups):
    """Groups of four digits: lost zeros put back, joined groups parted."""
    result = []
    for group in groups:
        if len(group) % 4 == 0:
            result += [group[i : i + 4] for i in range(0, len(group), 4)]
        elif len(group) < 4:
            result.append(group.zfill(4))
        else:
            result.append(group)  # no idea: no guess
    return result


def _fill(groups):
    """The code of these groups, or "" when no good one can be made of them."""
    if not 1 <= len(groups) <= 5 or any(len(group) != 4 for group in groups):
        return ""
    return _check_zeros(".".join(groups + [_ZERO] * (4 - len(groups)))).code


def depth(code):
    """Number of filled groups: 1 section … 4 question, 5 sub-question."""
    return sum(group != _ZERO for group in code.split("."))


def own_number(code):
    """Number of the node at its level: the last filled group."""
    return int(code.split(".")[depth(code) - 1])


def parent_code(code):
    """Code of the node above, "" for a section."""
    groups = code.split(".")
    level = depth(code)
    if level == 1:
        return ""
    if level == 5:
        return ".".join(groups[:4])
    groups[level - 1] = _ZERO
    return ".".join(groups)


def path_codes(code):
    """Codes from the section down to this node, this one included."""
    path = []
    while code:
        path.append(code)
        code = parent_code(code)
    return path[::-1]


def sort_key(code):
    """Order of the official list: by the path of the parents, then by number."""
    return tuple(int(group) for group in code.split("."))
