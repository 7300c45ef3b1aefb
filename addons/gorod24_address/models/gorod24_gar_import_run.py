# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the job runs in steps, each committed, and goes on where it stopped.

A step belongs to a stage (`gorod24.gar.import.stage`): `_run_<code>(stage)` does one
portion, notes in the stage how far it came and returns whether the stage is done.
Portion and note are one transaction; a process killed between two steps loses
nothing, one killed within a step repeats that step only.
"""

import logging
import time
from contextlib import suppress

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, config

from ..gar import GarError, staging

_logger = logging.getLogger(__name__)

LOCK = 0x6724_6172
MAX_ATTEMPTS = 3
UNLIMITED = 600.0
#: Stages after which the directory has changed.
WRITING = ("write_addresses", "write_aliases", "write_houses", "archive", "report")


class Cancelled(Exception):
    """The curator asked to stop."""


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    # BUTTONS

    def action_start(self):
        """Queue the import; the scheduled job takes it up at once."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "ready":
            raise UserError(self.env._("Read the archive first."))
        if not self.region_ids:
            raise UserError(self.env._("Choose a region first."))
        if self.kind == "delta" and not self._get_chosen_ids():
            raise UserError(
                self.env._(
                    "Changes are laid over a full archive, and no full archive of this"
                    " region has been imported yet."
                )
            )
        if self.kind == "full" and not all(self._get_chosen_ids()):
            self.action_read_municipalities()
        self._check_none_open()
        self.stage_ids.sudo().unlink()
        # The job's own bookkeeping: curators change it through this method only.
        self.sudo().write(
            {
                "state": "queued",
                "user_id": self.env.uid,
                "started_at": fields.Datetime.now(),
                "finished_at": False,
                "message": False,
                "attempts": 0,
                "confirmed": False,
                "cancel_requested": False,
                "fingerprint": self._get_fingerprint(),
            }
        )
        self._prepare_stages()
        self._trigger()
        return True

    def action_continue(self):
        """Go on after a failure, from the place reached."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("failed", "cancelled") or not self.stage_ids:
            raise UserError(self.env._("This import cannot be continued."))
        self._check_none_open()
        self.sudo().write(
            {
                "state": "queued",
                "attempts": 0,
                "message": False,
                "finished_at": False,
                "cancel_requested": False,
            }
        )
        self._trigger()
        return True

    def action_confirm(self):
        """Yes, so many houses are really gone."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "confirm":
            self.sudo().write({"state": "queued", "confirmed": True, "message": False})
            self._trigger()
        return True

    def action_cancel(self):
        """Stop after the current step; what is not begun yet is dropped at once."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "running":
            self.sudo().cancel_requested = True
        elif self.state in ("queued", "confirm"):
            self.sudo()._finish("cancelled", self._get_cancel_message())
        return True

    def _check_none_open(self):
        others = self.sudo().search_count(
            [("state", "in", ("queued", "running", "confirm")), ("id", "!=", self.id)],
            limit=1,
        )
        if others:
            raise UserError(
                self.env._(
                    "Another import of the register is running."
                    " Wait for its end or cancel it."
                )
            )

    def _trigger(self):
        # Curators may start their import, not edit scheduled jobs.
        self.env.ref("gorod24_address.ir_cron_gar_import").sudo()._trigger()

    # THE JOB

    @api.model
    def _cron_import(self):
        """Scheduled job: take up the import that waits or was cut off."""
        job = self.search([("state", "in", ("queued", "running"))], limit=1)
        if job:
            job.with_context(lang=job.user_id.lang or self.env.lang)._process()

    def _process(self, seconds=None):
        """Run steps until the import ends or the time is up.

        :param seconds: time to use; by default what the server grants its jobs
        """
        self.ensure_one()
        until = self._get_deadline(seconds)
        if time.monotonic() > until or not self._lock():
            self._commit(0)
            return
        try:
            self._prepare_run()
            while self.state == "running" and self._step():
                if time.monotonic() > until:
                    break
        except Cancelled:
            self.env.cr.rollback()
            self._finish("cancelled", self._get_cancel_message())
            self._commit(1)
        except (GarError, UserError) as error:
            self.env.cr.rollback()
            text = self._explain(error) if isinstance(error, GarError) else str(error)
            self._finish("failed", text)
            self._commit(1)
        except psycopg2.errors.SerializationFailure:
            # a button was pressed meanwhile: the step is done again at once
            self.env.cr.rollback()
            self._trigger()
            self._commit(0)
        except psycopg2.OperationalError:
            # a lost connection: the next run goes on
            with suppress(psycopg2.Error):
                self.env.cr.rollback()
            raise
        except Exception:
            self.env.cr.rollback()
            self._note_failure()
            raise
        finally:
            if self.state != "running":
                self._close_reader()
            self._unlock()

    def _get_deadline(self, seconds=None):
        """Moment (monotonic) to stop at: well before the server kills the job."""
        if seconds is not None:
            return time.monotonic() + seconds
        limits = [config["limit_time_real_cron"]]
        if limits[0] is None or limits[0] < 0:
            limits = [config["limit_time_real"]]
        if config["workers"]:
            limits.append(config["limit_time_cpu"])
        limits = [limit for limit in limits if limit] or [UNLIMITED]
        # the scheduler calls a job up to ten times in one go: count from the first
        end = self.env.context.get("cron_end_time")
        begin = end - 10 if end else time.monotonic()
        return begin + min(limits) * 0.45

    def _step(self):
        """One portion and its commit.

        :return: whether there is more to do
        """
        stage = self.stage_ids.filtered(lambda s: not s.done)[:1]
        if not stage:
            self._finish("done")
            self._commit(1)
            return False
        begun = time.monotonic()
        done = getattr(self, f"_run_{stage.code}")(stage)
        _logger.debug("%s: %.2f s", stage.code, time.monotonic() - begun)
        if done:
            stage.write({"done": True, "progress": 100.0})
        if self.attempts:
            self.attempts = 0
        self._commit(1)
        if done and stage.code in WRITING:
            self._forget_directory()
        if self.cancel_requested:
            raise Cancelled
        return True

    def _forget_directory(self):
        """After a commit: streets held in memory are read anew, by every process."""
        self.env.registry.clear_cache()
        self.env.registry.signal_changes()

    def _commit(self, processed):
        """Make a step last; the scheduler learns whether to call again."""
        self.env.flush_all()
        remaining = 0
        if self.state in ("queued", "running"):
            remaining = max(1, len(self.stage_ids.filtered(lambda s: not s.done)))
        self.env["ir.cron"]._commit_progress(processed, remaining=remaining)
        self.env.invalidate_all(flush=False)

    def _prepare_run(self):
        """State running, staging tables there and of this import."""
        if self._get_fingerprint() != self.fingerprint:
            if any(self.stage_ids.mapped("place")) or self._is_staged():
                self._reset_stages()
            self.fingerprint = self._get_fingerprint()
        if not self._is_staged():
            self._reset_stages()
            for statement in staging.create_statements():
                self.env.cr.execute(SQL(statement))
            self.env.cr.execute(
                SQL("INSERT INTO gorod24_gar_mark VALUES (%s)", self.id)
            )
        # a step that gets the process killed is not tried for ever
        self.attempts += 1
        if self.attempts > MAX_ATTEMPTS:
            self._finish("failed", self._get_broken_message())
        elif self.state == "queued":
            self.state = "running"
        self._commit(0)

    def _is_staged(self):
        """Whether the staging tables hold the work of this import.

        They are empty after a crash of PostgreSQL: then the files are read anew.
        """
        self.env.cr.execute(SQL("SELECT to_regclass(%s)", staging.MARK))
        if not self.env.cr.fetchone()[0]:
            return False
        self.env.cr.execute(SQL("SELECT import_id FROM gorod24_gar_mark"))
        return self.env.cr.fetchall() == [(self.id,)]

    def _reset_stages(self):
        self.stage_ids.write(
            {"place": False, "progress": 0.0, "rows": 0, "done": False}
        )

    def _finish(self, state, message=False):
        """End of the job; the staging goes unless the work may be continued."""
        self.write(
            {
                "state": state,
                "message": message,
                "finished_at": fields.Datetime.now(),
                "cancel_requested": False,
            }
        )
        if state == "done":
            for statement in staging.drop_statements():
                self.env.cr.execute(SQL(statement))
        self._notify()

    def _notify(self):
        """Tell the curator, wherever in the system he is."""
        titles = {
            "done": self.env._("The import of the register is done"),
            "failed": self.env._("The import of the register failed"),
            "confirm": self.env._("The import needs your answer"),
        }
        kinds = {"done": "success", "failed": "danger", "confirm": "warning"}
        if self.state in titles:
            self.user_id._bus_send(
                "simple_notification",
                {
                    "type": kinds[self.state],
                    "title": titles[self.state],
                    "message": self.message or self.display_name,
                    "sticky": self.state != "done",
                },
            )

    def _note_failure(self):
        """An unforeseen error: try again later, give up after some attempts."""
        if self.attempts >= MAX_ATTEMPTS:
            self._finish("failed", self._get_broken_message())
        self._commit(0)

    def _get_broken_message(self):
        return self.env._(
            "The import broke off %s times at the same place. The"
            " administrator finds the reason in the server's log.",
            MAX_ATTEMPTS,
        )

    def _get_cancel_message(self):
        wrote = self.stage_ids.filtered(
            lambda s: s.code == "write_addresses" and (s.done or s.rows)
        )
        if wrote:
            return self.env._(
                "Cancelled while writing: what had been written stays."
                " “Continue” or a new import of this archive completes it."
            )
        return self.env._("Cancelled; nothing of the archive had been written.")

    def _lock(self):
        """Only one process imports, also when called outside of the scheduler."""
        self.env.cr.execute(SQL("SELECT pg_try_advisory_lock(%s)", LOCK))
        return self.env.cr.fetchone()[0]

    def _unlock(self):
        with suppress(psycopg2.Error):
            self.env.cr.execute(SQL("SELECT pg_advisory_unlock(%s)", LOCK))
