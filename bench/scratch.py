# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the measurements on a scratch database of their own have in common."""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from . import base


def run(argv, parser, prepare, table):
    """Measure on a database filled before; returns the exit code.

    :param parser: of :func:`get_parser`, with the arguments of this measurement
    :param prepare: ``arguments`` → ``(side, key, fill)``: see :func:`_make_ready`
    :param table: ``(options, side, runs)`` → lines to print
    """
    arguments = parser.parse_args(argv)
    if not arguments.config:
        print("Где настройки Odoo? Назовите --config.")
        return 2
    options = base.Options(arguments.config, arguments.addons_path)
    base.start_odoo(options)
    side, key, fill = prepare(arguments)
    _make_ready(options, side, key, fill)
    print("\n".join(table(options, side, arguments.runs)))
    if arguments.drop:
        base.drop(side.database)
    return 0


def get_parser(prog, description, runs, runs_help):
    """Arguments every such measurement takes."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("--runs", type=int, default=runs, help=runs_help)
    parser.add_argument("--drop", action="store_true", help="удалить базу в конце")
    parser.add_argument("--config", default=os.environ.get("GOROD24_ODOO_CONFIG"))
    parser.add_argument(
        "--addons-path", default=os.environ.get("GOROD24_ADDONS_PATH", "")
    )
    return parser


def apart(function, *args):
    """Result of a function called in a new process, as a new worker of Odoo is."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args).result()


def _make_ready(options, side, key, fill):
    """Renew the database that holds ``side.rows`` by its setting ``key``, or make it.

    :param fill: ``(options, side)``, called in a process of its own
    """
    if base.parameter(side, key) == str(side.rows):
        base.renew(options, side)
        return
    base.drop(side.database)
    base.install(options, side, install=side.modules)
    apart(fill, options, side)
    base.remember(side, key, side.rows)
    base.remember(side, base.SOURCES_KEY, base.sources(side))
