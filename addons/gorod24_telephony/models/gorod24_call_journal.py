# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How events become calls: finding the call, folding it, telling the operators.

Everything here runs as superuser inside ``serialised``.
"""

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Command
from odoo.tools import SQL

from ..conversation import SAME_CALL
from ..conversation.same import is_same_call
from ..matching import same_number
from .gorod24_call_intake import Story, whole_seconds

# Who tells the end of a call whose end never came.
FORGOTTEN = "gorod24:forgotten"


class Call(models.Model):
    _inherit = "gorod24.call"

    @api.model
    def _for_event(self, event):
        """Return the one call the event tells of, created or merged when needed."""
        event = self._on_our_clock(event)
        refs = self.env["gorod24.call.ref"]._of(event.refs)
        calls = refs.call_id.filtered(lambda call: call._is_about(event))
        calls |= self._by_time(event, calls)
        calls._lock_rows(whole=len(calls) > 1)
        call = calls._merge() if len(calls) > 1 else calls
        if not call:
            call = self.create({"started_at": event.at.replace(microsecond=0)})
        call._remember_refs(event, refs.exists())
        return call

    def _is_about(self, event):
        """Can the event, which has a name of the call, belong to it?"""
        self.ensure_one()
        return is_same_call(
            event,
            self.started_at,
            self.ended_at or None,
            self.ended_at or self.answered_at or self.started_at,
            same_number(event.remote_number, self._number()),
            {leg.extension for leg in self.leg_ids if leg.extension},
        )

    def _lock_rows(self, whole=False):
        """Let nobody else fold these calls before this transaction ends.

        :param whole: nor link anything to them: some will go away.
        """
        if not self:
            return
        self.env.cr.execute(
            SQL(
                "SELECT id FROM gorod24_call WHERE id = ANY(%s) ORDER BY id %s",
                self.ids,
                SQL("FOR UPDATE") if whole else SQL("FOR NO KEY UPDATE"),
            )
        )
        if self.env.cr.rowcount != len(self):
            raise ConcurrencyError("A call was merged into another meanwhile")
        self.invalidate_recordset()

    def _remember_refs(self, event, known):
        """Add the event's references; a name used again retires its earlier use."""
        self.ensure_one()
        have = {(ref.system, ref.kind, ref.value): ref for ref in self.ref_ids}
        live = {
            (ref.system, ref.kind, ref.value): ref for ref in known if not ref.retired
        }
        for ref in event.refs:
            key = (ref.system, ref.kind, ref.value)
            if key in have:
                continue
            other = live.get(key)
            newer = bool(other) and other.call_id.started_at > event.at
            if other and not newer:
                other.retired = True
                other.flush_recordset()
            self.env["gorod24.call.ref"].create(
                dict(vars(ref), call_id=self.id, retired=newer)
            )

    def _merge(self):
        """Make one call of several that turned out to be one; return the oldest."""
        calls = self.sorted("id")
        kept, others = calls[0], calls[1:]
        duties = calls.callback_id
        popped = calls.leg_ids.filtered("popped").user_id
        for leg in others.leg_ids.filtered("user_id"):
            leg.user_id._bus_send(
                "gorod24_telephony.call",
                dict(
                    leg.call_id._line_vals(leg),
                    state="ended",
                    pop=False,
                    merged_into=kept.id,
                ),
            )
        others.event_ids.write({"call_id": kept.id})
        others.ref_ids.write({"call_id": kept.id})
        others.recording_ids.write({"call_id": kept.id})
        self.env["gorod24.recording.access"].search(
            [("call_id", "in", others.ids)]
        ).call_id = kept
        self.env["gorod24.call.dial"].search(
            [("call_id", "in", others.ids)]
        ).call_id = kept
        kept.write(kept._prepare_joined(others))
        self._join_settled(kept, others)
        self._join_judged(kept, others)
        others._leave_names(kept)
        others.unlink()
        duties._count_calls()
        self._fold([Story(kept, [])])
        kept.leg_ids.filtered(lambda leg: leg.user_id in popped).popped = True
        return kept

    def _prepare_joined(self, others):
        """Return what the call takes over of ``others``, which go away."""
        calls = self | others
        profile = self._weightiest([call._told_profile() for call in calls])
        return {
            "appeal_ids": [Command.link(i) for i in others.appeal_ids.ids],
            "partner_id": calls.partner_id[:1].id,
            "informing_id": calls.informing_id[:1].id,
            "callback_id": calls.callback_id[:1].id,
            "profile": profile or self.profile,
            "work_seconds": sum(calls.mapped("work_seconds")),
        }

    def _join_settled(self, kept, others):
        """Keep the reason for no card, and no attempt of a call that goes away."""
        settled = (kept | others).filtered("no_card_reason")[:1]
        if settled and settled != kept:
            names = ("no_card_reason", "no_card_note", "no_card_at")
            kept.write(
                dict(
                    {name: settled[name] for name in names},
                    no_card_by_id=settled.no_card_by_id.id,
                )
            )
        Attempt = self.env["gorod24.callback.attempt"]
        attempts = Attempt.search([("call_id", "in", (kept | others).ids)])
        (attempts - attempts[:1]).call_id = False
        attempts[:1].call_id = kept

    def _join_judged(self, kept, others):
        """Keep what was measured of a call that goes away, and its marks."""
        others.quality_ids.write({"call_id": kept.id})
        marks = self.env["gorod24.call.mark"]
        marks.search([("call_id", "in", others.ids)])._move_to(kept)

    def _prepare_facts(self, conversation, telephones, persons):
        """Return the values of the call for a folded conversation.

        :param self: the call, or nothing when it is to be made.
        :param persons: {number: partner id}, see ``gorod24.phone._lone_persons``.
        """
        vals = {
            name: getattr(conversation, name) or False
            for name in ("direction", "dialed_number", "queue", "state", "result")
        }
        vals["line"] = self.env["gorod24.call.line"]._name_of(
            conversation.direction, conversation.dialed_number
        )
        for name in ("wait_seconds", "talk_seconds", "hold_seconds", "recovered"):
            vals[name] = getattr(conversation, name)
        for name in ("started_at", "answered_at", "ended_at", "held_since"):
            vals[name] = whole_seconds(getattr(conversation, name))
        agent, extension = conversation.agent_id, conversation.extension
        vals["extension"] = extension or False
        begun = [
            leg.started_at for leg in conversation.legs if leg.extension == extension
        ]
        vals["user_id"] = self._whose(
            telephones, agent, extension, max(begun, default=conversation.started_at)
        )
        number = conversation.remote_number or False
        if number != self.number_raw:
            vals["number_raw"] = number
            vals["number_e164"] = self.env["gorod24.phone"]._normalise(number) or False
            if not self.partner_id and number in persons:
                vals["partner_id"] = persons[number]
            elif self._is_person_guessed(persons):
                vals["partner_id"] = persons.get(number, False)
        return vals

    def _is_person_guessed(self, persons):
        """Was the person told by the number known so far, and by nothing else?"""
        guess = persons.get(self.number_raw)
        return bool(guess) and self.partner_id.id == guess and not self.appeal_ids

    def _link_dial(self):
        """Link an outgoing call to the duty the operator dialled it for."""
        self.ensure_one()
        linked = self.informing_id or self.callback_id
        if self.direction != "out" or linked or not self.user_id:
            return
        dial = self.env["gorod24.call.dial"]._claim(
            self.user_id, self._number(), self.started_at
        )
        if dial:
            dial.call_id = self
            self.informing_id = dial.informing_id
            self.callback_id = dial.callback_id

    def _announce(self, before, may_pop):
        """Send each operator of the call the new state of his own telephone.

        :return: the legs whose card is to open now.
        """
        popped = self.env["gorod24.call.leg"]
        latest = {leg.user_id: leg for leg in self.leg_ids.sorted() if leg.user_id}
        for user, leg in latest.items():
            pop = may_pop and self._must_pop(user, leg)
            if pop:
                popped |= leg
            if pop or before.get(user) != leg._shown():
                message = dict(self._line_vals(leg), pop=pop)
                user._bus_send("gorod24_telephony.call", message)
        return popped

    def _must_pop(self, user, leg):
        """The card opens when an incoming call is the operator's: once each time.

        A call that left him and comes back, offered again or handed back, opens anew.
        """
        if self.direction != "in" or leg.state == "ended" or leg.consult:
            return False
        if self._is_from_colleague():
            return False
        mine = self.leg_ids.filtered(
            lambda one: one.user_id == user and (one == leg or one.state != "ended")
        )
        return not any(mine.mapped("popped"))

    def _is_from_colleague(self):
        """Does an operator of ours call? Some exchanges do not say so themselves."""
        self.ensure_one()
        number = self.number_raw
        if not number or self.number_e164:
            return False
        users = self.env["res.users"]
        return bool(users.search_count([("telephony_extension", "=", number)], limit=1))

    @api.model
    def _cron_close_forgotten(self, limit=200):
        """End calls whose end never reached us, so that none rings for ever.

        The end is an event like any other; the true one, should it come, wins by its
        earlier time.
        """
        now = fields.Datetime.now()
        forgotten = self.search(
            [
                ("state", "!=", "ended"),
                ("started_at", "<", now - SAME_CALL),
                ("event_ids", "!=", False),
            ],
            limit=limit,
        )
        Event = self.env["gorod24.call.event"]
        for call in forgotten:
            # To the microsecond: the column "at" is cut, and an end before the ring
            # it ends is none.
            events = list(map(self._on_our_clock, call.event_ids._parsed()))
            last = max(event.at for event in events)
            tried = sum(event.source == FORGOTTEN for event in events)
            ref = call.ref_ids[:1]
            Event._accept(
                {
                    "event_id": f"{FORGOTTEN}:{call.id}:{tried}:{last.isoformat()}",
                    "source": FORGOTTEN,
                    "type": "call.ended",
                    "at": f"{last.isoformat()}Z",
                    "refs": [
                        {"system": ref.system, "kind": ref.kind, "value": ref.value}
                    ],
                    "recovered": True,
                }
            )
        return forgotten
