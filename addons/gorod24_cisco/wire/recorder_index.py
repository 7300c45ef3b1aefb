# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Descriptions of recordings that come otherwise than as a sidecar.

A CSV index names many files at once; where there is not even that, the names of the
files tell: a regular expression with named groups reads them. Both give the dict of a
sidecar (§7.4), so the rest of the way is one.
"""

import csv
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

MAX_ROWS = 20_000
MAX_NAME = 255
GROUPS = (
    "recording_id",
    "started_at",
    "date",
    "time",
    "duration_s",
    "direction",
    "agent_extension",
    "agent_id",
    "remote_number",
    "dialog_id",
    "gcid",
    "near_refci",
    "ccid",
    "xrefci",
    "uccx_contact",
    "sip_from",
    "segment",
)
_REFS = ("dialog_id", "gcid", "near_refci", "ccid", "uccx_contact", "sip_from")
_COMPACT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[T _-]*(\d\d)[:.-]?(\d\d)[:.-]?(\d\d)?")


@dataclass(frozen=True)
class Refused:
    """A row or a name that tells nothing; ``line`` is 0 for a name."""

    line: int
    reason: str


class PatternError(ValueError):
    """The administrator's regular expression cannot be used."""


def compile_pattern(text):
    """The expression for names of files. Raises :class:`PatternError`.

    Groups must be of :data:`GROUPS`; the start must be among them.
    """
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise PatternError(f"not a regular expression: {error}") from error
    unknown = set(pattern.groupindex) - set(GROUPS)
    if unknown:
        raise PatternError(f"unknown groups: {', '.join(sorted(unknown))}")
    if not {"started_at", "date"} & set(pattern.groupindex):
        raise PatternError("a group started_at, or date and time, is needed")
    return pattern


def from_name(stem, pattern, recorder, zone="UTC"):
    """Sidecar dict read from a file's name without ending, or :class:`Refused`.

    :param zone: time zone of times that name none.
    """
    found = pattern.fullmatch(stem[:MAX_NAME])
    if not found:
        return Refused(0, "the name does not fit the pattern")
    values = {key: value for key, value in found.groupdict().items() if value}
    values.setdefault("recording_id", stem)
    return _sidecar(values, recorder, zone, 0)


def read_index(text, recorder, zone="UTC", columns=None):
    """({file name: sidecar dict}, [Refused]) of a CSV index with a line of names.

    Divided by ``,``, ``;`` or tabs. ``file`` names the sound, its folders are cut off.

    :param columns: {our name: the recorder's column} where they differ.
    """
    lines = text.lstrip("\ufeff").splitlines()[: MAX_ROWS + 1]
    if not lines:
        return {}, [Refused(1, "the index is empty")]
    divider = max(",;\t", key=lines[0].count)
    wanted = {
        (columns or {}).get(name, name).lower(): name for name in ("file", *GROUPS)
    }
    names = [name.strip().lower() for name in _cells(lines[0], divider)]
    found, refused = {}, []
    if "file" not in {wanted.get(name) for name in names}:
        return {}, [Refused(1, "no column with the name of the file")]
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = _cells(line, divider)
        values = {
            wanted[name]: cell.strip()
            for name, cell in zip(names, cells, strict=False)
            if name in wanted and cell.strip()
        }
        file = re.split(r"[\\/]", values.pop("file", ""))[-1]
        if not file or file.startswith("."):
            refused.append(Refused(number, "no name of a file"))
            continue
        values.setdefault("recording_id", file.rpartition(".")[0] or file)
        made = _sidecar(values, recorder, zone, number)
        if isinstance(made, Refused):
            refused.append(made)
        else:
            found[file] = made
    return found, refused


def _cells(line, divider):
    try:
        return next(csv.reader((line,), delimiter=divider), [])
    except csv.Error:
        return []


def _sidecar(values, recorder, zone, line):
    started = moment(
        values.get("started_at") or f"{values.get('date')} {values.get('time')}", zone
    )
    if started is None:
        return Refused(line, "the time of the start cannot be read")
    duration = seconds(values.get("duration_s", ""))
    refs = {name: values[name] for name in _REFS if name in values}
    if "xrefci" in values:
        refs["xrefci"] = re.split(r"[,| ]+", values["xrefci"])
    segment = values.get("segment", "")
    made = {
        "version": 1,
        "recorder": recorder,
        "recording_id": values["recording_id"][:128],
        "started_at": started.isoformat().replace("+00:00", "Z"),
        "duration_s": duration,
        "refs": refs,
        "segment": int(segment) if re.fullmatch("[1-9][0-9]{0,3}", segment) else 1,
    }
    for name in ("direction", "agent_extension", "agent_id", "remote_number"):
        if name in values:
            made[name] = values[name][:128]
    return made


def moment(text, zone="UTC"):
    """A recorder's time as aware UTC; None when it is none.

    ISO with or without zone, compact digits, or epoch seconds or milliseconds.
    """
    text = (text or "").strip()
    try:
        if re.fullmatch(r"[0-9]{9,10}|[0-9]{13}", text, re.ASCII):
            number = int(text) / (1000 if len(text) == 13 else 1)
            return datetime.fromtimestamp(number, UTC)
        found = _COMPACT.fullmatch(text)
        if found:
            parts = [int(part or 0) for part in found.groups()]
            return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        parsed = datetime.fromisoformat(text.replace("Z", "+00:00"))
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=ZoneInfo(zone))
        return parsed.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def seconds(text):
    """``182.4``, ``3:02`` or ``0:03:02`` as seconds; 0 when not told."""
    text = (text or "").strip().replace(",", ".")
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text, re.ASCII):
        return float(text)
    if re.fullmatch(r"([0-9]{1,3}:)?[0-9]{1,3}:[0-9]{1,2}", text, re.ASCII):
        total = 0
        for part in text.split(":"):
            total = total * 60 + int(part)
        return float(total)
    return 0.0
