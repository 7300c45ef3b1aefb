# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: named selections of a journal, one's own or shared, opened by one click."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

PERIODS = [
    ("any", "Any time"),
    ("today", "Today"),
    ("yesterday", "Yesterday"),
    ("week", "Last 7 days"),
    ("month", "This month"),
    ("last_month", "Last month"),
    ("year", "This year"),
    ("dates", "Given dates"),
]
#: Asked of the question as they are chosen.
_EXACT = ("district_id", "operator_id")


class JournalSelection(models.Model):
    """What to choose from a journal: period, marks, topic, place, people, words."""

    _name = "gorod24.journal.selection"
    _description = "Selection of a journal"
    _order = "is_shared desc, sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        default=lambda self: self.env.uid,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    is_shared = fields.Boolean("For everybody", help="All operators see the selection.")
    source = fields.Selection(
        [("question", "All questions"), ("referral", "Journals of services")],
        required=True,
        default="question",
        help="A journal of a service holds what was sent to it, refused requests too.",
    )
    period = fields.Selection(PERIODS, required=True, default="month")
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    only_open = fields.Boolean("Not closed")
    only_overdue = fields.Boolean("Overdue")
    only_emergency = fields.Boolean("Emergency")
    only_paid = fields.Boolean("Paid")
    only_repeated = fields.Boolean("Repeated")
    only_recurrence = fields.Boolean("Recurrence")
    topic_id = fields.Many2one(
        "helpdesk.ticket.category", "Topic or section", ondelete="cascade"
    )
    district_id = fields.Many2one(
        "gorod24.address",
        "District",
        domain=[("level", "=", "district")],
        ondelete="cascade",
    )
    operator_id = fields.Many2one("res.users", "Operator", ondelete="cascade")
    participant_id = fields.Many2one(
        "res.partner",
        "Participant",
        domain=[("is_participant", "=", True)],
        ondelete="cascade",
    )
    section_id = fields.Many2one("gorod24.section", ondelete="cascade")
    words = fields.Char("Words of the citizen")
    summary = fields.Char("What is chosen", compute="_compute_summary")

    @api.constrains("period", "date_from", "date_to")
    def _check_dates(self):
        for selection in self.filtered(lambda s: s.period == "dates"):
            if not (selection.date_from or selection.date_to):
                raise ValidationError(self.env._("Write at least one of the dates."))
            if (
                selection.date_from
                and selection.date_to
                and selection.date_from > selection.date_to
            ):
                raise ValidationError(
                    self.env._("The period must begin before it ends.")
                )

    @api.depends(
        "period",
        "date_from",
        "date_to",
        "only_open",
        "only_overdue",
        "only_emergency",
        "only_paid",
        "only_repeated",
        "only_recurrence",
        "topic_id",
        "district_id",
        "operator_id",
        "participant_id",
        "section_id",
        "words",
    )
    def _compute_summary(self):
        for selection in self:
            selection.summary = ", ".join(selection._get_summary_parts())

    def _get_summary_parts(self):
        """Return the chosen things in words, for the tile and the printed sheet."""
        self.ensure_one()
        marks = [
            self._fields[name]._description_string(self.env).lower()
            for name in self._fields
            if name.startswith("only_") and self[name]
        ]
        names = (
            "topic_id",
            "district_id",
            "participant_id",
            "section_id",
            "operator_id",
        )
        records = [self[name].display_name for name in names if self[name]]
        words = [f"«{self.words}»"] if self.words else []
        return [self._period_text(), *marks, *records, *words]

    def _period_text(self):
        if self.period != "dates":
            periods = self._fields["period"]._description_selection(self.env)
            return dict(periods)[self.period].lower()
        ends = (self.date_from, self.date_to)
        begin, end = (day.strftime("%d.%m.%Y") if day else "…" for day in ends)
        return f"{begin} – {end}"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sharing(any(vals.get("is_shared") for vals in vals_list))
        return super().create(vals_list)

    def write(self, vals):
        # taking a shared selection away from everybody is sharing as well
        self._check_sharing("is_shared" in vals or any(self.mapped("is_shared")))
        return super().write(vals)

    def _check_sharing(self, is_sharing):
        supervisor = "gorod24_appeals.group_supervisor"
        if is_sharing and not (self.env.su or self.env.user.has_group(supervisor)):
            raise AccessError(
                self.env._("Only a supervisor keeps selections for everybody.")
            )

    # What is chosen -----------------------------------------------------------------

    def _get_domain(self):
        """Return the domain on the model of the source."""
        self.ensure_one()
        question = self._get_question_domain()
        if self.source == "question":
            return self._get_period_domain("registered_at") & question
        own = Domain.TRUE
        if self.only_open:
            own &= Domain("state", "in", ("sent", "accepted"))
        if self.only_overdue:
            own &= Domain("is_overdue", "=", True)
        for name in ("participant_id", "section_id"):
            if self[name]:
                own &= Domain(name, "=", self[name].id)
        own &= self._get_period_domain("sent_at")
        if question.is_true():
            return own
        return own & Domain("question_id", "any", question)

    def _get_question_domain(self):
        """Return what is asked of the question itself."""
        domain = Domain.TRUE
        if self.source == "question":
            if self.only_open:
                domain &= Domain("state", "!=", "closed")
            if self.only_overdue:
                domain &= Domain("is_overdue", "=", True)
            for name in ("participant_id", "section_id"):
                if self[name]:
                    domain &= Domain(name, "=", self[name].id)
        for mark in ("emergency", "paid", "repeated", "recurrence"):
            if self[f"only_{mark}"]:
                domain &= Domain(mark, "=", True)
        if self.topic_id:
            domain &= Domain("topic_id", "child_of", self.topic_id.id)
        for name in _EXACT:
            if self[name]:
                domain &= Domain(name, "=", self[name].id)
        if self.words:
            domain &= Domain("search_words", "ilike", self.words)
        return domain

    def _get_period_domain(self, field):
        begin, end = self._get_days()
        begins = self.env["gorod24.journal"]._day_begins
        domain = Domain.TRUE
        if begin:
            domain &= Domain(field, ">=", begins(begin))
        if end:
            domain &= Domain(field, "<", begins(end + timedelta(days=1)))
        return domain

    def _get_days(self):
        """Return (first day, last day) in the days of the service; None is open."""
        now = self.env["gorod24.clock"]._to_local(fields.Datetime.now())
        today = now.date()
        first = today.replace(day=1)
        last_month_end = first - timedelta(days=1)
        return {
            "any": (None, None),
            "today": (today, None),
            "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
            "week": (today - timedelta(days=6), None),
            "month": (first, None),
            "last_month": (last_month_end.replace(day=1), last_month_end),
            "year": (today.replace(month=1, day=1), None),
            "dates": (self.date_from or None, self.date_to or None),
        }[self.period]

    # Actions ------------------------------------------------------------------------

    def action_open(self):
        """Open the journal with what the selection chooses."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"gorod24_appeals.gorod24_journal_{self.source}_action"
        )
        several = not (self.participant_id or self.section_id)
        context = {"journal_several": several}
        domain, whole = self._get_domain(), Domain.TRUE
        for name in ("participant_id", "section_id"):
            if self[name]:
                context[f"journal_{name}"] = self[name].id
                whole &= Domain(name, "=", self[name].id)
        # the figures of a journal are of all of it: above a part they would mislead
        context["journal_part"] = domain != whole
        return {
            **action,
            "name": self.name,
            "display_name": self.name,
            "domain": _plain(domain),
            "context": context,
            "path": False,
        }

    @api.model
    def get_for_list(self, source):
        """Return the menu of a journal's selections: [dict(id, name, summary)]."""
        found = self.search([("source", "=", source)], limit=40)
        return [
            {"id": one.id, "name": one.name, "summary": one.summary} for one in found
        ]


def _plain(domain):
    """Return a domain as lists all the way down, for the browser."""
    return [
        (item[0], item[1], _plain(item[2]))
        if isinstance(item, tuple) and isinstance(item[2], Domain)
        else item
        for item in domain
    ]
