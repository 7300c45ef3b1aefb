# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: keeping the sums.

import logging

from odoo import api, models
from odoo.tools import SQL

from ..rollup import sql

_logger = logging.getLogger(__name__)


class Gorod24StatMixin(models.AbstractModel):
    _inherit = "gorod24.stat.mixin"

    def init(self):
        """Install tables, function and triggers; rebuild when they are new."""
        super().init()
        if self._stat is None:
            return
        stored = self._stored_fingerprints()
        expected = [self._stat.fingerprint()] * len(self._stat.levels)
        if stored != expected:
            self._drop_storage()
            for level in self._stat.levels:
                self._run(*sql.create_table(self._stat, level))
        self._install_triggers()
        if stored != expected:
            self._fill()

    @api.model
    def _rebuild(self):
        """Make all sums anew from the source, with the present time zone.

        Needed after the source was loaded past the triggers, or what is counted has
        changed. Readers and writers are not held up; a compaction at work is waited
        for, and when it merged what this transaction saw before, the database lets
        the server repeat the request. Takes under a minute for a million rows.
        """
        # registers what this transaction still holds in memory
        for model in self._depends:
            self.env[model].flush_model()
        self._lock_storage(wait=True)
        self._install_triggers()
        self._fill()

    @api.model
    def _compact(self):
        """Merge deltas into sums; return False when somebody else does it now."""
        if not self._lock_storage():
            return False
        for level in self._stat.levels:
            self._run(sql.compact(self._stat, level))
        self.env[self._name].invalidate_model()
        return True

    @api.model
    def _cron_compact(self):
        """Merge what was written since the last time, all statistics in turn."""
        for model in self._stat_models():
            self.env[model]._compact()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _has_triggers(self):
        """Whether the sources still feed the sums."""
        return all(map(self._has_triggers_on, self._stat.sources))

    @api.model
    def _has_triggers_on(self, source):
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
                " AND tgfoid = to_regproc(%s) AND tgenabled <> 'D'",
                source.table,
                sql.function_name(self._stat, source),
            )
        )
        return rows[0][0] == 4

    @api.model
    def _stat_models(self):
        """Names of all models with sums."""
        return [
            name
            for name, model in self.env.registry.items()
            if getattr(model, "_stat", None) is not None
        ]

    def _install_triggers(self):
        zone = self.env["gorod24.clock"]._get_zone().key
        self._run(*sql.functions(self._stat, zone), *sql.triggers(self._stat))

    def _fill(self):
        zone = self.env["gorod24.clock"]._get_zone().key
        self._run(sql.rebuild(self._stat, zone))
        tables = [self._stat.level_table(level) for level in self._stat.levels]
        self._run(*(f"ANALYZE {table}" for table in tables))
        self.env[self._name].invalidate_model()

    def _drop_storage(self):
        """Remove everything that this model keeps in the database."""
        self._run(*sql.drop_all(self._stat))

    def _stored_fingerprints(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT obj_description(to_regclass(name), 'pg_class')"
                " FROM unnest(%s) WITH ORDINALITY AS t(name, place) ORDER BY place",
                [self._stat.level_table(level) for level in self._stat.levels],
            )
        )
        return [comment for (comment,) in rows]

    def _lock_storage(self, wait=False):
        """Keep other compactions away until the end of the transaction.

        :return: False when somebody else keeps the sums just now; never with ``wait``.
        """
        if wait:
            self.env.cr.execute(
                SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", self._stat.table)
            )
            return True
        rows = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", self._stat.table)
        )
        return rows[0][0]

    def _run(self, *statements):
        for statement in statements:
            # written by the rollup package from definitions in the source code
            self.env.cr.execute(SQL(statement.replace("%", "%%")))
