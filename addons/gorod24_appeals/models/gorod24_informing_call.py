# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: several results told to one citizen in one call."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .gorod24_informing_attempt import SATISFACTION

MAX_ITEMS = 100


class Informing(models.Model):
    _inherit = "gorod24.informing"

    @api.model
    def record_call(
        self, items, disposition, note="", call_back_at=False, call_uid=False
    ):
        """Record one call to a citizen about all his results, all or nothing.

        :param items: list of dict(id, told, satisfaction, note): one for each duty that
            was to be fulfilled in the call. ``told`` (default True) and satisfaction
            count only when the citizen was reached; a result not told stays due.
        :param disposition: how the call ended, see ``gorod24.informing.attempt``.
        :param note: what is noted on every attempt without a note of its own.
        :param call_uid: names the call on the screen; sent again after a lost answer,
            it records nothing twice.
        :return: list of dict(id, state, question, question_state, attempts, next_at).
        :raises UserError: when a value is not known, another operator has the citizen,
            or a duty has been fulfilled meanwhile.
        """
        items = self._check_items(items)
        duties = self.browse(list(items)).exists()
        if len(duties) != len(items):
            raise UserError(self.env._("A question is not on the list any more."))
        duties.check_access("read")
        if self._is_recorded(duties, call_uid):
            return duties._call_result()
        duties = duties._lock_for_operator()
        self.env["gorod24.informing.lease"]._check_mine(duties.mapped("phone_e164"))
        now = fields.Datetime.now()
        call_back_at = self._check_call_back(disposition, call_back_at, now)
        for duty in duties:
            item = items[duty.id]
            duty._check_attempt(disposition, item["satisfaction"], item["note"])
            duty._check_attempt(disposition, item["satisfaction"], note)
        for duty in duties:
            duty._record_item(items[duty.id], disposition, note, call_back_at, call_uid)
        self.env["gorod24.informing.lease"]._release(duties.mapped("phone_e164"))
        return duties._call_result()

    def _record_item(self, item, disposition, note, call_back_at, call_uid):
        reached = disposition == "reached"
        told = reached and item["told"]
        self._add_attempt(
            disposition,
            item["satisfaction"] if told else "not_asked",
            item["note"] or note or "",
            call_back_at,
            fields.Datetime.now(),
            told=told or not reached,
            call_uid=call_uid,
        )

    @api.model
    def _check_items(self, items):
        """Return {id: item with all its keys} of what the browser sent.

        :raises UserError: when it is not what the screen sends.
        """
        wrong = UserError(self.env._("Nothing was chosen to record."))
        if not isinstance(items, list) or not 0 < len(items) <= MAX_ITEMS:
            raise wrong
        known = {}
        for item in items:
            if not isinstance(item, dict) or type(item.get("id")) is not int:
                raise wrong
            satisfaction = item.get("satisfaction") or "not_asked"
            note = item.get("note") or ""
            if satisfaction not in dict(SATISFACTION) or not isinstance(note, str):
                raise wrong
            known[item["id"]] = {
                "told": bool(item.get("told", True)),
                "satisfaction": satisfaction,
                "note": note.strip(),
            }
        return known

    @api.model
    def _is_recorded(self, duties, call_uid):
        """Whether this very call was recorded by this user already."""
        if not call_uid:
            return False
        if not isinstance(call_uid, str) or len(call_uid) > 64:
            raise UserError(self.env._("Nothing was chosen to record."))
        return bool(
            self.env["gorod24.informing.attempt"].search_count(
                [
                    ("call_uid", "=", call_uid),
                    ("user_id", "=", self.env.uid),
                    ("informing_id", "in", duties.ids),
                ],
                limit=1,
            )
        )

    def _call_result(self):
        return [
            {
                "id": duty.id,
                "state": duty.state,
                "question": duty.question_id.name,
                "question_state": duty.question_id.state,
                "attempts": duty.attempt_count,
                "next_at": fields.Datetime.to_string(duty.next_at) or False,
                "needs_contact": duty.needs_contact,
            }
            for duty in self
        ]
