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
        said = {
            duty.id: self._get_said(items[duty.id], disposition, note)
            for duty in duties
        }
        promised = disposition == "call_back" and call_back_at
        if self._is_recorded(said, call_uid, promised):
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
        self._add_attempt(
            **self._get_said(item, disposition, note),
            call_back_at=call_back_at,
            at=fields.Datetime.now(),
            call_uid=call_uid,
        )

    def _get_said(self, item, disposition, note):
        """Return what is noted of one result, as values of an attempt."""
        reached = disposition == "reached"
        told = reached and item["told"]
        return {
            "disposition": disposition,
            "satisfaction": item["satisfaction"] if told else "not_asked",
            "note": item["note"] or note or "",
            "told": told or not reached,
        }

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
    def _is_recorded(self, said, call_uid, promised):
        """Whether this very call was recorded by this user already.

        :param said: {id of the duty: values of its attempt}
        :param promised: UTC moment of a promised call as the screen sent it, or False
        :raises UserError: when something else was recorded under its name: what was
            changed on the screen after a lost answer is not taken for it.
        """
        if not call_uid:
            return False
        if not isinstance(call_uid, str) or len(call_uid) > 64:
            raise UserError(self.env._("Nothing was chosen to record."))
        attempts = self.env["gorod24.informing.attempt"].search(
            [
                ("call_uid", "=", call_uid),
                ("user_id", "=", self.env.uid),
                ("informing_id", "in", list(said)),
            ]
        )
        for attempt in attempts:
            vals = said[attempt.informing_id.id]
            is_same = all((attempt[name] or "") == (vals[name] or "") for name in vals)
            moment = fields.Datetime.to_string(attempt.call_back_at) or ""
            if not is_same or moment != str(promised or "")[:19]:
                labels = attempt._fields["disposition"]._description_selection(self.env)
                raise UserError(
                    self.env._(
                        "This call is recorded already: “%(end)s”. What you changed"
                        " since then is not recorded: open the citizen again to record"
                        " another call.",
                        end=dict(labels)[attempt.disposition],
                    )
                )
        return bool(attempts)

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
