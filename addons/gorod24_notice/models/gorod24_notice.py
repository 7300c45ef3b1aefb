# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gorod24_classifier.models.typed import typed_in

TYPES = [
    ("emergency", "Emergency"),
    ("planned", "Planned works"),
    ("incident", "Incident"),
    ("information", "Information"),
]
STATES = [
    ("draft", "Draft"),
    ("active", "Active"),
    ("finished", "Finished"),
    ("cancelled", "Cancelled"),
]
ENDED = ("finished", "cancelled")
MAX_TEXT = 600
# These change by the methods of gorod24_notice_course only.
BY_METHOD = frozenset(
    {
        "number",
        "state",
        "published_at",
        "published_by_id",
        "actual_to",
        "closing_text",
        "ended_at",
        "ended_by_id",
    }
)
# What follows from other fields, and who entered it: never typed.
BY_PROGRAM = frozenset({"starts_at", "due_at", "places_text", "author_id"})
# What was said to citizens about the end is moved with a reason, never retyped.
BY_PROLONGATION = frozenset({"planned_to", "expected_at"})
CONTENT = frozenset(
    {
        "name",
        "type",
        "service_id",
        "topic_id",
        "cause",
        "text",
        "participant_id",
        "place_ids",
        "planned_from",
        "actual_from",
        *BY_PROLONGATION,
    }
)
# Lines of places are written with their notice, which is checked as a whole.
IN_NOTICE = "gorod24_notice_whole"


