# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CDR files of several releases, made from a few named values."""

from gorod24_cisco.wire.cdr_columns import CDR

T0 = 1_768_447_200  # 2026-01-15 03:20:00 UTC
CITIZEN, LINE, FIRST, SECOND = "83852123456", "6024", "2830", "2831"
SPLIT = 393216
TEXTS = frozenset(
    name
    for name in CDR
    if any(word in name for word in ("Number", "Dn", "DN", "Name", "pkid", "Cluster"))
    or name in ("comment", "IncomingProtocolCallRef", "OutgoingProtocolCallRef")
)
counter = iter(range(1, 10**9))


def row(call=27161, start=0, answer=None, end=60, legs=(101, 102), **values):
    """Values of one row; seconds are counted from :data:`T0`."""
    number = next(counter)
    device = {FIRST: "SEPA", SECOND: "SEPB"}
    made = {
        "cdrRecordType": 1,
        "globalCallID_callManagerId": 1,
        "globalCallID_callId": call,
        "origLegCallIdentifier": legs[0],
        "destLegIdentifier": legs[1],
        "dateTimeOrigination": T0 + start,
        "dateTimeConnect": 0 if answer is None else T0 + answer,
        "dateTimeDisconnect": T0 + end,
        "duration": 0 if answer is None else end - answer,
        "callingPartyNumber": CITIZEN,
        "originalCalledPartyNumber": LINE,
        "finalCalledPartyNumber": FIRST,
        "origCause_value": 16,
        "pkid": f"00000000-0000-4000-8000-{number:012d}",
        "globalCallId_ClusterID": "Stand_Alone",
    }
    made |= values
    made.setdefault("origDeviceName", device.get(made["callingPartyNumber"], "SIP-GW"))
    called = made["finalCalledPartyNumber"]
    made.setdefault("destDeviceName", device.get(called, "CTIP_1"))
    return made


def lines(*rows, columns=CDR, quoted=True, names=True):
    """The file's lines for these rows."""
    quote = '"{}"'.format if quoted else "{}".format
    made = [",".join(quote(name) for name in columns)] if names else []
    made.append(",".join("VARCHAR(50)" if n in TEXTS else "INTEGER" for n in columns))
    for values in rows:
        cells = []
        for name in columns:
            value = values.get(name, "" if name in TEXTS else 0)
            cells.append(quote(value) if name in TEXTS else str(value))
        made.append(",".join(cells))
    return made


def transfer(blind=False):
    """Citizen → first operator → second: three rows (§6.4)."""
    by = {"origCallTerminationOnBehalfOf": 10, "destCallTerminationOnBehalfOf": 10}
    split = {"origCause_value": SPLIT, "destCause_value": SPLIT}
    original = row(27161, 0, 5, 40, (101, 102), **split, **by)
    consult = row(
        27170,
        20,
        None if blind else 25,
        40,
        (103, 104),
        callingPartyNumber=FIRST,
        originalCalledPartyNumber=SECOND,
        finalCalledPartyNumber=SECOND,
        **split,
        **by,
    )
    joined = row(
        27161,
        40,
        40,
        90,
        (101, 104),
        originalCalledPartyNumber=SECOND,
        finalCalledPartyNumber=SECOND,
        joinOnBehalfOf=10,
    )
    return original, consult, joined


def conference():
    """Three parties: six rows, three of them to one bridge."""
    original = row(300, 0, 5, 40, (1, 2), origCause_value=SPLIT)
    setup = row(
        301,
        20,
        22,
        40,
        (3, 4),
        callingPartyNumber=FIRST,
        finalCalledPartyNumber=SECOND,
        origCause_value=SPLIT,
    )
    bridge = {
        "finalCalledPartyNumber": "b00112233001",
        "destConversationId": 777,
        "joinOnBehalfOf": 4,
        "comment": "ConfControllerDn=2830;ConfControllerDeviceName=SEPA",
    }
    citizen = row(302, 40, 40, 80, (1, 11), **bridge)
    first = row(303, 40, 40, 70, (2, 12), callingPartyNumber=FIRST, **bridge)
    second = row(304, 40, 40, 80, (4, 13), callingPartyNumber=SECOND, **bridge)
    final = row(
        302,
        80,
        80,
        99,
        (1, 4),
        finalCalledPartyNumber=SECOND,
        lastRedirectDn="b00112233001",
    )
    return original, setup, citizen, first, second, final


def recording(of_leg=102, call=28000, start=5):
    """A forked stream of the telephone whose leg is ``of_leg``."""
    return row(
        call,
        start,
        start,
        60,
        (501, 502),
        callingPartyNumber="b00999",
        finalCalledPartyNumber="7777",
        lastRedirectRedirectReason=354,
        lastRedirectRedirectOnBehalfOf=27,
        origConversationId=of_leg,
    )
