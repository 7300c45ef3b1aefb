# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .gorod24_informing_attempt import DISPOSITIONS, SATISFACTION
from .locking import busy_in_words

STATES = [
    ("due", "To inform"),
    ("done", "Informed"),
    ("declined", "No informing needed"),
    ("unreachable", "Could not be reached"),
    ("cancelled", "Cancelled"),
]
MAX_NOTE = 2000


class Informing(models.Model):
    """The duty to tell the citizen what came of his question."""

    _name = "gorod24.informing"
    _description = "Informing of a citizen"
    _order = "due, id"

    question_id = fields.Many2one(
        "gorod24.question", required=True, index=True, ondelete="restrict"
    )
    appeal_id = fields.Many2one(related="question_id.appeal_id")
    topic_id = fields.Many2one(related="question_id.topic_id")
    participant_id = fields.Many2one(related="question_id.participant_id")
    result_text = fields.Text(related="question_id.result_text")
    place = fields.Char(related="question_id.place")
    partner_id = fields.Many2one("res.partner", "Applicant", ondelete="restrict")
    phone_e164 = fields.Char("Phone", index=True)
    operator_id = fields.Many2one("res.users", "Informed by", ondelete="restrict")
    due = fields.Datetime("Inform before")
    state = fields.Selection(STATES, required=True, default="due")
    period = fields.Integer(
        "Control period",
        default=1,
        required=True,
        help="Of the question: the result of which period is told.",
    )
    attempt_ids = fields.One2many("gorod24.informing.attempt", "informing_id")
    attempt_count = fields.Integer("Attempts", default=0)
    call_back_at = fields.Datetime("Call back at")
    satisfaction = fields.Selection(SATISFACTION)
    done_at = fields.Datetime()
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue")

    _due_idx = models.Index("(due) WHERE state = 'due'")

    @api.depends("state", "due")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for informing in self:
            due = informing.due if informing.state == "due" else False
            informing.is_overdue = bool(due and due < now)

    @api.depends("question_id.name")
    def _compute_display_name(self):
        for informing in self:
            informing.display_name = informing.question_id.name

    def record_attempt(
        self,
        disposition,
        satisfaction="not_asked",
        note="",
        call_back_at=False,
        at=None,
        call_uid=False,
        incoming=False,
    ):
        """Record one attempt to reach the citizen and what follows from it.

        Reached and content closes the question; reached and not content sends it to
        the participant again; a refusal to listen closes it untold. After a miss the
        next attempt is set by the rule, and the last one the rule asks for ends the
        duty as unreachable (see ``_follow_attempt``).

        :param at: UTC moment of the attempt, now by default.
        :param call_uid: names the attempt on the screen; sent again after a lost
            answer, it records nothing twice.
        :param incoming: the citizen called himself: whoever has taken him to be
            called cannot be talking to him.
        :return: dict(state, question_state, attempts).
        :raises UserError: when the values are not known, another operator has the
            citizen, or the duty is fulfilled.
        """
        self.ensure_one()
        vals = {"disposition": disposition, "satisfaction": satisfaction, "note": note}
        promised = disposition == "call_back" and call_back_at
        if self._is_recorded({self.id: vals}, call_uid, promised):
            return self._attempt_result()
        informing = self._lock_for_operator()
        if not (incoming or self.env.su):
            self.env["gorod24.informing.lease"]._check_mine([informing.phone_e164])
        informing._check_attempt(disposition, satisfaction, note)
        # Only the system itself (the loader of the past) may name the moment.
        at = at if at and self.env.su else fields.Datetime.now()
        call_back_at = self._check_call_back(disposition, call_back_at, at)
        informing._add_attempt(
            disposition, satisfaction, note, call_back_at, at, call_uid=call_uid
        )
        return informing._attempt_result()

    def _attempt_result(self):
        return {
            "state": self.state,
            "question_state": self.question_id.state,
            "attempts": self.attempt_count,
        }

    def _add_attempt(
        self, disposition, satisfaction, note, call_back_at, at, **attempt_vals
    ):
        """Write down one attempt and do what follows from it.

        :param attempt_vals: further values of the attempt (told, call_uid)
        """
        self.env["gorod24.informing.attempt"].create(
            {
                "informing_id": self.id,
                "at": at,
                "disposition": disposition,
                "satisfaction": satisfaction,
                "note": note,
                "call_back_at": call_back_at,
                **attempt_vals,
            }
        )
        self.write(
            {"attempt_count": self.attempt_count + 1, "call_back_at": call_back_at}
        )
        if disposition == "reached" and attempt_vals.get("told", True):
            self._on_reached(satisfaction, note, at)
        else:
            self._follow_attempt(disposition, at)

    def _lock_for_operator(self):
        """Return the duties locked, with the rights their methods need.

        Operators have no bare right to write them: what they may do is done here.
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "gorod24_appeals.group_operator"
        ):
            raise AccessError(self.env._("Only operators inform citizens."))
        with busy_in_words(self.env):
            self.lock_for_update()
        self.invalidate_recordset()
        return self.sudo()

    def _check_attempt(self, disposition, satisfaction, note=""):
        if disposition not in dict(DISPOSITIONS):
            raise UserError(self.env._("Choose how the attempt ended."))
        if satisfaction not in dict(SATISFACTION):
            raise UserError(self.env._("Choose whether the citizen is satisfied."))
        if not isinstance(note or "", str) or len(note or "") > MAX_NOTE:
            raise UserError(
                self.env._("Keep the note within %(limit)s characters.", limit=MAX_NOTE)
            )
        if any(informing.state != "due" for informing in self):
            raise UserError(self.env._("The citizen has been informed already."))

    def _on_reached(self, satisfaction, note, at):
        self._finish("done", at, satisfaction=satisfaction)
        self.question_id.satisfaction = satisfaction
        if satisfaction == "no":
            self.question_id._reopen_with_words(note)
        else:
            self.question_id._close(at)

    def _finish(self, state, at, **vals):
        """End the duty; who ended it and when is kept."""
        self.write(
            {
                "state": state,
                "done_at": at,
                "operator_id": self.env.uid,
                "next_at": False,
                "needs_contact": False,
                **vals,
            }
        )