class Notice(models.Model):
    """What happens in a place for a time: an outage, works, an announcement.

    While it is active it is told to everybody who calls from its places, and their
    questions are joined to it. Its state changes by methods only.
    """

    _name = "gorod24.notice"
    _description = "Notice"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_names_search = ["name", "number"]

    number = fields.Char(readonly=True, copy=False)
    name = fields.Char(
        "What happened", required=True, tracking=True, help="In a few words: no water."
    )
    type = fields.Selection(TYPES, required=True, default="emergency", tracking=True)
    service_id = fields.Many2one(
        "gorod24.notice.service", required=True, ondelete="restrict", tracking=True
    )
    topic_id = fields.Many2one(
        "helpdesk.ticket.category",
        "Topic of calls",
        compute="_compute_topic_id",
        store=True,
        readonly=False,
        domain=[("is_topic", "=", True)],
        ondelete="restrict",
        help="Under it calls are counted unless the operator has named another one.",
    )
    participant_id = fields.Many2one(
        "res.partner",
        "Source",
        compute="_compute_participant_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain=[("is_participant", "=", True)],
        ondelete="restrict",
        tracking=True,
        help="The participant who gave the notice.",
    )
    cause = fields.Char(tracking=True)
    text = fields.Text(
        "Text to read aloud",
        tracking=True,
        help="Two or three plain sentences without the term: it is added by itself. "
        "The voice menu reads the first sentence.",
    )
    place_ids = fields.One2many("gorod24.notice.place", "notice_id", "Places")
    places_text = fields.Char(
        "Where", compute="_compute_places_text", store=True, tracking=True
    )

    planned_from = fields.Datetime("Planned beginning", tracking=True)
    planned_to = fields.Datetime("Planned end", copy=False, tracking=True)
    actual_from = fields.Datetime("Actual beginning", copy=False, tracking=True)
    actual_to = fields.Datetime("Actual end", copy=False, readonly=True, tracking=True)
    expected_at = fields.Datetime(
        "Expected end",
        copy=False,
        tracking=True,
        help="When it is expected to be over, as the source says now.",
    )
    prolongation_ids = fields.One2many(
        "gorod24.notice.prolongation", "notice_id", "Moved terms", readonly=True
    )
    starts_at = fields.Datetime(
        "Begins", compute="_compute_starts_at", store=True, precompute=True
    )
    due_at = fields.Datetime(
        "To end by", compute="_compute_due_at", store=True, precompute=True
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    author_id = fields.Many2one(
        "res.users",
        "Entered by",
        default=lambda self: self.env.uid,
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", "Published by", readonly=True, copy=False, ondelete="restrict"
    )
    closing_text = fields.Text(
        "Told at the end",
        readonly=True,
        copy=False,
        help="What citizens who wait are told when it is over.",
    )
    ended_at = fields.Datetime("Ended: noted at", readonly=True, copy=False)
    ended_by_id = fields.Many2one(
        "res.users", "Ended by", readonly=True, copy=False, ondelete="restrict"
    )

    # What has to end, the most urgent first (shift page).
    _due_idx = models.Index("(due_at) WHERE state = 'active'")
    _draft_idx = models.Index("(due_at) WHERE state = 'draft'")
    _number_uidx = models.UniqueIndex(
        "(number) WHERE number IS NOT NULL", "There is such a notice already."
    )
    _planned_check = models.Constraint(
        "CHECK (planned_to IS NULL OR planned_from IS NULL"
        " OR planned_to > planned_from)",
        "The planned end must come after the planned beginning.",
    )
    _actual_check = models.Constraint(
        "CHECK (actual_to IS NULL OR actual_from IS NULL OR actual_to >= actual_from)",
        "It cannot have ended before it began.",
    )

    @api.depends("service_id")
    def _compute_topic_id(self):
        for notice in self:
            usual = notice.service_id.topic_id
            if usual and notice._is_from_service("topic_id"):
                notice.topic_id = usual

    # Apart from the topic: a source given at once would keep it from being computed.
    @api.depends("service_id")
    def _compute_participant_id(self):
        """Put in the usual source; a notice somebody gave stays his."""
        for notice in self:
            usual = notice.service_id.participant_id
            given = notice.author_id.share or notice.state not in (False, "draft")
            kept = given and notice.participant_id
            if usual and not kept and notice._is_from_service("participant_id"):
                notice.participant_id = usual

    def _is_from_service(self, name):
        """Whether nobody has chosen a value: there is none, or a service puts it in."""
        value = self[name]
        services = self.env["gorod24.notice.service"].with_context(active_test=False)
        return not value or bool(
            services.search_count([(name, "=", value.id)], limit=1)
        )

    @api.depends("place_ids.label")
    def _compute_places_text(self):
        for notice in self:
            labels = filter(None, notice.place_ids.mapped("label"))
            notice.places_text = "; ".join(labels)

    @api.depends("planned_from", "actual_from")
    def _compute_starts_at(self):
        for notice in self:
            notice.starts_at = notice.actual_from or notice.planned_from

    @api.depends("planned_to", "expected_at")
    def _compute_due_at(self):
        for notice in self:
            notice.due_at = notice.expected_at or notice.planned_to

    @api.depends("state", "due_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for notice in self:
            due = notice.due_at if notice.state == "active" else False
            notice.is_overdue = bool(due and due < now)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "active"), ("due_at", "<", fields.Datetime.now())]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = " ".join(filter(None, [notice.number, notice.name]))

    # CRUD ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            usual = {"state": "draft", "author_id": self.env.uid}
            names = BY_METHOD | BY_PROGRAM
            self._check_by_method(typed_in(self, names, vals_list, usual))
        sequence = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            # sudo: a counter, whoever enters a notice
            vals["number"] = sequence.next_by_code("gorod24.notice")
        return super().create(vals_list)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_write(vals)
        # its lines are looked at together: a new one may replace the last of the old
        result = super(Notice, self.with_context(**{IN_NOTICE: True})).write(vals)
        if CONTENT & set(vals):
            self._check_told()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for notice in self:
            if notice.published_at or notice.state != "draft":
                raise UserError(
                    self.env._(
                        "Notice %(number)s was told to citizens: it is finished or "
                        "cancelled, not deleted.",
                        number=notice.number,
                    )
                )

    # Checks -------------------------------------------------------------------------

    @api.model
    def _check_by_method(self, names):
        """:raises UserError: when a person sets what only the program sets."""
        names = set(names)
        refuse_typed(self, BY_PROGRAM & names)
        if BY_METHOD & names:
            raise UserError(
                self.env._("The state of a notice is changed with its buttons.")
            )

    def _check_write(self, vals):
        """Refuse by hand what only methods do, and any change of what has ended.

        :raises UserError: saying what to do instead.
        """
        self._check_by_method(vals)
        for notice in self:
            if notice.state in ENDED and CONTENT & set(vals):
                raise UserError(
                    self.env._(
                        "Notice %(number)s is over: enter a new one.",
                        number=notice.number,
                    )
                )
            if notice.state == "active" and BY_PROLONGATION & set(vals):
                raise UserError(
                    self.env._(
                        "The term of notice %(number)s was told to citizens: move it "
                        "with the button and a reason.",
                        number=notice.number,
                    )
                )

    @api.constrains("text")
    def _check_text(self):
        for notice in self:
            if len(notice.text or "") > MAX_TEXT:
                raise UserError(
                    self.env._(
                        "The text to read aloud is longer than %(limit)s characters: "
                        "nobody listens that long.",
                        limit=MAX_TEXT,
                    )
                )


def refuse_typed(model, names):
    """:raises UserError: naming the field that a person fills in for the program."""
    for name in sorted(names):
        raise UserError(
            model.env._(
                "“%(field)s” is filled in by the program itself.",
                field=model._fields[name]._description_string(model.env),
            )
        )
