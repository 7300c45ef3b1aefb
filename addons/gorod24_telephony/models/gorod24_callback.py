# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.gorod24_appeals.models.locking import busy_in_words
from odoo.addons.gorod24_appeals.phone_number import pretty

from ..conversation import SAME_CALL

STATES = [
    ("waiting", "Waiting"),
    ("taken", "Taken"),
    ("done", "Talked with"),
    ("called_again", "Called again himself"),
    ("given_up", "Not reached"),
    ("cancelled", "Not needed"),
]
OPEN = ("waiting", "taken")
COUNT_LIMIT = 100
# So long after his call a citizen still waits at the telephone, at night as well.
JUST_RUNG = timedelta(hours=1)


class Callback(models.Model):
    """The duty to ring a citizen whose call nobody answered: one per citizen.

    However often he rang and however many operators did not pick up, there is one open
    duty for his number; it is over when somebody talked with him.
    """

    _name = "gorod24.callback"
    _description = "Callback to a citizen"
    _order = "next_at, id"
    _rec_name = "number_e164"

    number_e164 = fields.Char("Number", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Person", index="btree_not_null", ondelete="restrict"
    )
    queue = fields.Char(readonly=True)
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True)
    call_ids = fields.One2many("gorod24.call", "callback_id", "Calls", readonly=True)
    call_count = fields.Integer("Times rung", readonly=True)
    first_call_at = fields.Datetime("First rang", readonly=True)
    last_call_at = fields.Datetime("Last rang", readonly=True)
    next_at = fields.Datetime(
        "Ring not before", readonly=True, help="Within the hours citizens may be rung."
    )
    operator_id = fields.Many2one("res.users", "Taken by", readonly=True)
    lease_until = fields.Datetime("Taken until", readonly=True)
    attempt_ids = fields.One2many(
        "gorod24.callback.attempt", "callback_id", "Attempts", readonly=True
    )
    attempt_count = fields.Integer("Attempts made", readonly=True)
    closed_at = fields.Datetime(readonly=True)

    _open_uidx = models.UniqueIndex(
        "(number_e164) WHERE state IN ('waiting', 'taken')",
        "There is an open callback to this number.",
    )
    _next_idx = models.Index("(next_at, id) WHERE state IN ('waiting', 'taken')")

    @api.depends("number_e164")
    def _compute_display_name(self):
        for callback in self:
            callback.display_name = pretty(callback.number_e164)

    # What people do ------------------------------------------------------------------

    def action_take(self):
        """Take the duty for a while, so that nobody else rings the same citizen.

        :raises UserError: when a colleague holds it, naming him.
        """
        callback = self._lock_for_operator()
        now = fields.Datetime.now()
        if callback.state not in OPEN:
            raise UserError(self.env._("The citizen has been talked with already."))
        if callback._is_held() and callback.operator_id != self.env.user:
            raise UserError(
                self.env._(
                    "%(operator)s is ringing this citizen.",
                    operator=callback.operator_id.name,
                )
            )
        if callback._is_on_the_line():
            raise UserError(
                self.env._("The citizen is ringing or being talked with just now.")
            )
        callback.write(
            {
                "state": "taken",
                "operator_id": self.env.uid,
                "lease_until": now + self._lease(),
            }
        )
        self._tell_count()
        return True

    def action_dial(self):
        """Take the duty and dial; the call that comes of it tells how it ended."""
        self.ensure_one()
        self._check_hours()
        self.action_take()
        adapter = self.env["gorod24.telephony.adapter"]
        return adapter._told(adapter.command("dial", callback_id=self.id))

    def action_release(self):
        """Give the duty back."""
        callback = self._lock_for_operator()
        if callback.state == "taken":
            callback._check_holder()
            callback.write(
                {"state": "waiting", "operator_id": False, "lease_until": False}
            )
            self._tell_count()

    def action_done(self):
        """The citizen was talked with by a telephone that tells us nothing.

        :raises UserError: when a colleague holds the duty, naming him.
        """
        callback = self._lock_for_operator()
        callback._check_holder()
        callback._attempt(self.env.user, "reached")

    def action_no_answer(self):
        """Nobody answered, by a telephone that tells us nothing; as above."""
        callback = self._lock_for_operator()
        callback._check_holder()
        callback._attempt(self.env.user, "no_answer")

    def action_give_up(self):
        """Stop ringing; at least one attempt must have been made."""
        callback = self._lock_for_operator()
        if callback.state not in OPEN:
            return
        callback._check_holder()
        if not callback.attempt_count:
            raise UserError(self.env._("Try to ring at least once first."))
        callback._close("given_up")

    # What follows from calls ---------------------------------------------------------

    def _attempt(self, user, disposition, call=None, at=None):
        """Note one attempt and what follows: the end, or another try later.

        Runs as superuser; ``disposition`` is one of the attempt's.
        """
        self.ensure_one()
        if self.state not in OPEN:
            return
        at = at or fields.Datetime.now()
        self.env["gorod24.callback.attempt"].create(
            {
                "callback_id": self.id,
                "at": at,
                "operator_id": user.id,
                "disposition": disposition,
                "call_id": call.id if call else False,
            }
        )
        self.attempt_count += 1
        if disposition == "reached":
            self._close("done", user, (call and call.answered_at) or at)
            return
        pause = timedelta(minutes=self._pause_minutes())
        self.write(
            {
                "state": "waiting",
                "operator_id": False,
                "lease_until": False,
                "next_at": self._call_moment(at + pause),
            }
        )
        self._tell_count()

    def _count_calls(self):
        """Count the calls again; a duty of which none is left is none."""
        for callback in self:
            left = callback.call_ids.filtered(lambda call: call.direction == "in")
            callback.call_count = len(left)
            if callback.state in OPEN and not left:
                callback._close("cancelled")

    def _close(self, state, user=None, moment=None):
        """End the duty.

        :param moment: when it was fulfilled (UTC), now by default
        """
        vals = {
            "state": state,
            "lease_until": False,
            "closed_at": fields.Datetime.now(),
        }
        if user:
            vals["operator_id"] = user.id
        self.write(vals)
        self._tell_count()

    def _call_moment(self, moment, rang_at=None):
        """Return when a citizen may be rung, from ``moment`` (naive UTC) on.

        He has rung himself: within the hour he is rung back at any time of the day
        (resolution 416 asks for ten minutes), later as soon as the hotline works.
        After a try in vain the calling hours count.

        :param rang_at: when he rang last, the duty's own last call by default
        """
        hours = self.env["gorod24.hotline.hours"]
        rang_at = rang_at or max(
            filter(None, self.mapped("last_call_at")), default=None
        )
        tried = any(at > (rang_at or at) for at in self.attempt_ids.mapped("at"))
        if rang_at and not tried and moment - rang_at <= JUST_RUNG:
            return moment
        if any(self.mapped("attempt_count")):
            return hours._next_call_moment(moment)
        return hours._next_open(moment)

    def _may_not_ring_yet(self):
        now = fields.Datetime.now()
        return self._call_moment(now) > now

    def _check_hours(self):
        """Refuse to ring a citizen outside the calling hours, from whatever button."""
        if self._may_not_ring_yet():
            raise UserError(
                self.env._("Citizens are not rung at this hour. Ring in the morning.")
            )

    # Pieces ------------------------------------------------------------------------

    def _lock_for_operator(self):
        """Return the duty locked, with the rights its methods need.

        Operators have no bare right to write it: what they may do is done here.
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("Only operators ring citizens."))
        with busy_in_words(self.env):
            self.lock_for_update()
        self.invalidate_recordset()
        return self.sudo()

    def _wait_for_rows(self):
        """Let nobody else count calls of these duties before this transaction ends."""
        if self:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM gorod24_callback WHERE id = ANY(%s)"
                    " ORDER BY id FOR NO KEY UPDATE",
                    self.ids,
                )
            )
            self.invalidate_recordset()

    def _check_holder(self):
        user = self.env.user
        if self._is_held() and self.operator_id != user:
            if not user.has_group("gorod24_appeals.group_supervisor"):
                raise UserError(
                    self.env._(
                        "%(operator)s is ringing this citizen.",
                        operator=self.operator_id.name,
                    )
                )

    @api.model
    def _setting(self, name, default):
        # Reading a setting: no personal data behind this sudo.
        get = self.env["ir.config_parameter"].sudo().get_param
        value = get(f"gorod24_telephony.{name}", "")
        return int(value) if value.isdigit() else default

    def _pause_minutes(self):
        """How long to wait after a try in vain."""
        return self._setting("callback_pause_minutes", 30)

    def _lease(self):
        return timedelta(minutes=self._setting("callback_lease_minutes", 15))

    def _is_held(self):
        """Does somebody ring the citizen: his time is not over, or he talks to him?"""
        self.ensure_one()
        if self.state != "taken":
            return False
        if self.lease_until > fields.Datetime.now():
            return True
        talks = Domain("id", "=", self.id) & self._talk_domain()
        return bool(self.search_count(talks, limit=1))

    @api.model
    def _live_domain(self):
        """Calls that go on at this moment, from citizens and to them."""
        recent = Domain("started_at", ">", fields.Datetime.now() - SAME_CALL)
        return recent & Domain("state", "!=", "ended")

    @api.model
    def _talk_domain(self):
        """Duties whose citizen is being rung or talked with at this moment."""
        live = self._live_domain() & Domain("direction", "=", "out")
        return Domain("call_ids", "any", live)

    def _is_on_the_line(self):
        """Is the citizen's telephone busy with the hotline, the user's call apart?"""
        self.ensure_one()
        mine = Domain("direction", "=", "out") & Domain("user_id", "=", self.env.uid)
        live = self._live_domain() & Domain("number_e164", "=", self.number_e164)
        return bool(self.env["gorod24.call"].search_count(live & ~mine, limit=1))

    @api.model
    def _live_numbers(self):
        """Numbers of the citizens who ring or talk now: as many as there are lines."""
        # Whose calls they are is told to nobody: they only leave the list of duties.
        calls = self.env["gorod24.call"].sudo()
        live = self._live_domain() & Domain("number_e164", "!=", False)
        return calls.search_fetch(live, ["number_e164"]).mapped("number_e164")

    @api.model
    def _left_domain(self):
        """Duties taken and left: the time is over and nobody talks."""
        over = Domain("state", "=", "taken") & Domain(
            "lease_until", "<", fields.Datetime.now()
        )
        return over & ~self._talk_domain()

    @api.model
    def _due_domain(self):
        waiting = Domain("state", "=", "waiting")
        due = Domain("next_at", "<=", fields.Datetime.now())
        free = Domain("number_e164", "not in", self._live_numbers())
        return due & free & (waiting | self._left_domain())

    @api.model
    def due_count(self):
        """Return how many citizens wait to be rung now (at most 100 are counted)."""
        return self.search_count(self._due_domain(), limit=COUNT_LIMIT)

    @api.model
    def _tell_count(self):
        """Send all operators the number of citizens who wait."""
        self.env.flush_all()
        # The number of duties is no secret among operators.
        operators = self.env.ref("gorod24_appeals.group_operator").sudo()
        operators._bus_send(
            "gorod24_telephony.callbacks", {"count": self.sudo().due_count()}
        )

    def _tell_later(self):
        """Tell the operators again when the duty's moment has come."""
        job = self.env.ref("gorod24_telephony.ir_cron_callback_release", False)
        if job and self.next_at > fields.Datetime.now():
            job._trigger(self.next_at)

    def _wait_till(self, moment, call):
        """The queue may still offer ``call``, the only one so far, to an operator."""
        is_new = self.state == "waiting" and not self.attempt_count
        if is_new and self.call_ids == call and moment > fields.Datetime.now():
            self.next_at = max(self.next_at, moment)
            self._tell_later()

    @api.model
    def _cron_release(self, limit=200):
        """Give back what was taken and left; tell of those whose hour has come."""
        left = self.search(self._left_domain(), limit=limit)
        left.write({"state": "waiting", "operator_id": False, "lease_until": False})
        self._tell_count()
