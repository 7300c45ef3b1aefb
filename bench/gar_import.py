# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""python -m bench.gar_import: an archive of the register into an empty directory.

Each run has a fresh copy of the database and its own process, whose peak memory is
told with and without what Odoo itself takes.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from odoo.sql_db import close_db, db_connect
from odoo.tools import config

from tools.gar_generator import Region, Size, write_full

from . import base, cli

SIDE = base.Side(
    "gar", 0, ("gorod24_address",), "gorod24_address.group_address_curator"
)
COPY = f"{base.PREFIX}_gar_run"


def main(argv):
    """Entry point; returns the exit code."""
    arguments = _parser().parse_args(argv)
    options = base.Options(arguments.config, arguments.addons_path)
    base.start_odoo(options)
    if not base.exists(SIDE.database):
        base.install(options, SIDE, install=SIDE.modules)
        base.remember(SIDE, base.SOURCES_KEY, base.sources(SIDE))
    else:
        base.renew(options, SIDE)
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.archive or _generate(arguments, Path(folder))
        found = []
        for _run in range(arguments.runs):
            _copy()
            found.append(cli.apart(measure, options, str(path)))
            print(f"  {found[-1]}", flush=True)
    base.drop(COPY)
    print("\n".join(table(found)))
    print(f"\n  медиана {len(found)} прогонов; {cli._machine()}")
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m bench.gar_import", description="Скорость и память загрузки ГАР."
    )
    parser.add_argument("--houses", type=int, default=100_000, help="домов в архиве")
    parser.add_argument("--streets", type=int, default=0, help="улиц; 0 — по домам")
    parser.add_argument("--runs", type=int, default=3, help="прогонов")
    parser.add_argument("--archive", type=Path, help="готовый архив вместо выдуманного")
    parser.add_argument("--config", default=os.environ.get("GOROD24_ODOO_CONFIG"))
    parser.add_argument(
        "--addons-path", default=os.environ.get("GOROD24_ADDONS_PATH", "")
    )
    return parser


def _generate(arguments, folder):
    path = folder / "gar_xml.zip"
    streets = arguments.streets or max(20, arguments.houses // 66)
    print(f"  Архив: {arguments.houses} домов, {streets} улиц …", flush=True)
    write_full(Region(Size(houses=arguments.houses, streets=streets)), path)
    return path


def _copy():
    """A fresh copy of the prepared database."""
    base.drop(COPY)
    close_db(SIDE.database)
    with db_connect("postgres").cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute(f'CREATE DATABASE "{COPY}" TEMPLATE "{SIDE.database}"')


def measure(options, path):
    """Two imports of one archive in this process: the first fills, the second not.

    :return: {what: value}
    """
    base.start_odoo(options)
    found = {}
    with base.environment(_Copy) as env:
        config.options["gorod24_gar_folder"] = os.path.dirname(path)
        env["gorod24.address"].search([], limit=1)
        found["base_mb"] = _memory()
        for name in ("first", "second"):
            begun = time.monotonic()
            job = _import(env, os.path.basename(path))
            found[f"{name}_s"] = round(time.monotonic() - begun, 2)
            found[f"{name}_changes"] = job.change_count
        found["peak_mb"] = _memory()
        found["objects"] = job.house_unchanged + job.address_unchanged
    return found


class _Copy:
    """What `base.environment` needs to know of the copy."""

    database = COPY


def _import(env, name):
    job = env["gorod24.gar.import"].create({"source": "server", "server_file": name})
    job.action_read()
    job.action_start()
    job._process(seconds=86_400)
    if job.state != "done":
        raise base.Failure(job.message or job.state)
    return job


def _memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def table(found):
    """Lines of the table in Markdown."""
    middle = {key: statistics.median(run[key] for run in found) for key in found[0]}
    speed = middle["objects"] / middle["first_s"]
    return [
        "| объектов | загрузка, с | объектов/с | повторно, с | память: пик"
        " / сам Odoo, МБ |",
        "|---:|---:|---:|---:|---:|",
        f"| {middle['objects']:.0f} | {middle['first_s']:.1f} | {speed:.0f}"
        f" | {middle['second_s']:.1f}"
        f" | {middle['peak_mb']:.0f} / {middle['base_mb']:.0f} |",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
