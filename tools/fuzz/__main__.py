# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""python -m tools.fuzz READER [options of libFuzzer]: any exception is a fault.

Needs atheris, which is no dependency of the project. Readers: see ``READERS``.
"""

import datetime
import importlib
import json
import sys
import tempfile
import types
from pathlib import Path

ADDON = Path(__file__).resolve().parents[2] / "addons" / "gorod24_cisco"
NOW = datetime.datetime(2026, 1, 15, 3, 20, tzinfo=datetime.UTC)
COLUMNS = "cdrRecordType,globalCallID_callManagerId,globalCallID_callId"
PARTY = (
    "<Participant><mediaAddress>2830</mediaAddress><state>ALERTING</state>"
    "<stateChangeTime>2026-01-15T03:20:01.500Z</stateChangeTime></Participant>"
)
DIALOG = (
    "<Update><data><dialogs><Dialog><id>16804377</id><mediaType>Voice</mediaType>"
    "<fromAddress>83852123456</fromAddress><state>ALERTING</state><participants>"
    f"{PARTY}</participants></Dialog></dialogs></data><event>POST</event></Update>"
)
SIDECAR = {
    "version": 1,
    "recorder": "r",
    "recording_id": "R-1",
    "started_at": "2026-01-15T03:20:04Z",
    "duration_s": 2.5,
    "refs": {"dialog_id": "16804377", "gcid": "1/27161", "xrefci": ["1"]},
}
SESSION = {
    "eventType": "SESSION_EVENT",
    "eventAction": "ENDED",
    "eventBody": {
        "sessionId": "1",
        "sessionStartDate": 1768450800000,
        "sessionState": "CLOSED_NORMAL",
        "sessionDuration": 5,
        "tracks": [{"participants": [{"deviceRef": "2830", "xRefCi": "1"}]}],
        "urls": [{"wavUrl": "https://x/y"}],
    },
}


def _wire(name):
    return importlib.import_module(f"gorod24_cisco.wire.{name}")


def finesse(text):
    """A notification, and the operator's telephone that believes it."""
    told = []
    update = _wire("finesse").read_payload(text)
    tracker = _wire("tracker").DialogTracker("6021", "2830")
    for event in ("POST", "PUT", "DELETE"):
        for dialog in getattr(update, "dialogs", ()):
            told += tracker.dialog(event, dialog, NOW)
    if getattr(update, "user", None) is not None:
        told += tracker.user(update.user, NOW)
    json.dumps([told, tracker.as_json()])
    for reader in ("read_error_body", "read_user", "read_dialogs", "read_system"):
        try:
            getattr(_wire("finesse"), reader)(text)
        except _wire("xmlread").Unreadable:
            continue  # answers to our own questions say so


def cdr(text):
    """A file of the exchange's journal, its calls and their events."""
    calls = _wire("cdr_calls")
    rows = [
        row
        for row in _wire("cdr").read_rows(text.split("\n"))
        if isinstance(row, _wire("cdr").CdrRow)
    ]
    site = calls.Site({"2830"}, r"\d{2,5}", True)
    for call in calls.group(rows):
        json.dumps(calls.events(call, site))
    for row in rows:
        json.dumps([row.key, row.addresses])
    _wire("cdr").parse_name(text)


def mediasense(text):
    """An answer or an event of MediaSense, and its description of a recording."""
    reader = _wire("mediasense")
    reader.read_answer(text)
    reader.read_event(text)
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return
    for session in [reader.session_in(body), *reader.sessions_in(body)]:
        if not isinstance(session, reader.Session):
            continue
        described = reader.sidecar(session, "m", {"2830"})
        if not isinstance(described, reader.Refused):
            json.dumps(described)


def siprec(text):
    """A From header of an INVITE to the recorder, in a sidecar, too."""
    reader = _wire("siprec")
    reader.read_from(text)
    json.dumps(reader.fill({"refs": {"sip_from": text}}))


def sidecar(text):
    """A description beside a sound file, and its clock put right."""
    reader = _wire("sidecar")
    try:
        data = reader.read(text.encode("utf-8", "surrogatepass"))
    except reader.SidecarError:
        return
    clocks = importlib.import_module("gorod24_cisco.connector.clocks")
    made = clocks.Clocks(Path("/nonexistent/clocks.json"))
    json.dumps(made.correct(data))


def recorder_index(text):
    """An index of a recorder, and a name of a file by a pattern."""
    reader = _wire("recorder_index")
    json.dumps(reader.read_index(text, "r", "Asia/Barnaul")[0])
    pattern = reader.compile_pattern(
        r"(?P<date>\d{8})_(?P<time>\d{6})_(?P<agent_extension>\d+)_(?P<remote_number>.*)"
    )
    reader.from_name(text, pattern, "r", "Asia/Barnaul")


def workflow(text):
    """A request of a Finesse workflow."""
    names = ("trigger", "dialog", "agent", "extension", "number", "queue", "direction")
    values = dict(zip(names, text.split("&"), strict=False))
    made = _wire("workflow").event(values, NOW)
    if isinstance(made, dict):
        json.dumps(made)


READERS = {
    finesse: [DIALOG, f"<apiErrors><apiError/></apiErrors>{PARTY}"],
    cdr: [f"{COLUMNS}\nINTEGER,INTEGER,INTEGER\n1,1,27161\n2,1,1", "cdr_a_01_2_3"],
    mediasense: [json.dumps(SESSION)],
    siprec: ["<sip:a@b;x-nearend;x-refci=1;x-nearenddevice=SEP1>;tag=1"],
    sidecar: [json.dumps(SIDECAR)],
    recorder_index: [
        "file;date;time;duration_s;agent_extension\na.wav;2026-01-15;03:20:04;2;2830",
        "20260115_032004_2830_83852123456",
    ],
    workflow: ["arrives&16804377&6021&2830&83852123456&Hotline&in"],
}


def _prepare(atheris):
    """The plain packages without Odoo, instrumented."""
    package = types.ModuleType("gorod24_cisco")
    package.__path__ = [str(ADDON)]
    sys.modules["gorod24_cisco"] = package
    with atheris.instrument_imports():
        for path in sorted((ADDON / "wire").glob("*.py")):
            _wire(path.stem)
        importlib.import_module("gorod24_cisco.connector.clocks")


def main(argv):
    by_name = {reader.__name__: reader for reader in READERS}
    if len(argv) < 2 or argv[1] not in by_name:
        print("Читатели: " + ", ".join(by_name), file=sys.stderr)
        return 2
    try:
        import atheris
    except ImportError:
        print("Нет atheris: pip install atheris", file=sys.stderr)
        return 2
    reader = by_name[argv[1]]
    _prepare(atheris)
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{argv[1]}-"))
    for number, text in enumerate(READERS[reader]):
        (corpus / str(number)).write_text(text, encoding="utf-8")
    options = [argv[0], *argv[2:], str(corpus)]
    atheris.Setup(options, lambda data: reader(data.decode("utf-8", "replace")))
    return atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
