# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From CDR rows to calls as the citizen lived them (§6.4 of the protocol sheet).

Rows of one conversation share a global call id, a leg, or a conference. Rows of
recordings, monitoring and greetings are no talk of people: they only point at a call.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from . import cdr_values, ids
from .xmlread import stamp

# Call ids are used again; rows farther apart than this are different calls.
APART = 4 * 3600
MAX_TEXT = 200
PHONE = re.compile(r"(SEP|CSF|BOT|TCT|TAB|CIPC|ATA|VGC|AN[0-9A-F])", re.IGNORECASE)
_BRIDGE = re.compile(r"b0\d+|bib", re.IGNORECASE)


@dataclass
class CdrCall:
    """Rows of one conversation, in the order of time, and those that point at it."""

    rows: list
    aside: list = field(default_factory=list)


class _Groups:
    """Union of rows over common names that lie near each other in time."""

    def __init__(self, rows):
        self.rows = rows
        self.parent = list(range(len(rows)))

    def root(self, index):
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, one, other):
        one, other = self.root(one), self.root(other)
        self.parent[max(one, other)] = min(one, other)

    def gather(self):
        """Lists of rows, each in the order of time."""
        found = defaultdict(list)
        for index, row in enumerate(self.rows):
            found[self.root(index)].append(row)
        return list(found.values())


def names_of(row):
    """Names by which a row belongs to a conversation."""
    found = [("gcid", row.cluster, row.node, row.call_id)]
    found += [("leg", row.cluster, leg) for leg in {row.orig_leg, row.dest_leg} if leg]
    if row.dest_conversation:
        found.append(("conference", row.cluster, row.dest_conversation))
    return found


def group(rows):
    """Rows of any order and repetition as a list of :class:`CdrCall`."""
    rows = list({row.key: row for row in rows}.values())
    rows.sort(key=lambda row: (row.originated, row.connected, row.key))
    talks = _Groups([row for row in rows if not row.is_aside])
    last = {}
    for index, row in enumerate(talks.rows):
        for name in names_of(row):
            before = last.get(name)
            if before is not None:
                ended = max(before[1], talks.rows[before[0]].originated)
                if row.originated - ended <= APART:
                    talks.join(before[0], index)
            until = max(row.disconnected, before[1] if before else 0)
            last[name] = (index, until)
    calls = [CdrCall(found) for found in talks.gather()]
    _hang_on(calls, [row for row in rows if row.is_aside])
    return calls


def _hang_on(calls, aside):
    """Give each recording row to the call that owns the leg it points at."""
    owners = defaultdict(list)
    for call in calls:
        for row in call.rows:
            for leg in {row.orig_leg, row.dest_leg}:
                owners[(row.cluster, leg)].append((row, call))
    for row in aside:
        for leg in (row.orig_conversation, row.dest_conversation):
            for owner, call in owners.get((row.cluster, leg), ()):
                near = owner.originated - APART <= row.originated
                if leg and near and row.originated <= owner.disconnected + APART:
                    if row not in call.aside:
                        call.aside.append(row)


class Site:
    """What is known of the numbers of one exchange.

    :param extensions: the operators' extensions.
    :param lines: numbers of the hotline: route points, pilots; ``77*`` is a series.
    :param inner: regular expression of internal numbers.
    :param dialog_ids: Finesse dialog ids are JTAPI ids here (calibrated, see docs).
    """

    def __init__(
        self, extensions=(), inner=r"\d{2,5}", dialog_ids=True, name="cucm", lines=()
    ):
        self.extensions = frozenset(extensions)
        starts = [line[:-1] for line in lines if line.endswith("*")]
        self.lines = frozenset(line for line in lines if not line.endswith("*"))
        self.series = tuple(starts)
        self.inner = re.compile(inner)
        self.dialog_ids = dialog_ids
        self.name = name

    def is_ours(self, number):
        """A number of the hotline or of one of its operators."""
        if not number:
            return False
        known = number in self.extensions or number in self.lines
        return known or number.startswith(self.series)

    def is_outside(self, number):
        """A number of the city: neither internal, nor a bridge, nor hidden."""
        return bool(number) and not (
            self.inner.fullmatch(number) or _BRIDGE.fullmatch(number)
        )

    def is_desk(self, number, device):
        """A telephone of people: an operator's extension, or a telephone by name."""
        if not number or _BRIDGE.fullmatch(number) or self.is_outside(number):
            return False
        return number in self.extensions or bool(PHONE.match(device or ""))

    def desk(self, row):
        """The extension whose talk with the citizen the row is; None for none."""
        if self.is_outside(row.calling) or not row.calling:
            if self.is_desk(row.final_called, row.dest_device):
                return row.final_called
        elif self.is_desk(row.calling, row.orig_device):
            called = row.final_called
            # "b00…" is a conference bridge: the citizen is in it, too.
            if self.is_outside(called) or _BRIDGE.fullmatch(called or ""):
                return row.calling
        return None


