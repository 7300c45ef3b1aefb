# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: open terms follow the production calendar and the zone.

import logging
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_logger = logging.getLogger(__name__)

# clocks counted between two commits
BATCH = 1000
_REACHED = "gorod24.recount_reached"
_ZONE = "gorod24.timezone"


class Gorod24Clock(models.Model):
    _inherit = "gorod24.clock"

    @api.model
    def _recount_later(self):
        """Let the open terms be counted anew soon, past the person who waits."""
        job = self.env.ref("gorod24_regulation.ir_cron_recount", False)
        if job:
            # curators have no rights on settings and jobs; nothing else is done here
            self.env["ir.config_parameter"].sudo().set_param(_REACHED, "0")
            job.sudo()._trigger()

    @api.model
    def _cron_recount(self):
        """Count open terms anew after a change of days off or of the zone.

        Where the work stopped is remembered: it goes on from there. Terms that
        somebody saves at this very moment stop it, too; the job itself comes once a
        month, so it asks to be run again soon.
        """
        settings, crons = self.env["ir.config_parameter"], self.env["ir.cron"]
        text = settings.get_param(_REACHED) or ""
        reached = int(text) if text.isdigit() else 0
        while clocks := self.search(
            [("state", "!=", "stopped"), ("id", ">", reached)], order="id", limit=BATCH
        ):
            if not clocks._try_follow():
                job = self.env.ref("gorod24_regulation.ir_cron_recount")
                job._trigger(self._get_retry_time())
                crons._commit_progress(remaining=0)  # not at once again
                return
            reached = clocks[-1:].id
            settings.set_param(_REACHED, str(reached))
            left = self.search_count(
                [("state", "!=", "stopped"), ("id", ">", reached)], limit=BATCH
            )
            if not crons._commit_progress(len(clocks), remaining=left):
                return

    def _try_follow(self):
        """Whether these terms are counted; none of them is when one fails."""
        try:
            with self.env.cr.savepoint():
                self._follow_calendar()
                self.env.flush_all()
        except Exception:
            _logger.exception("%s terms not counted by the calendar", len(self))
            self.env.invalidate_all(flush=False)
            return False
        return True

    def _follow_calendar(self):
        """Count these terms anew; write and tell only those that really move."""
        moved = self.filtered(
            lambda clock: (
                clock.res_model in self.env
                and clock._due_with_history()[0].target != clock.target
            )
        )
        moved._recount(fields.Datetime.now())
        moved._tell_owners(self.env)
        return moved


class Gorod24ProductionDay(models.Model):
    _inherit = "gorod24.production.day"

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        self.env["gorod24.clock"]._recount_later()
        return days

    def write(self, vals):
        result = super().write(vals)
        if {"date", "kind"} & vals.keys():
            self.env["gorod24.clock"]._recount_later()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["gorod24.clock"]._recount_later()
        return result


class Gorod24ProductionCalendar(models.Model):
    _inherit = "gorod24.production.calendar"

    def unlink(self):
        result = super().unlink()
        # its days go with it past their own method
        self.env["gorod24.clock"]._recount_later()
        return result


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.constrains("key", "value")
    def _check_gorod24_timezone(self):
        """A slip of the pen here would stop every card from being saved."""
        for parameter in self.filtered(lambda one: one.key == _ZONE):
            try:
                ZoneInfo(parameter.value or "")
            except (ZoneInfoNotFoundError, ValueError, OSError) as error:
                raise ValidationError(
                    self.env._(
                        "The time zone %(name)s in the system parameter"
                        " gorod24.timezone is unknown. Write one like Asia/Barnaul.",
                        name=parameter.value,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        if parameters._get_gorod24_zones():
            self.env["gorod24.clock"]._recount_later()
        return parameters

    def unlink(self):
        zones = self._get_gorod24_zones()
        result = super().unlink()
        if zones:
            self.env["gorod24.clock"]._recount_later()
        return result

    def write(self, vals):
        before = self._get_gorod24_zones()
        result = super().write(vals)
        if before != self._get_gorod24_zones():
            self.env["gorod24.clock"]._recount_later()
        return result

    def _get_gorod24_zones(self):
        return self.filtered(lambda one: one.key == _ZONE).mapped("value")
