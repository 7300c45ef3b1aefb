# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: finding terms that need attention.

import logging

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# clocks handled between two commits
BATCH = 500
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
        """Handle one batch; return the clocks handled (empty: nothing is left)."""
        now = fields.Datetime.now()
        clocks = self.search(domain, limit=BATCH, order="attend_at, id")
        taken = clocks.try_lock_for_update()
        missed = taken.filtered(lambda clock: clock.target <= now)
        warned = taken - missed
        missed.write({"warned": True, "escalated": True, "attend_at": False})
        warned.write({"warned": True})
        for clock in warned:
            clock.attend_at = clock.target
        warned._call_owners("_clock_warned")
        missed._call_owners("_clock_missed")
        return taken

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