def _outsider(call, site):
    """(number, direction) of the citizen; None for a talk of colleagues.

    A caller who hides his number comes through a trunk: his side is no telephone of
    ours and no internal number.
    """
    for row in call.rows:
        caller, called = row.calling, row.final_called or row.original_called
        bridge = _BRIDGE.fullmatch(caller)
        if site.is_outside(caller):
            return caller, "in"
        if site.is_outside(called):
            return called, "out"
        if not bridge and not caller and not PHONE.match(row.orig_device or ""):
            return "", "in"
    return None


def events(call, site):
    """Neutral events ``call.record``, one for each row that a citizen had a part in.

    Their ids are the rows' own, so the same row, read again or grouped anew when a late
    row comes, says nothing twice. Talks of colleagues give no events, nor do calls
    of the rest of the exchange, which touch neither the hotline nor an operator.
    """
    who = _outsider(call, site)
    if who is None or not any(_touches(row, site) for row in call.rows):
        return []
    remote, direction = who
    dialed = call.rows[0].original_called if direction == "in" else ""
    queue = next((row.hunt_pilot for row in call.rows if row.hunt_pilot), "")
    told = []
    for row in call.rows:
        desk = site.desk(row)
        if desk is None and _is_consult(row, site):
            continue
        told.append(
            _event(row, site, desk or "")
            | {
                "direction": direction,
                "remote_number": remote[:MAX_TEXT],
                "dialed_number": dialed[:MAX_TEXT],
                "queue": queue[:MAX_TEXT],
            }
        )
    return told


def _touches(row, site):
    """Did the row come by the hotline, or was an operator in it?"""
    numbers = (row.calling, row.original_called, row.final_called, row.last_redirect)
    return any(site.is_ours(number) for number in (*numbers, row.hunt_pilot))


def _is_consult(row, site):
    """Both ends are ours: a consult call, or the set-up of a conference."""
    ends = (row.calling, row.final_called)
    return all(ends) and not any(site.is_outside(end) for end in ends)


def _event(row, site, extension):
    by = (row.orig_ended_by, row.dest_ended_by)
    passed = cdr_values.SPLIT in (row.orig_cause, row.dest_cause) or (
        cdr_values.TRANSFER in by
    )
    reason = cdr_values.end_reason(
        row.orig_cause, row.dest_cause, bool(row.connected), passed
    )
    end = max(row.disconnected, row.connected, row.originated)
    event = {
        "event_id": f"{site.name}|cdr|{row.key}"[:128],
        "source": f"{site.name}:{row.cluster}"[:64],
        "type": "call.record",
        "at": stamp(cdr_values.moment(end)),
        "started_at": stamp(cdr_values.moment(row.originated)),
        "refs": refs(row, site),
        "agent": {"extension": extension[:MAX_TEXT]},
        "end_reason": reason,
    }
    # An answer by a machine (queue, menu) is no answer of an operator.
    if row.connected and extension:
        connected = min(max(row.connected, row.originated), end)
        event["answered_at"] = stamp(cdr_values.moment(connected))
    return event


def refs(row, site):
    """Names by which recorders and other sources may know the row's call."""
    system = f"{site.name}:{row.cluster}"[:64]
    pairs = [("gcid", row.gcid)]
    pairs += [("refci", str(leg)) for leg in (row.orig_leg, row.dest_leg) if leg]
    if row.dest_conversation:
        pairs.append(("conference", str(row.dest_conversation)))
    for protocol, text in (
        (row.in_protocol, row.in_call_ref),
        (row.out_protocol, row.out_call_ref),
    ):
        known = ids.read_call_ref(protocol, text)
        if known:  # what Q.931 puts there may hold a number of a person
            pairs.append(("call_ref", text.strip().lower()))
        if known and known.ccid:
            pairs.append(("ccid", known.ccid))
    found = [
        {"system": system, "kind": kind, "value": value}
        for kind, value in dict.fromkeys(pairs)
    ]
    if site.dialog_ids:
        number = str(ids.jtapi_id(row.node, row.call_id))
        found.append({"system": "finesse", "kind": "dialog", "value": number})
    return found
