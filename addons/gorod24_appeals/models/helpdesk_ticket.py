# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.gorod24_classifier.models.typed import typed_in

from ..finding import MIN_PHONE_DIGITS
from .gorod24_question import TERMS

STATES = [
    ("draft", "Draft"),
    ("registered", "Registered"),
    ("in_work", "At work"),
    ("to_inform", "To inform"),
    ("closed", "Closed"),
]
KINDS = [
    ("proposal", "Proposal"),
    ("application", "Application"),
    ("complaint", "Complaint"),
    ("info_request", "Information request"),
    ("gratitude", "Gratitude"),
    ("service", "Service request"),
    ("not_appeal", "Not an appeal"),
]
AUTHORS = [
    ("individual", "Individual"),
    ("collective", "Collective"),
    ("anonymous", "Anonymous"),
    ("organisation", "From an organisation"),
]
# States of the questions, from the one that decides first.
_DECIDES = [
    ("in_work", {"sent", "accepted"}),
    ("registered", {"draft", "registered"}),
    ("to_inform", {"done", "informing"}),
    ("closed", {"closed"}),
]
_STAGES = {
    "registered": "helpdesk_mgmt.helpdesk_ticket_stage_new",
    "in_work": "helpdesk_mgmt.helpdesk_ticket_stage_in_progress",
    "to_inform": "helpdesk_mgmt.helpdesk_ticket_stage_awaiting",
    "closed": "helpdesk_mgmt.helpdesk_ticket_stage_done",
}


# What the citizen was told, or his letter says: noted once, with the registration.
REGISTERED = {"number", "received_at"}
# Derived from the questions or written by methods, never typed in.
DERIVED = REGISTERED | {
    "active",
    "state",
    "registered_at",
    "converted_at",
    "converted_by_id",
    "answer_address",
    "answer_email",
    "merged_into_id",
    "blank_id",
    "entered_at",
    "entered_by_id",
}
# What a form sends of a new record anyway.
UNTOUCHED = {"state": "draft", "active": True, "number": "/"}


