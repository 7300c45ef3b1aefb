# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Command ``odoo-bin gorod24_cisco``. Odoo allows no hyphen in command names."""

import argparse
import importlib
import logging
import sys

from odoo.cli import Command


class Gorod24Cisco(Command):
    """Connector between Cisco Finesse and the event door of Odoo (no database)."""

    name = "gorod24_cisco"

    def run(self, cmdargs):
        """Parse ``cmdargs``, run the connector, exit with its code."""
        self.parser.formatter_class = argparse.ArgumentDefaultsHelpFormatter
        self.parser.add_argument(
            "--connector-config", required=True, metavar="FILE", help="TOML settings"
        )
        self.parser.add_argument(
            "--log-level", default="info", choices=("debug", "info", "warning", "error")
        )
        self.parser.add_argument(
            "--check", action="store_true", help="only check the settings file"
        )
        args, rest = self.parser.parse_known_args(cmdargs)
        if rest and rest[0] not in ("-c", "--config"):
            self.parser.error(f"unknown arguments: {' '.join(rest)}")
        sys.exit(_run(args))


def _run(args):
    # Imported late: other Odoo commands need neither slixmpp nor aiohttp.
    # This file is loaded as odoo.cli.…, so a relative import would miss the addon.
    connector = "odoo.addons.gorod24_cisco.connector"
    process = importlib.import_module(f"{connector}.process")
    settings = importlib.import_module(f"{connector}.settings")
    logging.basicConfig(
        level=args.log_level.upper(),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    # slixmpp prints stanzas, and with them numbers and passwords, when debugging.
    for name in ("slixmpp", "aiohttp.access"):  # parse errors print stanzas too
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        loaded = settings.load(args.connector_config)
    except (settings.SettingsError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0 if args.check else process.main(loaded)
