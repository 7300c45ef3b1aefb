# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: houses of the register → the directory.

Compared as a whole by SQL (who is known, moved, new, gone), then written street by
street in portions. Of two active houses with one number on a street one stays.
"""

from odoo import models
from odoo.tools import SQL

from ..gar import OTHER_TYPES, PRIVATE_TYPES
from . import gorod24_gar_house_sql as sql
from .gorod24_gar_address_sql import DOUBLE_GUID

PORTION = 20_000
#: Part of the houses of the scope whose loss asks for an answer, and the least count.
LOSS_SHARE = 0.2
LOSS_COUNT = 50


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    def _check_loss(self):
        """Before anything is written: ask when very many houses would be archived.

        An archive of changes taken for a full one would archive the town.
        """
        if self.kind != "full" or self.confirmed:
            return True
        self.env.cr.execute(SQL(sql.LOSS, chosen=self._get_chosen_ids()))
        total, lost = self.env.cr.fetchone()
        if lost >= LOSS_COUNT and lost > total * LOSS_SHARE:
            self.write(
                {
                    "state": "confirm",
                    "message": self.env._(
                        "%(lost)s of %(total)s houses known from the register are not"
                        " in this archive and would be archived. If it is an archive"
                        " of changes, cancel and choose “Changes only”. Nothing has"
                        " been written yet.",
                        lost=lost,
                        total=total,
                    ),
                }
            )
            self._notify()
        return True

    def _run_match_houses(self, stage):
        """What is to be done with each house; moved ones are written at once."""
        execute = self.env.cr.execute
        words = {
            **self._get_words(),
            "chosen": self._get_chosen_ids(),
            "uid": self.user_id.id or self.env.uid,
            "today": self._today(),
        }
        reasons = self._get_reasons()
        execute(SQL("ANALYZE gorod24_gar_place"))
        full = self.kind == "full"
        spot = sql.SPOT_FULL if full else sql.SPOT_DELTA
        execute(SQL(spot, no_street=reasons["no_street"]))
        execute(SQL("ANALYZE gorod24_gar_spot"))
        double_guid = DOUBLE_GUID.format(table="gorod24_gar_spot")
        execute(SQL(double_guid, reason=reasons["double_guid"]))
        execute(SQL(sql.GONE_FULL if full else sql.GONE_DELTA, **words))
        execute(SQL("ANALYZE gorod24_gar_gone"))
        execute(SQL(sql.ADOPT))
        execute(SQL(sql.KEPT))
        execute(SQL(sql.DOUBLE_NUMBER, reason=reasons["double_number"]))
        while True:  # a house refused its new number keeps the old one
            execute(SQL(sql.HELD_NUMBER, reason=reasons["double_number"]))
            if not self.env.cr.rowcount:
                break
        execute(SQL(sql.CLASSIFY, **words))
        self._move_houses(words)
        execute(SQL(sql.NUMBER))
        execute(SQL("CREATE INDEX ON gorod24_gar_spot (seq) WHERE seq IS NOT NULL"))
        execute(SQL("ANALYZE gorod24_gar_spot"))
        self.env["gorod24.building"].invalidate_model()
        return True

    def _move_houses(self, words):
        """Archive what is gone, then move and renumber: the places are free."""
        execute = self.env.cr.execute
        execute(SQL(sql.ARCHIVE_LOG.format(street=sql.street_label()), **words))
        execute(SQL(sql.ARCHIVE, **words))
        execute(SQL(sql.STEP_ASIDE))
        execute(SQL(sql.UPDATE.format(which="s.act = 'moved'"), **words))
        which = "s.act IN ('moved', 'refused')"
        execute(SQL(sql.LOG.format(street=sql.street_label(), which=which)))

    def _run_write_houses(self, stage):
        """A portion of the changed and the new houses."""
        cr = self.env.cr
        first = stage.place or 0
        cr.execute(SQL("SELECT max(seq) FROM gorod24_gar_spot"))
        total = cr.fetchone()[0] or 0
        if first >= total:
            return True
        last = first + PORTION
        span = {"first": first, "last": last, "uid": self.user_id.id or self.env.uid}
        which = "s.seq > %(first)s AND s.seq <= %(last)s"
        changed = f"{which} AND s.act = 'changed'"
        cr.execute(SQL(sql.UPDATE.format(which=changed), **span))
        columns, values, defaults = self._get_defaults("gorod24.building", sql.INSERTED)
        insert = sql.INSERT.format(columns=columns, values=values)
        cr.execute(
            SQL(
                insert,
                **span,
                **defaults,
                other=[int(i) for i in OTHER_TYPES],
                private=[int(i) for i in PRIVATE_TYPES],
                flats_known=self._are_flats_known(),
            )
        )
        cr.execute(SQL(sql.LOG.format(street=sql.street_label(), which=which), **span))
        self.env["gorod24.building"].invalidate_model()
        done = min(last, total)
        stage.write({"place": last, "rows": done, "progress": 100.0 * done / total})
        return False

    def _are_flats_known(self):
        """Whether the archive tells the flats of at least a part of the houses."""
        self.env.cr.execute(SQL(sql.FLATS_KNOWN))
        return bool(self.env.cr.fetchone()[0])
