# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

STATES = [
    ("draft", "Draft"),
    ("registered", "Registered"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("done", "Done"),
    ("informing", "To inform"),
    ("closed", "Closed"),
]
OUTCOMES = [
    ("fixed", "Fixed"),
    ("supported", "Supported"),
    ("explained", "Explained"),
    ("not_supported", "Not supported"),
    ("answered_in_call", "Answered in the call"),
    ("navigated", "Told where to apply"),
    ("forwarded_outside", "Forwarded outside"),
    ("joined_notice", "Joined to a notice"),
    ("duplicate", "Duplicate"),
    ("withdrawn", "Withdrawn"),
    ("unreachable", "Citizen unreachable"),
]
# A participant owes something on questions in these states.
AT_WORK = ("sent", "accepted")
# What is asked of whoever works a question: the earliest of them counts.
WORK_TERMS = ("execution_due", "restore_due", "localise_due")
TERMS = ("accept_due", *WORK_TERMS, "informing_due")
OPEN = ("draft", "registered", "sent", "accepted", "done", "informing")
AT_ONCE = ("answered_in_call", "navigated")


class Question(models.Model):
    """One point of an appeal: the unit that is controlled.

    It has one topic, one responsible participant, one state, its own clocks and one
    result. No mail thread here: an appeal is saved while a citizen waits, and the
    conversation about it lives on the appeal.
    """

    _name = "gorod24.question"
    _description = "Question of an appeal"
    _inherit = ["gorod24.escalation.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "text"]

    appeal_id = fields.Many2one(
        "helpdesk.ticket", "Appeal", required=True, index=True, ondelete="restrict"
    )
    position = fields.Integer(default=1)
    name = fields.Char("Number", required=True, index=True)
    text = fields.Text("Citizen's words", index="trigram")
    topic_id = fields.Many2one(
        "helpdesk.ticket.category", "Topic", index=True, ondelete="restrict"
    )
    regime_id = fields.Many2one("gorod24.regime", ondelete="restrict")
    kind = fields.Selection(related="appeal_id.kind")

    building_id = fields.Many2one(
        "gorod24.building", index="btree_not_null", ondelete="restrict"
    )
    address_id = fields.Many2one("gorod24.address", "Street", ondelete="restrict")
    place_note = fields.Char(help="Where exactly: entrance, lamp post, crossing, yard.")
    district_id = fields.Many2one("gorod24.address", "District", ondelete="restrict")
    place = fields.Char(compute="_compute_place")

    participant_id = fields.Many2one("res.partner", "Participant", ondelete="restrict")
    section_id = fields.Many2one(
        "gorod24.section", index="btree_not_null", ondelete="restrict"
    )
    person_id = fields.Many2one(
        "res.partner", "Responsible person", ondelete="restrict"
    )
    route_reason = fields.Char("Why this participant")

    partner_id = fields.Many2one("res.partner", "Applicant", ondelete="restrict")
    phone_e164 = fields.Char("Contact phone")
    channel_id = fields.Many2one("helpdesk.ticket.channel", ondelete="restrict")
    operator_id = fields.Many2one(
        "res.users", "Operator", default=lambda self: self.env.uid, ondelete="restrict"
    )
    emergency = fields.Boolean()
    paid = fields.Boolean()

    state = fields.Selection(STATES, required=True, default="draft")
    outcome = fields.Selection(OUTCOMES)
    result_text = fields.Text("Result")
    registered_at = fields.Datetime()
    sent_at = fields.Datetime()
    accepted_at = fields.Datetime()
    done_at = fields.Datetime()
    closed_at = fields.Datetime()
    accept_due = fields.Datetime("Accept before")
    execution_due = fields.Datetime("Execute before")
    informing_due = fields.Datetime("Inform before")
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    referral_ids = fields.One2many("gorod24.referral", "question_id")
    referral_id = fields.Many2one(
        "gorod24.referral", "Current referral", ondelete="set null", copy=False
    )
    informing_ids = fields.One2many("gorod24.informing", "question_id")

    # History of a citizen, newest first (caller card).
    _partner_idx = models.Index("(partner_id, id DESC)")
    # Journal of a participant and of its section.
    _participant_idx = models.Index("(participant_id, id DESC)")
    # What is at work and when it falls due (control lists, sweeps).
    _due_idx = models.Index(
        "(execution_due) WHERE state IN ('registered', 'sent', 'accepted')"
    )
    _accept_due_idx = models.Index("(accept_due) WHERE state = 'sent'")
    _open_idx = models.Index("(state, id DESC) WHERE state != 'closed'")
    _registered_at_idx = models.Index("(registered_at)")
    _referral_idx = models.Index("(referral_id) WHERE referral_id IS NOT NULL")
    _position_uniq = models.Constraint(
        "UNIQUE (appeal_id, position)", "Two questions have the same position."
    )

    @api.depends("building_id", "address_id", "place_note")
    def _compute_place(self):
        for question in self:
            where = question.building_id or question.address_id
            parts = [where.display_name, question.place_note]
            question.place = ", ".join(filter(None, parts))

    @api.depends("state", *TERMS)
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for question in self:
            due = question._running_due()
            question.is_overdue = bool(due and due < now)

    def _is_settled_at_once(self):
        """Whether the citizen had his answer in the very conversation.

        Told from a notice, the question was done the moment it was registered; one who
        waits for its end has no answer yet. The same is said to the statistics in SQL.
        """
        self.ensure_one()
        told = self.outcome == "joined_notice" and self.done_at == self.registered_at
        return told or self.outcome in AT_ONCE

    def _running_due(self):
        """Return the term that is running now (UTC datetime) or False."""
        self.ensure_one()
        if self.state == "sent":
            terms = [self.accept_due, *(self[term] for term in WORK_TERMS)]
        elif self.state in ("registered", "accepted"):
            # nobody answers for it yet, but the law already counts
            terms = [self[term] for term in WORK_TERMS]
        elif self.state in ("done", "informing"):
            terms = [self.informing_due]
        else:
            terms = []
        return min(filter(None, terms), default=False)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        timed = ("registered", *AT_WORK)
        late = Domain.OR(Domain(term, "<", now) for term in WORK_TERMS)
        at_work = Domain("state", "in", timed) & late
        unaccepted = Domain("state", "=", "sent") & Domain("accept_due", "<", now)
        uninformed = Domain("state", "in", ("done", "informing")) & Domain(
            "informing_due", "<", now
        )
        return at_work | unaccepted | uninformed

    # Clocks ------------------------------------------------------------------

    def _clock_changed(self, kind, clocks):
        """Keep the indexed copy of the clocks' targets beside the questions."""
        field = {
            "acceptance": "accept_due",
            "execution": "execution_due",
            "informing": "informing_due",
        }.get(kind)
        if field:
            for question, clock in zip(self, clocks, strict=True):
                target = self._get_awaited_target(clock)
                question[field] = target
                if kind != "informing":
                    # The participant's journal shows the term as it is now.
                    question.referral_id[field] = target

    @api.model
    def _get_awaited_target(self, clock):
        """Return the moment (UTC) the clock asks for, False when it asks for nothing.

        A paused term stands still and a missed one that was excused is asked of nobody:
        neither is overdue. An ended term keeps the moment it was measured by.
        """
        if clock.state == "paused" or (clock.state == "running" and clock.excuse):
            return False
        return clock.target

    # CRUD --------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions.appeal_id._sync_state()
        return questions

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.appeal_id._sync_state()
        return result

    def action_open(self):
        """Open the question's own form."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
