# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./gorod24 bench cdr: how many CDR rows a second one core reads, groups and tells."""

import argparse
import importlib
import sys
import time
import types
from pathlib import Path

ADDON = Path(__file__).resolve().parents[1] / "addons" / "gorod24_cisco"
WIDTHS = (118, 129, 133)
T0 = 1_768_447_200


def wire(name):
    """A module of the addon's plain package, without Odoo."""
    package = types.ModuleType("gorod24_cisco")
    package.__path__ = [str(ADDON)]
    sys.modules.setdefault("gorod24_cisco", package)
    return importlib.import_module(f"gorod24_cisco.wire.{name}")


def day(count, columns, quoted):
    """Lines of a file with ``count`` plain calls, one each two seconds."""
    quote = '"{}"'.format if quoted else "{}".format
    yield ",".join(quote(name) for name in columns)
    yield ",".join("INTEGER" for _name in columns)
    words = {"callingPartyNumber": "83852{:06d}", "finalCalledPartyNumber": "2830"}
    words |= {"pkid": "0e5-{}", "globalCallId_ClusterID": "StandAloneCluster"}
    for number in range(count):
        start = T0 + 2 * number
        values = {
            "cdrRecordType": 1,
            "globalCallID_callManagerId": 1,
            "globalCallID_callId": number + 1,
            "origLegCallIdentifier": 2 * number + 1,
            "destLegIdentifier": 2 * number + 2,
            "dateTimeOrigination": start,
            "dateTimeConnect": start + 9,
            "dateTimeDisconnect": start + 200,
        }
        values |= {key: quote(text.format(number)) for key, text in words.items()}
        yield ",".join(str(values.get(name, 0)) for name in columns)


def measure(count, columns, quoted):
    """(rows/s of reading, rows/s of reading, grouping and telling)."""
    cdr, calls = wire("cdr"), wire("cdr_calls")
    lines = list(day(count, columns, quoted))
    site = calls.Site(extensions=("2830",))
    began = time.process_time()
    rows = [row for row in cdr.read_rows(lines) if isinstance(row, cdr.CdrRow)]
    read = time.process_time()
    told = sum(len(calls.events(call, site)) for call in calls.group(rows))
    done = time.process_time()
    if len(rows) != count or told != count:
        raise SystemExit(f"прочитано {len(rows)}, событий {told} из {count}")
    return count / (read - began), count / (done - began)


def main(argv):
    """Entry point; returns the exit code: 1 when slower than asked for."""
    parser = argparse.ArgumentParser(prog="./gorod24 bench cdr", description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000, help="строк в файле")
    parser.add_argument(
        "--least", type=int, default=10_000, help="не медленнее, стр./с"
    )
    options = parser.parse_args(argv)
    columns = wire("cdr_columns").CDR
    slowest = None
    print("| столбцов | кавычки | чтение, строк/с | чтение и сборка звонков, строк/с |")
    print("|---:|---|---:|---:|")
    for width in WIDTHS:
        for quoted in (True, False):
            read, whole = measure(options.rows, columns[:width], quoted)
            slowest = min(slowest or whole, whole)
            mark = "да" if quoted else "нет"
            print(
                f"| {width} | {mark} | {read:,.0f} | {whole:,.0f} |".replace(",", " ")
            )
    return 0 if slowest >= options.least else 1
