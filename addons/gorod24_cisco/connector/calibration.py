# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the calibration call found out about this exchange, kept beside the spool.

It is stronger than the settings file: the setup of Odoo tells it to the running
process, and a restart with the old file must not forget it.
"""

import logging

from .spool import read_json, write_atomic

_logger = logging.getLogger(__name__)


class Calibration:
    """Do Finesse dialog ids follow from the journal's call ids (JTAPI formula)?"""

    def __init__(self, settings):
        self.path = settings.spool / "calibration.json"
        self.dialog_ids = settings.cdr_dialog_ids
        self.is_measured = False
        self._site = None
        known = read_json(self.path, {})
        found = known.get("dialog_ids_are_jtapi") if isinstance(known, dict) else None
        if isinstance(found, bool):
            self.dialog_ids, self.is_measured = found, True

    def rule(self, site):
        """Let ``site`` follow what is known now and later."""
        self._site = site
        site.dialog_ids = self.dialog_ids

    def set(self, dialog_ids):
        """Take over a result.

        Raises OSError when it cannot be written down.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(self.path, {"dialog_ids_are_jtapi": dialog_ids})
        self.dialog_ids, self.is_measured = dialog_ids, True
        if self._site is not None:
            self._site.dialog_ids = dialog_ids
        _logger.info("calibration: dialog ids %s", "hold" if dialog_ids else "differ")
