# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..conversation import (
    AGENT_STATE,
    QUALITY,
    UPDATED,
    EventError,
    check_plausible,
    parse_event,
)
from ..conversation.event import MAX_ID

# States in which an operator finishes the work of a call, as exchanges name them.
AFTER_CALL = ("WORK", "WORK_READY")
# A large hotline tells of 12 000 states a day.
GC_BATCH = 5000
SHIFT = timedelta(hours=16)


class CallEvent(models.Model):
    """The journal of the event door: each event once, whatever how often it came.

    A call is always told anew from its events, so their order of arrival is of no
    importance.
    """

    _name = "gorod24.call.event"
    _description = "Telephony event"
    _order = "at desc, id desc"
    _rec_name = "event_id"

    event_id = fields.Char(required=True)
    source = fields.Char()
    source_id = fields.Many2one(
        "gorod24.telephony.source", "Door used by", ondelete="set null"
    )
    type = fields.Char()
    at = fields.Datetime(required=True)
    payload = fields.Json()
    call_id = fields.Many2one("gorod24.call", index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Operator")
    state = fields.Selection(
        [("accepted", "Accepted"), ("rejected", "Rejected")],
        required=True,
        default="accepted",
    )
    error = fields.Char()

    _event_uniq = models.Constraint("UNIQUE (event_id)", "The event is already known.")
    # The last state of an operator's workplace.
    _agent_idx = models.Index("(user_id, at) WHERE type = 'agent.state'")
    # Who sat at a telephone.
    _seat_idx = models.Index(
        "((payload->'agent'->>'extension'), at) WHERE type = 'agent.state'"
    )
    # What is deleted after a week.
    _loose_idx = models.Index("(at) WHERE call_id IS NULL")

    @api.model
    def _who_sat(self, extension, moment):
        """Return the id of the user whose workplace ``extension`` was at ``moment``.

        By the last state told from there within a shift; False when nobody was signed
        in, or it is not known.
        """
        self.flush_model(["payload", "at", "type", "user_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id, payload->>'agent_state' FROM gorod24_call_event"
                " WHERE type = 'agent.state' AND state = 'accepted'"
                " AND payload->'agent'->>'extension' = %s AND at BETWEEN %s AND %s"
                " ORDER BY at DESC, id DESC LIMIT 1",
                extension,
                moment - SHIFT,
                moment,
            )
        )
        user, state = rows[0] if rows else (None, "")
        return user if state != "LOGOUT" and user else False

    @api.model
    def _accept(self, item, ended=(), source=None):
        """Take one event of the door in and return (status, error text)."""
        return self._accept_all([item], ended, source)[0]

    @api.model
    def _accept_all(self, items, ended=(), source=None):
        """Take events of the door in; return [(status, error text)] of each.

        Events of calls go before states of workplaces: for those a citizen waits.

        :param items: the decoded JSON of the events.
        :param ended: see ``conversation.ended_keys``: calls over in the same batch.
        :param source: who brought them; names of events are its own.
        """
        source = source or self.env["gorod24.telephony.source"]
        events, results = self._read(items, source)
        fresh = self._not_known(list(events.values()))
        calls = [event for event in fresh.values() if event.is_call]
        if calls:
            self.env["gorod24.call"]._take_in(calls, ended, source)
        self._take_in([one for one in fresh.values() if not one.is_call], source)
        heard = [one for one in fresh.values() if one.type == QUALITY]
        if heard:
            self.env["gorod24.call.quality"]._take_in(heard)
        for place, event in events.items():
            # The same event twice in one batch is known the second time.
            is_fresh = fresh.pop(event.event_id, None)
            results[place] = "accepted" if is_fresh else "duplicate", ""
        return [results[place] for place in range(len(items))]

    @api.model
    def _read(self, items, source):
        """Return ({place: Event}, {place: result}) of good and rejected ones."""
        events, results = {}, {}
        now = fields.Datetime.now()
        for place, item in enumerate(items):
            if isinstance(item, dict):
                item = dict(item, event_id=source._scoped(item.get("event_id")))
            try:
                event = parse_event(item)
                check_plausible(event, now)
            except EventError as error:
                self._keep_rejected(item, str(error))
                results[place] = "rejected", str(error)
            else:
                events[place] = event
        return events, results

    @api.model
    def _not_known(self, events):
        """Return {event_id: event} of those that are not in the journal yet."""
        fresh = {}
        for event in events:
            fresh.setdefault(event.event_id, event)
        if not fresh:
            return fresh
        logged = self.search_fetch(
            [("event_id", "in", list(fresh))], ["event_id", "state"], order="id"
        )
        known = logged.filtered(lambda event: event.state == "accepted")
        for event in known:
            del fresh[event.event_id]
        (logged - known).unlink()  # They were rejected before and come corrected.
        return fresh

    @api.model
    def _take_in(self, events, source):
        """Keep what is not about calls: states of workplaces and trials of the door."""
        if not events:
            return
        agents = {event.agent_id for event in events if event.agent_id}
        telephones = self.env["res.users"]._by_telephone(agents, ())
        before = self._last_agent_states(telephones.agents.values())
        kept = self.create(
            [
                dict(self._prepare_vals(event, telephones), source_id=source.id)
                for event in events
            ]
        )
        kept.filtered("user_id")._announce_agents(before)

    def _prepare_vals(self, event, telephones):
        return {
            "event_id": event.event_id,
            "source": event.source,
            "type": event.type,
            "at": event.at.replace(microsecond=0),
            "payload": event.as_dict(),
            "user_id": telephones.user_of(event.agent_id),
        }

    @api.model
    def _may_pop(self, event, ended):
        """May this event still open a card? Not when replayed long after."""
        if event.recovered or event.type == UPDATED:
            return False
        gone = {(ref, agent) for ref in event.refs for agent in (event.agent_id, "")}
        if gone & set(ended):
            return False
        limit = self.env["ir.config_parameter"].get_param(
            "gorod24_telephony.pop_max_age", "600"
        )
        age = fields.Datetime.now() - event.at
        return age.total_seconds() <= int(limit)

    @api.model
    def _keep_failed(self, item, error, source):
        """Keep an event that the server itself could not work on.

        It can come again after the mend: only accepted events are duplicates.
        """
        if isinstance(item, dict):
            item = dict(item, event_id=source._scoped(item.get("event_id")))
        self._keep_rejected(item, error)

    def _keep_rejected(self, item, error):
        """Keep what can be kept of a wrong event, for the administrator."""
        event_id = item.get("event_id") if isinstance(item, dict) else None
        if not isinstance(event_id, str) or not 0 < len(event_id) <= MAX_ID:
            return
        if not event_id.isprintable():
            return
        logged = self.search([("event_id", "=", event_id)])
        if logged.state == "accepted":
            return
        vals = {"event_id": event_id, "state": "rejected", "error": error}
        if logged:
            logged.write(vals)
        else:
            self.create(dict(vals, at=fields.Datetime.now()))

    def _announce_agents(self, last):
        """Send the operators the state of their workplaces, unless a newer is known.

        :param last: {user id: event} of the newest states known before these.
        """
        news = {}
        for event in self.filtered(lambda event: event.type == AGENT_STATE):
            before = last.get(event.user_id.id)
            if before and before.at > event.at:
                continue
            if before:
                event._note_after_call(before)
            last[event.user_id.id] = news[event.user_id] = event
        for user, event in news.items():
            message = {
                "state": event.payload.get("agent_state", ""),
                "reason": event.payload.get("reason", ""),
            }
            user._bus_send("gorod24_telephony.agent", message)

    def _note_after_call(self, before):
        """Give the time of the work that has just ended to the operator's last call.

        The state before this one must be work after a call; repeated news change
        nothing, because the time is written, not added. A call he handed over is his
        colleague's, and so is the work that stands on it.
        """
        self.ensure_one()
        if (before.payload or {}).get("agent_state") not in AFTER_CALL:
            return
        call = self.env["gorod24.call.leg"]._last_talk(self.user_id, before.at).call_id
        if call.user_id == self.user_id:
            call._lock_rows()
            call.work_seconds = int((self.at - before.at).total_seconds())

    @api.model
    def _last_agent_state(self, user):
        """Return the newest agent.state event of ``user`` (by its own time)."""
        return self._last_agent_states(user.ids).get(user.id, self.browse())

    @api.model
    def _last_agent_states(self, user_ids):
        """Return {user id: the newest agent.state event}, by their own time."""
        if not user_ids:
            return {}
        self.flush_model(["type", "user_id", "at"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT last.id FROM unnest(%s::int[]) AS u(id) CROSS JOIN LATERAL (
                    SELECT e.id FROM gorod24_call_event e
                    WHERE e.type = 'agent.state' AND e.user_id = u.id
                    ORDER BY e.at DESC, e.id DESC LIMIT 1) last
                """,
                list(user_ids),
            )
        )
        events = self.browse([event_id for (event_id,) in rows])
        return {event.user_id.id: event for event in events}

    def _parsed(self):
        """Return the journal's events as checked values of the plain package."""
        return [parse_event(event.payload) for event in self]

    @api.autovacuum
    def _gc_old(self):
        """States of workplaces and rejected events are of use for a week.

        :return: (deleted, whether more are left): then it is called again.
        """
        week_ago = fields.Datetime.now() - timedelta(days=7)
        old = self.search(
            [
                ("at", "<", week_ago),
                ("call_id", "=", False),
            ],
            limit=GC_BATCH,
        )
        old.unlink()
        return len(old), len(old) == GC_BATCH
