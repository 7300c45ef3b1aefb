# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: finding terms that need attention.

import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# clocks handled between two commits: one letter to a person for all of them
BATCH = 5000
_RETRY_MINUTES = 15


class Gorod24Clock(models.Model):
    _inherit = "gorod24.clock"

    @api.model
    def _cron_sweep(self):
        """Warn about and escalate terms: one indexed search per batch."""
        crons = self.env["ir.cron"]
        domain = self._sweep_domain(fields.Datetime.now())
        crons._commit_progress(remaining=self.search_count(domain))
        while clocks := self._sweep_batch(domain):
            if not crons._commit_progress(len(clocks)):
                break

    @api.model
    def _sweep_domain(self, now):
        return Domain("attend_at", "<=", now)

    @api.model
    def _sweep_batch(self, domain):
        """Handle one batch; return the clocks handled (empty: nothing is left).

        A clock another sweep holds is passed over. What was told and the mark that it
        was told are committed together: after a crash both come again, or neither.
        """
        now = fields.Datetime.now()
        taken = self._take_due(domain)
        warned, missed = taken._mark_attended(now)
        warned._call_owners("_clock_warned")
        missed._call_owners("_clock_missed")
        return taken

    @api.model
    def _take_due(self, domain):
        """Lock the next batch of clocks, those first that have waited longest."""
        query = self._search(domain, order="attend_at, id", limit=BATCH)
        rows = self.env.execute_query(
            SQL("%s FOR NO KEY UPDATE SKIP LOCKED", query.select())
        )
        return self.browse([clock_id for (clock_id,) in rows])

    def _mark_attended(self, now):
        """Mark the clocks as warned about or missed, in one statement.

        :return: (those to warn about, those missed): each clock once in its life in
            either, however often the ladder brings it back
        """
        if not self:
            return self, self
        self.flush_recordset(["target", "warned", "escalated", "attend_at"])
        rows = self.env.execute_query(
            SQL(
                """UPDATE gorod24_clock clock
                      SET warned = TRUE,
                          escalated = clock.escalated IS TRUE
                              OR clock.target <= %(now)s,
                          attend_at = CASE WHEN clock.target > %(now)s
                                           THEN clock.target END,
                          write_date = %(now)s
                     FROM gorod24_clock before
                    WHERE clock.id IN %(ids)s AND before.id = clock.id
                RETURNING clock.id, clock.target <= %(now)s,
                          before.warned IS TRUE, before.escalated IS TRUE""",
                now=now,
                ids=self._ids,
            )
        )
        self.invalidate_recordset(["warned", "escalated", "attend_at"], flush=False)
        warn = {row[0] for row in rows if not (row[1] or row[2])}
        miss = {row[0] for row in rows if row[1] and not row[3]}
        return (
            self.filtered(lambda clock: clock.id in warn),
            self.filtered(lambda clock: clock.id in miss),
        )

    def _call_owners(self, hook):
        """Call a hook of the owners' models, each model on its own.

        A hook that fails on a batch is tried clock by clock; clocks on which
        it still fails come back to the sweep a little later.
        """
        for model, clocks in self.grouped("res_model").items():
            if model not in self.env:
                _logger.warning("Terms of the unknown model %s are skipped", model)
                continue
            clocks = clocks._drop_orphans(model)
            if clocks._try_hook(model, hook) or len(clocks) == 1:
                continue
            for clock in clocks:
                clock._try_hook(model, hook)

    def _drop_orphans(self, model):
        """Delete the clocks whose owner is gone; return the others."""
        alive = set(self.env[model].browse(self.mapped("res_id")).exists().ids)
        orphans = self.filtered(lambda clock: clock.res_id not in alive)
        orphans.unlink()
        return self - orphans

    def _try_hook(self, model, hook):
        owners = self.env[model].browse(self.mapped("res_id"))
        try:
            with self.env.cr.savepoint():
                getattr(owners, hook)(self)
                self.env.flush_all()
        except Exception:  # a faulty hook must not stop the terms of all others
            _logger.exception("%s failed on %s terms of %s", hook, len(self), model)
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                later = fields.Datetime.add(
                    fields.Datetime.now(), minutes=_RETRY_MINUTES
                )
                flag = "escalated" if hook == "_clock_missed" else "warned"
                self.write({"attend_at": later, flag: False})
            return False
        return True
