# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.gorod24_appeals.phone_number import pretty

from ..conversation import SAME_CALL
from ..matching import CallSpan, LegSpan
from .gorod24_call_event import AFTER_CALL

# What a person may set on a call; everything else is told by the exchange.
HUMAN_FIELDS = {"appeal_ids", "partner_id", "profile", "informing_id"}
# Kinds of calls, the weightiest last: a call that was about two things is of that one.
KINDS = ("no_card", "navigated", "reference", "appeal", "emergency")


class Call(models.Model):
    """One conversation as the citizen lived it, whoever took part at the hotline.

    The facts are folded from the events of the door (``gorod24.call.event``); people
    only link the call to a person and to appeals.
    """

    _name = "gorod24.call"
    _description = "Call"
    _order = "started_at desc, id desc"
    _rec_names_search = ["number_e164", "number_raw"]

    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], required=True, default="in"
    )
    number_raw = fields.Char("Number as received")
    number_e164 = fields.Char("Number", index=True)
    partner_id = fields.Many2one("res.partner", "Person", index="btree_not_null")
    user_id = fields.Many2one("res.users", "Operator", index="btree_not_null")
    extension = fields.Char()
    queue = fields.Char()
    dialed_number = fields.Char()
    line = fields.Char(help="By the number that the citizen dialled.")
    profile = fields.Selection(
        [
            ("appeal", "Appeal"),
            ("emergency", "Emergency"),
            ("reference", "Reference"),
            ("navigated", "Navigated"),
            ("no_card", "No card"),
        ]
    )
    state = fields.Selection(
        [
            ("ringing", "Ringing"),
            ("talking", "Talking"),
            ("held", "On hold"),
            ("ended", "Ended"),
        ],
        required=True,
        default="ringing",
    )
    result = fields.Selection(
        [("answered", "Answered"), ("missed", "Missed"), ("failed", "Not reached")]
    )
    started_at = fields.Datetime(required=True)
    answered_at = fields.Datetime()
    ended_at = fields.Datetime()
    wait_seconds = fields.Integer("Waiting, s", aggregator="avg")
    talk_seconds = fields.Integer("Talk, s")
    hold_seconds = fields.Integer("Hold, s")
    work_seconds = fields.Integer(
        "After the call, s", help="How long the operator finished the work of the call."
    )
    held_since = fields.Datetime()
    recovered = fields.Boolean(help="Known in part from a recovery after an outage.")
    ref_ids = fields.One2many("gorod24.call.ref", "call_id", "References")
    leg_ids = fields.One2many("gorod24.call.leg", "call_id", "Legs")
    event_ids = fields.One2many("gorod24.call.event", "call_id", "Events")
    recording_ids = fields.One2many(
        "gorod24.recording",
        "call_id",
        "Recordings",
        groups="gorod24_appeals.group_operator",
    )
    appeal_ids = fields.Many2many(
        "helpdesk.ticket", "gorod24_call_ticket_rel", "call_id", "ticket_id", "Appeals"
    )
    informing_id = fields.Many2one("gorod24.informing", index="btree_not_null")

    # The ledger and the statistics go by time.
    _started_idx = models.Index("(started_at DESC, id DESC)")
    _missed_idx = models.Index("(started_at) WHERE result = 'missed'")
    _open_idx = models.Index("(started_at) WHERE state != 'ended'")

    @api.depends("direction", "number_e164", "number_raw")
    def _compute_display_name(self):
        for call in self:
            arrow = "→" if call.direction == "out" else "←"
            number = pretty(call.number_e164) or call.number_raw
            call.display_name = f"{arrow} {number or self.env._('Number hidden')}"

    def write(self, vals):
        if not self.env.su and set(vals) - HUMAN_FIELDS:
            raise AccessError(
                self.env._(
                    "What the exchange told about a call cannot be changed by hand."
                )
            )
        return super().write(vals)

    # For people ------------------------------------------------------------------

    def action_open_card(self):
        """Open the caller card of the call."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "gorod24_appeals.caller_card",
            "name": self.env._("Caller card"),
            "path": "card",
            "params": {"call_id": self.id, "number": self._number()},
        }

    @api.model
    def current_line(self):
        """Return what the telephone of the current user does now, for the call bar.

        :return: dict(calls=[see ``_line_vals``], agent_state).
        """
        # The user's own legs only: the domain names nobody else.
        legs = (
            self.env["gorod24.call.leg"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("state", "!=", "ended"),
                    ("started_at", ">", fields.Datetime.now() - SAME_CALL),
                ],
                limit=10,
            )
        )
        event = self.env["gorod24.call.event"].sudo()._last_agent_state(self.env.user)
        return {
            "calls": [
                dict(leg.call_id._line_vals(leg), pop=leg._wants_card()) for leg in legs
            ],
            "agent_state": (event.payload or {}).get("agent_state", ""),
            "agent_reason": (event.payload or {}).get("reason", ""),
            "unsettled": self.unsettled(),
            "callbacks": self.env["gorod24.callback"].due_count(),
            "wrap_up": self._awaits_wrap_up(event),
        }

    @api.model
    def _awaits_wrap_up(self, agent_event):
        """Return the id of the call whose work the current user finishes, or False.

        :param agent_event: the last state of his workplace.
        """
        state = (agent_event.payload or {}).get("agent_state")
        if state not in AFTER_CALL:
            return False
        # Of the user's own telephone, and only the id of the call leaves this sudo.
        legs = self.env["gorod24.call.leg"].sudo()
        leg = legs._last_talk(self.env.user, fields.Datetime.now())
        return leg.state == "ended" and leg.call_id.id

    @api.model
    def is_live(self, call_id):
        """Does the call still ring or talk at the telephone of the current user?

        The browser asks before it opens a card for a message of doubtful age.
        """
        # The user's own legs only: the domain names nobody else.
        legs = self.env["gorod24.call.leg"].sudo()
        return bool(
            legs.search_count(
                [
                    ("call_id", "=", self._now_known_as(call_id).id),
                    ("user_id", "=", self.env.uid),
                    ("state", "!=", "ended"),
                ],
                limit=1,
            )
        )

    def _number(self):
        self.ensure_one()
        return self.number_e164 or self.number_raw or ""

    def _card_vals(self):
        """Return what the caller card shows of the call (times ISO in UTC)."""
        self.ensure_one()
        return {
            "id": self.id,
            "direction": self.direction,
            "number": self._number(),
            "state": self.state,
            "queue": self.queue or "",
            "started_at": _iso(self.started_at),
            "answered_at": _iso(self.answered_at),
            "ended_at": _iso(self.ended_at),
            "wait_seconds": self.wait_seconds,
            "operator": self.user_id.name or "",
        }

    def _is_taken_by(self, user):
        """Tell whether the call rang at the user's telephone, or he supervises."""
        self.ensure_one()
        return (
            user in self.user_id | self.leg_ids.user_id
            or not self.user_id
            or user.has_group("gorod24_appeals.group_supervisor")
        )

    def _link_appeal(self, appeal):
        """Note that ``appeal`` came of this call; keeps earlier appeals linked."""
        self.ensure_one()
        vals = {"appeal_ids": [Command.link(appeal.id)]}
        if not self.partner_id and appeal.partner_id:
            vals["partner_id"] = appeal.partner_id.id
        profile = self._weightiest([self._told_profile(), self._profile_of(appeal)])
        if profile != self.profile:
            vals["profile"] = profile
        # Operators do not write calls; the link is the one thing their card adds.
        self.sudo().write(vals)
        self.sudo()._tell_card_due()

    def _told_profile(self):
        """The kind of the call by what came of it so far; False when none is known."""
        return not self._is_profile_guessed() and self.profile

    @api.model
    def _weightiest(self, profiles):
        """Return the kind of a call that is of all these ``profiles`` (False: none)."""
        return max(filter(None, profiles), key=KINDS.index, default=False)

    def _profile_of(self, appeal):
        """Return the kind of call by what came of it."""
        questions = appeal.question_ids
        if appeal.emergency:
            return "emergency"
        if set(questions.mapped("outcome")) == {"navigated"}:
            return "navigated"
        if questions and all(one._is_settled_at_once() for one in questions):
            return "reference"
        return "appeal"

    def _line_vals(self, leg):
        """Return the message about one telephone of the call.

        "seconds" is how long the present state lasts by the clock of the server, "at"
        the server's time in milliseconds: browsers count from them with own clocks.
        """
        now = fields.Datetime.now()
        since = leg.held_since or leg.answered_at or leg.started_at
        return {
            "call_id": self.id,
            "leg_id": leg.id,
            "state": leg.state,
            "direction": self.direction,
            "number": self._number(),
            "queue": self.queue or "",
            "recovered": self.recovered,
            "consult": leg.consult,
            "consulting": leg._is_consulting(),
            "answered": bool(leg.answered_at),
            "pop": False,
            "seconds": max(0, int((now - since).total_seconds())),
            "at": int((now - fields.Datetime.to_datetime("1970-01-01")).total_seconds())
            * 1000,
        }

    def _span(self, until=None):
        """Return the call as the matching package sees it.

        :param until: legs whose end is not certain are taken to last so long.
        """
        self.ensure_one()

        def end(leg):
            if leg.ended_at and not leg.end_guessed:
                return leg.ended_at
            return until

        return CallSpan(
            call_id=self.id,
            started_at=self.started_at,
            ended_at=self.ended_at or None,
            remote_number=self._number(),
            refs=frozenset((ref.kind, ref.value) for ref in self.ref_ids),
            clusters=frozenset(
                ref.system.partition(":")[2]
                for ref in self.ref_ids
                if ref.kind == "gcid" and ":" in ref.system
            ),
            legs=tuple(
                LegSpan(leg.extension or "", leg.started_at, end(leg))
                for leg in self.leg_ids
            ),
        )


def _iso(moment):
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else False