class HelpdeskTicket(models.Model):
    """The appeal: one contact of one citizen, made of questions."""

    _inherit = "helpdesk.ticket"
    # The base order (priority, sequence, number) sorts the whole table on every list.
    _order = "id desc"
    # The base lets whoever reads a ticket post on it: a manager only reads.
    _mail_post_access = "write"

    state = fields.Selection(STATES, default="draft", required=True, copy=False)
    kind = fields.Selection(KINDS, default="application")
    author_type = fields.Selection(AUTHORS, default="individual")
    phone_e164 = fields.Char("Contact phone")
    card_uid = fields.Char(
        copy=False,
        groups="base.group_system",
        help="Names the filled card: sending it again gives the same appeal.",
    )
    phone_search = fields.Char(
        "Phone", compute="_compute_phone_search", search="_search_phone"
    )
    building_id = fields.Many2one("gorod24.building", "House", ondelete="restrict")
    flat = fields.Char()
    address_note = fields.Char()
    address_text = fields.Char(
        "Address at the time of the call",
        help="Kept as it was told, whatever happens to the person's address later.",
    )
    emergency = fields.Boolean()
    paid = fields.Boolean()
    repeated = fields.Boolean(help="The same person asked about the same topic before.")
    registered_at = fields.Datetime(copy=False)
    question_ids = fields.One2many("gorod24.question", "appeal_id", copy=False)
    question_count = fields.Integer(compute="_compute_question_count")
    topic_ids = fields.Many2many(
        "helpdesk.ticket.category",
        string="Topics",
        compute="_compute_from_questions",
    )
    participant_ids = fields.Many2many(
        "res.partner", string="Participants", compute="_compute_from_questions"
    )
    execution_due = fields.Datetime("Due", compute="_compute_from_questions")
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_from_questions", search="_search_is_overdue"
    )

    partner_id = fields.Many2one(index=True)
    category_id = fields.Many2one(index=True)
    channel_id = fields.Many2one(index="btree_not_null")
    # An operator is told a number and types it: exact, and unique by law of counting.
    _number_uidx = models.UniqueIndex(
        "(number) WHERE number != '/'", "Another appeal has this number."
    )
    _card_uid_uidx = models.UniqueIndex(
        "(card_uid) WHERE card_uid IS NOT NULL", "This card has been saved already."
    )
    _phone_idx = models.Index("(phone_e164) WHERE phone_e164 IS NOT NULL")
    _phone_trgm_idx = models.Index(
        "USING gin (phone_e164 gin_trgm_ops) WHERE phone_e164 IS NOT NULL"
    )
    # "Today", "this month" in the journal of appeals.
    _registered_at_idx = models.Index("(registered_at)")
    _state_idx = models.Index("(state, id DESC) WHERE state != 'closed'")
    _name_trgm_idx = models.Index("USING gin (name gin_trgm_ops)")
    # The search box and name_search ask "number ilike … or name ilike …".
    _number_trgm_idx = models.Index("USING gin (number gin_trgm_ops)")
    # The last digits alone, whatever the year: «123» of 2026-000123.
    _number_tail_idx = models.Index("(ltrim(split_part(number, '-', -1), '0'))")
    _history_idx = models.Index("(partner_id, id DESC)")

    @api.depends("phone_e164")
    def _compute_phone_search(self):
        for appeal in self:
            appeal.phone_search = appeal.phone_e164

    @api.model
    def _search_phone(self, operator, value):
        """Find by a number in any spelling: exact, so that an index serves it."""
        if operator not in ("=", "ilike"):
            return NotImplemented
        number = self.env["gorod24.phone"]._normalise(value)
        if number:
            return [("phone_e164", "=", number)]
        digits = re.sub(r"\D", "", value or "")
        if len(digits) < MIN_PHONE_DIGITS:
            return [(0, "=", 1)]
        patterns = self.env["gorod24.phone"]._get_patterns(digits)
        return Domain.OR(Domain("phone_e164", "=like", like) for like in patterns)

    @api.depends("question_ids")
    def _compute_question_count(self):
        for appeal in self:
            appeal.question_count = len(appeal.question_ids)

    @api.depends(
        "question_ids.topic_id",
        "question_ids.participant_id",
        "question_ids.execution_due",
        "question_ids.state",
    )
    def _compute_from_questions(self):
        # Read at once, and only, what the assignments below would read one by one.
        self.question_ids.fetch(
            [
                "topic_id",
                "participant_id",
                "state",
                *TERMS,
            ]
        )
        self.question_ids.topic_id.mapped("active")
        self.question_ids.participant_id.mapped("active")
        for appeal in self:
            questions = appeal.question_ids
            dues = [question._running_due() for question in questions]
            appeal.topic_ids = questions.topic_id
            appeal.participant_ids = questions.participant_id
            appeal.execution_due = min(filter(None, dues), default=False)
            appeal.is_overdue = any(questions.mapped("is_overdue"))

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("question_ids", "any", [("is_overdue", "=", True)])]

    def _sync_state(self):
        """Derive the state of the appeals from the states of their questions.

        It runs by the system: an officer of a participant finishes a question without
        any right on the appeal.
        """
        for appeal in self.sudo():
            state = appeal._derive_state()
            if state and state != appeal.state:
                appeal.with_context(tracking_disable=True).write(
                    appeal._prepare_state_vals(state)
                )

    def _derive_state(self):
        states = set(self.question_ids.mapped("state"))
        return next((state for state, having in _DECIDES if having & states), False)

    def _prepare_state_vals(self, state):
        """Return what changes on the appeal together with its state. Hook."""
        vals = {"state": state}
        stage_id = self._get_stage_id(state)
        if stage_id and self.stage_id.id != stage_id:
            vals["stage_id"] = stage_id
        return vals

    @api.model
    def _get_stage_id(self, state):
        """Return the id of the stage a state is shown in, False when deleted."""
        data = self.env["ir.model.data"]
        return data._xmlid_to_res_id(_STAGES[state], raise_if_not_found=False)

    def _prepare_ticket_number(self, values):
        """Number appeals by year, in the service's own sequence."""
        return self.env["ir.sequence"].next_by_code(
            "gorod24.appeal"
        ) or super()._prepare_ticket_number(values)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_derived(typed_in(self, DERIVED, vals_list, UNTOUCHED))
        # The base writes the number into the caller's dict.
        return super().create([dict(vals) for vals in vals_list])

    def write(self, vals):
        self._check_derived(vals)
        # The base writes into the caller's dict and never clears the closing date.
        vals = dict(vals)
        if vals.get("stage_id"):
            stage = self.env["helpdesk.ticket.stage"].browse(vals["stage_id"])
            if not stage.closed and "closed_date" not in vals:
                vals["closed_date"] = False
        return super().write(vals)

    def _check_derived(self, names):
        """:raises AccessError: when a user sets what only methods set."""
        if self.env.su or DERIVED.isdisjoint(names := set(names)):
            return
        if "active" in names:
            raise AccessError(
                self.env._("An appeal is not put away: it is closed or merged.")
            )
        if REGISTERED & names:
            raise AccessError(
                self.env._(
                    "The number of an appeal and when it came are noted at its "
                    "registration."
                )
            )
        raise AccessError(self.env._("The state of an appeal follows its questions."))

    def copy(self, default=None):
        # The base copies one ticket at a time only, and gives it a number by hand.
        default = {"number": "/", **(default or {})}
        copies = self.browse()
        for appeal in self:
            copies += super(HelpdeskTicket, appeal).copy(dict(default))
        return copies
