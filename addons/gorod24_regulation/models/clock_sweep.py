# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: finding terms that need attention.

import logging

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# clocks handled between two commits: one letter to a person for all of them
BATCH = 5000
_RETRY_MINUTES = 15
# so many single clocks failing in a batch are no longer their own fault
_FAULTS = 20
# why a piece of work on clocks was not done
FAULTY, BUSY = "faulty", "busy"


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

        Clocks on which a hook fails come back to the sweep a little later, those whose
        rows somebody else was writing by the next sweep.
        """
        for model, clocks in self.grouped("res_model").items():
            if model not in self.env:
                _logger.warning("Terms of the unknown model %s are skipped", model)
                continue
            clocks = clocks._drop_orphans(model)
            failed = clocks._try_pieces(
                lambda piece, model=model: piece._try_hook(model, hook)
            )
            flag = "escalated" if hook == "_clock_missed" else "warned"
            for fault, pieces in failed.items():
                later = self._get_retry_time(fault)
                pieces.write({"attend_at": later, flag: False})

    def _try_pieces(self, attempt):
        """Do something with all these clocks; what fails is halved and tried again.

        :param attempt: function(clocks) → FAULTY, BUSY or "" when it went well
        :return: {fault: clocks on which it happened}. After many of them the fault is
            taken for a general one: pieces that fail are not divided any more.
        """
        pending, failed, count = [self], {}, 0
        while pending:
            clocks = pending.pop()
            fault = clocks and attempt(clocks)
            if not fault:
                continue
            if len(clocks) == 1 or count >= _FAULTS:
                failed[fault] = failed.get(fault, self.browse()) | clocks
                count += len(clocks)
            else:
                middle = len(clocks) // 2
                pending += [clocks[middle:], clocks[:middle]]
        return failed

    @api.model
    def _get_retry_time(self, fault=FAULTY):
        """When a clock comes back: after a while, or by the next sweep when busy.

        A second ahead: this very run, whose snapshot cannot see the others' work, must
        not take it again.
        """
        later = {"seconds": 1} if fault == BUSY else {"minutes": _RETRY_MINUTES}
        return fields.Datetime.add(fields.Datetime.now(), **later)

    def _drop_orphans(self, model):
        """Delete the clocks whose owner is gone; return the others."""
        alive = set(self.env[model].browse(self.mapped("res_id")).exists().ids)
        orphans = self.filtered(lambda clock: clock.res_id not in alive)
        orphans.unlink()
        return self - orphans

    def _try_hook(self, model, hook):
        owners = self.env[model].browse(self.mapped("res_id"))
        return self._try(lambda: getattr(owners, hook)(self), f"{hook} of {model}")

    def _try(self, work, what):
        """Do a piece of work on these clocks, all or nothing.

        :param what: its name for the log
        :return: "" when it went well, BUSY when somebody else wrote the same rows at
            the same time, else FAULTY: that must not stop the terms of all others
        """
        try:
            with self.env.cr.savepoint():
                work()
                self.env.flush_all()
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, LockError) as error:
            name = type(error).__name__
            _logger.info("%s on %s terms comes again: %s", what, len(self), name)
            fault = BUSY
        except Exception:
            _logger.exception("%s failed on %s terms", what, len(self))
            fault = FAULTY
        else:
            return ""
        self.env.invalidate_all(flush=False)
        return fault
