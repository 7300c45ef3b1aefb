# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how a notice lives: published, its term moved, finished, cancelled.

Every change of state is one of these methods; a refusal says why and what to do.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

from odoo.addons.gorod24_appeals.models.locking import busy_in_words

MAX_REASON = 500
# Who enters notices may publish, move and finish them: the night shift is alone.
EDITORS = "gorod24_appeals.group_operator,gorod24_appeals.group_curator"
KEEPERS = "gorod24_appeals.group_supervisor,gorod24_appeals.group_curator"


class NoticeCourse(models.Model):
    _inherit = "gorod24.notice"

    # Published -----------------------------------------------------------------------

    def action_publish(self):
        """Begin to tell the notices to citizens.

        :raises UserError: naming all that is missing.
        """
        notices = self._lock_for_work()
        now = fields.Datetime.now()
        for notice in notices:
            notice._check_state("draft")
            lacks = notice._find_lacks(now)
            if lacks:
                raise UserError(
                    self.env._(
                        "Notice %(number)s is not ready:\n%(lacks)s",
                        number=notice.number,
                        lacks="\n".join(f"• {lack}" for lack in lacks),
                    )
                )
        for notice in notices:
            vals = {
                "state": "active",
                "published_at": now,
                "published_by_id": self.env.uid,
                "expected_at": notice.due_at,
            }
            if not notice.starts_at:
                vals["actual_from"] = now
            notice.write(vals)
        return True

    def _find_lacks(self, now):
        """Return what a notice needs before it is told, in words."""
        lacks = self._find_blanks()
        if self.due_at and self.due_at <= now:
            lacks.append(self.env._("the expected end has passed already;"))
        return lacks

    def _find_blanks(self):
        """Return what a notice needs as long as it is told, in words."""
        self.ensure_one()
        lacks = []
        if not (self.text or "").strip():
            lacks.append(self.env._("write the text to read aloud;"))
        if not self.place_ids:
            lacks.append(self.env._("name the places: a house, a street, a district;"))
        if not self.topic_id:
            lacks.append(self.env._("choose the topic under which calls are counted;"))
        if not self.due_at:
            lacks.append(
                self.env._(
                    "name the expected end: it can be moved later, and without it "
                    "nobody is reminded;"
                )
            )
        if self.state == "active" and not self.starts_at:
            lacks.append(self.env._("name the beginning;"))
        if self.type == "planned" and not self.planned_from:
            lacks.append(self.env._("name the planned beginning;"))
        if self.starts_at and self.due_at and self.due_at <= self.starts_at:
            lacks.append(self.env._("the end must come after the beginning;"))
        return lacks

    def _check_told(self):
        """What publishing demanded stays with a notice while citizens are told of it.

        :raises UserError: naming all that was taken off
        """
        for notice in self.filtered(lambda one: one.state == "active"):
            lacks = notice._find_blanks()
            if lacks:
                raise UserError(
                    self.env._(
                        "Notice %(number)s is being told to citizens, so:\n%(lacks)s",
                        number=notice.number,
                        lacks="\n".join(f"• {lack}" for lack in lacks),
                    )
                )

    # Moved ---------------------------------------------------------------------------

    def action_prolong(self, new_at, reason):
        """Move the expected end, keeping what was said before.

        :param new_at: naive UTC, in the future
        :raises UserError: without a reason, for a moment passed, or the same one
        """
        reason = self._clean_words(reason, required=True)
        notices = self._lock_for_work()
        now = fields.Datetime.now()
        for notice in notices:
            notice._check_state("active")
            notice._check_new_term(new_at, now)
        notices.env["gorod24.notice.prolongation"].create(
            [
                {
                    "notice_id": notice.id,
                    "old_at": notice.due_at,
                    "new_at": new_at,
                    "reason": reason,
                    "author_id": self.env.uid,
                }
                for notice in notices
            ]
        )
        notices.write({"expected_at": new_at})
        return True

    def _check_new_term(self, new_at, now):
        self.ensure_one()
        if not new_at:
            raise UserError(self.env._("Name the new expected end."))
        if new_at <= now:
            raise UserError(
                self.env._("The new end has passed already: name one in the future.")
            )
        if new_at == self.due_at:
            raise UserError(
                self.env._(
                    "Notice %(number)s is to end then already.", number=self.number
                )
            )
        if self.starts_at and new_at <= self.starts_at:
            raise UserError(
                self.env._(
                    "Notice %(number)s begins only on %(moment)s: the end must come "
                    "after that.",
                    number=self.number,
                    moment=self._format_moment(self.starts_at),
                )
            )

    # Ended ---------------------------------------------------------------------------

    def action_finish(self, actual_to=None, closing_text=""):
        """End the notices; citizens who wait are put on the list to be told.

        :param actual_to: naive UTC moment when it was over, now by default
        :param closing_text: what they are told
        :raises UserError: for a moment in the future or before the beginning, or
            without words when somebody waits for them
        """
        words = self._clean_words(closing_text)
        notices = self._lock_for_work()
        now = fields.Datetime.now()
        actual_to = actual_to or now
        for notice in notices:
            notice._check_state("active")
            notice._check_end(actual_to, now)
            if notice.waiting_count and not words:
                raise UserError(
                    self.env._(
                        "Citizens wait to be told (%(count)s): write what they are "
                        "told.",
                        count=notice.waiting_count,
                    )
                )
        for notice in notices:
            notice._end(
                "finished",
                now,
                actual_from=min(notice.starts_at, actual_to),
                actual_to=actual_to,
                closing_text=words or False,
            )
        notices._tell_waiting(now)
        return True

    def _check_end(self, actual_to, now):
        self.ensure_one()
        if actual_to > now:
            raise UserError(self.env._("The end cannot lie in the future."))
        if self.starts_at > now:
            raise UserError(
                self.env._(
                    "Notice %(number)s begins only on %(moment)s: it cannot be "
                    "finished, only cancelled.",
                    number=self.number,
                    moment=self._format_moment(self.starts_at),
                )
            )
        if actual_to < self.starts_at:
            raise UserError(
                self.env._(
                    "Notice %(number)s began on %(moment)s: it cannot have ended "
                    "before.",
                    number=self.number,
                    moment=self._format_moment(self.starts_at),
                )
            )

    def action_cancel(self, reason, reopen_told=False):
        """Take the notices back: they were wrong, or the works do not take place.

        Questions that wait for the end are sent to those who answer for them: what
        citizens said is not lost.

        :param reopen_told: what was told was wrong: the questions it settled are sent,
            too
        :raises UserError: without a reason or when it is over
        """
        reason = self._clean_words(reason, required=True)
        notices = self._lock_for_work()
        for notice in notices:
            if notice.state != "draft":
                notice._check_state("active")
                self._check_keeper()
        now = fields.Datetime.now()
        for notice in notices:
            notice._end("cancelled", now, closing_text=reason)
            notice._release_joined(reason, reopen_told)
        return True

    def _end(self, state, moment, **vals):
        self.write(
            {"state": state, "ended_at": moment, "ended_by_id": self.env.uid, **vals}
        )

    # Pieces --------------------------------------------------------------------------

    def _lock_for_work(self):
        """Return the notices locked, with the rights their methods need.

        :raises AccessError: for somebody who may not change them
        :raises UserError: when somebody else changes them right now
        """
        self.check_access("write")
        with busy_in_words(self.env):
            self.lock_for_update()
        self.invalidate_recordset()
        # sudo: states are changed by these methods only, which have checked the rights
        return self.sudo()

    def _check_state(self, state):
        self.ensure_one()
        if self.state == state:
            return
        names = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "Notice %(number)s is in the state “%(state)s”: that is done only in "
                "the state “%(wanted)s”.",
                number=self.number,
                state=names[self.state],
                wanted=names[state],
            )
        )

    @api.model
    def _check_keeper(self):
        # the user's own groups, whatever rights the records have
        if not self.env.user.has_groups(KEEPERS):
            raise AccessError(
                self.env._(
                    "Only supervisors and curators cancel what citizens were told. "
                    "If it is over, finish it."
                )
            )

    @api.model
    def _clean_words(self, words, required=False):
        words = words.strip() if isinstance(words, str) else ""
        if required and not words:
            raise UserError(self.env._("Write the reason."))
        if len(words) > MAX_REASON:
            raise UserError(
                self.env._(
                    "Keep the words within %(limit)s characters.", limit=MAX_REASON
                )
            )
        return words

    @api.model
    def _format_moment(self, moment):
        zone = self.env["gorod24.service.time"]._get_service_zone().key
        return format_datetime(self.env, moment, tz=zone, dt_format="dd.MM.yyyy HH:mm")

    # Windows -------------------------------------------------------------------------

    def action_open_change(self):
        """Open the window that moves the term, finishes or cancels (by context)."""
        self.ensure_one()
        change = self.env.context.get("notice_change", "prolong")
        names = {
            "prolong": self.env._("Move the expected end"),
            "finish": self.env._("Finish the notice"),
            "cancel": self.env._("Cancel the notice"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": names.get(change, names["prolong"]),
            "res_model": "gorod24.notice.change",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_notice_id": self.id, "default_change": change},
        }
