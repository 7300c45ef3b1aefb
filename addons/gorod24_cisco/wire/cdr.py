# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CDR and CMR files of CUCM: rows read by column name.

Files of 118, 129 and 133 columns exist, quoted and not, some without the line of names.
Unknown columns are left alone, missing ones are empty. Nothing here raises on bad
input: what cannot be read is a :class:`Rejected` with its line and a reason that holds
no personal data.
"""

import csv
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter

from . import cdr_values, ids
from .cdr_columns import CDR

MAX_LINE = 64 * 1024
EARLIEST = 946_684_800  # the year 2000
# No call lasts longer, and no clock of an exchange is further ahead of ours. Times of
# damaged rows (the year 2106) would stop Odoo and make us forget every call.
DAY = 86_400
_TYPE = re.compile(r"(INTEGER|VARCHAR\s*\(\d+\)|UNIQUEIDENTIFIER)", re.IGNORECASE)
_NAME = re.compile(r"(cdr|cmr)_(.+)_(\d{1,4})_(\d{12})_(\d+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that cannot be used. ``line`` counts from 1."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class CdrRow:
    """What we use of one CDR row. Times are epoch seconds UTC, 0: never."""

    node: int
    call_id: int
    orig_leg: int
    dest_leg: int
    originated: int
    connected: int
    disconnected: int
    duration: int
    orig_cause: int
    dest_cause: int
    orig_ended_by: int
    dest_ended_by: int
    orig_redirected_by: int
    last_redirected_by: int
    orig_redirect_reason: int
    last_redirect_reason: int
    joined_by: int
    orig_conversation: int
    dest_conversation: int
    orig_ip: int
    dest_ip: int
    in_protocol: int
    out_protocol: int
    queued: int
    queue_wait: int
    calling: str
    original_called: str
    final_called: str
    last_redirect: str
    pkid: str
    cluster: str
    orig_device: str
    dest_device: str
    comment: str
    hunt_pilot: str
    in_call_ref: str
    out_call_ref: str
    orig_address: str
    dest_address: str

    @property
    def key(self):
        """Name of the row for ever: its pkid, or its facts when it has none."""
        if 0 < len(self.pkid) <= 64:
            return self.pkid.lower()
        facts = (self.cluster, self.node, self.call_id, self.orig_leg, self.dest_leg)
        return "|".join(map(str, (*facts, self.originated, self.disconnected)))

    @property
    def gcid(self):
        return ids.gcid(self.node, self.call_id)

    @property
    def is_aside(self):
        """Recording, monitoring or greeting: no talk of people, only a pointer."""
        whom = (self.orig_redirected_by, self.last_redirected_by, self.joined_by)
        why = (self.orig_redirect_reason, self.last_redirect_reason)
        return bool(
            cdr_values.ASIDE.intersection(whom)
            or cdr_values.ASIDE_REASONS.intersection(why)
        )

    @property
    def addresses(self):
        """(origin, destination) IP addresses, by the text columns if there are any."""
        return (
            self.orig_address or cdr_values.ipv4(self.orig_ip),
            self.dest_address or cdr_values.ipv4(self.dest_ip),
        )


@dataclass(frozen=True, slots=True)
class CmrRow:
    """Quality of one leg, as its telephone saw it. jitter, latency: milliseconds."""

    node: int
    call_id: int
    leg: int
    stamped: int
    sent: int
    received: int
    lost: int
    jitter: int
    latency: int
    duration: int
    number: str
    pkid: str
    cluster: str
    device: str
    metrics: str

    @property
    def key(self):
        """Name of the row for ever: its pkid, or its facts when it has none."""
        if 0 < len(self.pkid) <= 64:
            return self.pkid.lower()
        facts = (self.cluster, self.node, self.call_id, self.leg, self.stamped)
        return "|".join(map(str, facts))

    def measures(self):
        """``varVQMetrics`` as a dict; parts are divided by ``;`` or ``,``."""
        parts = re.split(r"[;,]", self.metrics)
        pairs = (part.partition("=") for part in parts if "=" in part)
        return {name.strip(): value.strip() for name, _eq, value in pairs}


# Columns in the order of the fields above; alternatives divided by "/".
_CDR_NUMBERS = """globalCallID_callManagerId globalCallID_callId origLegCallIdentifier
destLegIdentifier/destLegCallIdentifier dateTimeOrigination dateTimeConnect
dateTimeDisconnect duration origCause_value destCause_value
origCallTerminationOnBehalfOf destCallTerminationOnBehalfOf
origCalledPartyRedirectOnBehalfOf lastRedirectRedirectOnBehalfOf
origCalledPartyRedirectReason lastRedirectRedirectReason joinOnBehalfOf
origConversationId destConversationId origIpAddr destIpAddr IncomingProtocolID
OutgoingProtocolID wasCallQueued totalWaitTimeInQueue""".lower().split()
_CDR_TEXTS = """callingPartyNumber originalCalledPartyNumber finalCalledPartyNumber
lastRedirectDn pkid globalCallId_ClusterID origDeviceName destDeviceName comment
huntPilotDN IncomingProtocolCallRef OutgoingProtocolCallRef origIpv4v6Addr
destIpv4v6Addr""".lower().split()
_CMR_NUMBERS = """globalCallID_callManagerId globalCallID_callId callIdentifier
dateTimeStamp numberPacketsSent numberPacketsReceived numberPacketsLost jitter latency
duration""".lower().split()
_CMR_TEXTS = """directoryNum pkid globalCallId_ClusterID deviceName
varVQMetrics""".lower().split()
# What a row must have to be a row at all.
_CDR_NEEDS = ("globalcallid_callid", "datetimeorigination", "datetimedisconnect")
_CMR_NEEDS = ("globalcallid_callid", "callidentifier")


class Reader:
    """Reads the lines of one file, in order.

    :param now: epoch seconds of the present; a row of the future is refused.
    """

    def __init__(self, now=None):
        self.plan = None
        self.number = 0
        self.latest = (time.time() if now is None else now) + DAY

    def take(self, line):
        """One line (text without its end) as a row, a rejection, or None.

        None stands for the lines of names and types, and for empty ones.
        """
        self.number += 1
        line = line.lstrip("\ufeff").replace("\x00", "").strip("\r\n ")
        if not line:
            return None
        if len(line) > MAX_LINE:
            return Rejected(self.number, "the line is too long")
        try:
            fields = next(csv.reader((line,)))
        except (csv.Error, StopIteration) as error:
            return Rejected(self.number, f"not CSV: {type(error).__name__}")
        if self._is_layout(fields):
            return None
        if self.plan is None:
            return Rejected(self.number, "no line of column names before the data")
        return self._row(fields)

    def _is_layout(self, fields):
        """Take in a line of names; a line of types stands for the usual names."""
        first = fields[0].strip().lower()
        if first == "cdrrecordtype":
            self.plan = _Plan([name.strip().lower() for name in fields])
            return True
        if _TYPE.fullmatch(first):
            if self.plan is None:
                self.plan = _Plan([name.lower() for name in CDR[: len(fields)]])
            return True
        return False

    def _row(self, fields):
        try:
            return self.plan.row(fields, self.latest)
        except _BadValue as error:
            return Rejected(self.number, str(error))


class _BadValue(ValueError):
    pass


class _Plan:
    """Where the wanted columns of one layout stand."""

    def __init__(self, names):
        self.at = {}
        for index, name in enumerate(names):
            self.at.setdefault(name, index)
        self.width = len(names)
        self.kind = self.at.get("cdrrecordtype", 0)
        is_cmr = "callidentifier" in self.at and "origlegcallidentifier" not in self.at
        self.cls, needs = (CmrRow, _CMR_NEEDS) if is_cmr else (CdrRow, _CDR_NEEDS)
        numbers = _CMR_NUMBERS if is_cmr else _CDR_NUMBERS
        texts = _CMR_TEXTS if is_cmr else _CDR_TEXTS
        self.type = "2" if is_cmr else "1"
        self.names = numbers
        self.needs = tuple(numbers.index(name) for name in needs)
        times = [name for name in numbers if name.startswith("datetime")]
        self.times = tuple(map(numbers.index, times))
        self.numbers = itemgetter(*(self._place(name) for name in numbers))
        self.texts = itemgetter(*(self._place(name) for name in texts))

    def _place(self, name):
        """Index of a column, the added empty one when the file has none."""
        for one in name.split("/"):
            if one in self.at:
                return self.at[one]
        return self.width

    def row(self, fields, latest):
        """The fields as a row. Raises :class:`_BadValue`.

        A row with too few fields is one whose upload was cut: what is missing would be
        read as "never answered".
        """
        # Empty ones are commas too many, no harm.
        if any(fields[self.width :]) or len(fields) < self.width:
            raise _BadValue(f"{len(fields)} fields for {self.width} columns")
        if "".join(fields[self.kind : self.kind + 1]).strip() != self.type:
            raise _BadValue("not a finished call's record type")
        fields = fields[: self.width]
        fields.append("")
        texts = self.numbers(fields)
        numbers = [
            int(text)
            if len(text) < 20 and text.isascii() and text.isdigit()
            else self._odd(place, text)
            for place, text in enumerate(texts)
        ]
        for place in self.needs:
            if not texts[place].strip() or not numbers[place]:
                raise _BadValue(f"{self.names[place]}: empty")
        for place in self.times:
            if numbers[place] and not EARLIEST <= numbers[place] <= latest:
                raise _BadValue(f"{self.names[place]}: not a time of a call")
        times = [numbers[place] for place in self.times if numbers[place]]
        if times and max(times) - min(times) > DAY:
            raise _BadValue("longer than a day")
        return self.cls(*numbers, *map(str.strip, self.texts(fields)))

    def _odd(self, place, text):
        """A number that is not plain digits: empty, signed, padded or nonsense."""
        text = text.strip()
        if not text:
            return 0
        if re.fullmatch(r"-?[0-9]{1,20}", text, re.ASCII):
            return int(text)
        raise _BadValue(f"{self.names[place]}: not a number")


def read_rows(lines, now=None):
    """Rows and rejections of an iterable of text lines; layout lines are left out."""
    reader = Reader(now)
    for line in lines:
        found = reader.take(line)
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class FileName:
    """What the name of a file tells; ``written`` is aware UTC."""

    tag: str
    cluster: str
    node: int
    written: datetime
    sequence: int


def parse_name(name):
    """A file's name as :class:`FileName`; :class:`Rejected` (line 0) for others.

    ``cdr_StandAloneCluster_01_202601150320_412``: the cluster may hold ``_`` and ``-``,
    so the name is read from both ends.
    """
    found = _NAME.fullmatch(str(name or ""))
    if not found:
        return Rejected(0, "not the name of a CDR or CMR file")
    tag, cluster, node, written, sequence = found.groups()
    try:
        moment = datetime.strptime(written, "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        return Rejected(0, "the name holds no time")
    return FileName(tag, cluster, int(node), moment, int(sequence[:18]))
