# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date


class Gorod24Agreement(models.Model):
    """Соглашение об информационном обмене: which data a participant may see, when."""

    _name = "gorod24.agreement"
    _description = "Data Exchange Agreement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "valid_from desc, id desc"
    _rec_names_search = ["number", "participant_id.name"]

    participant_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_participant", "=", True)],
        tracking=True,
    )
    number = fields.Char(required=True, tracking=True)
    date = fields.Date(string="Signed on", required=True)
    valid_from = fields.Date(
        string="In force since",
        required=True,
        default=lambda self: self._get_today(),
        tracking=True,
    )
    valid_to = fields.Date(
        string="In force until",
        tracking=True,
        help="The last day; empty: until it is terminated.",
    )
    field_ids = fields.Many2many(
        "gorod24.agreement.field",
        string="Data the participant may see",
        default=lambda self: self._default_field_ids(),
        tracking=True,
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Signed document", bypass_search_access=True
    )
    note = fields.Text()
    user_id = fields.Many2one(
        "res.users",
        string="Kept by",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Is reminded before the agreement expires.",
    )
    remind_days = fields.Integer(
        string="Remind, days before", default=30, help="0: no reminder."
    )
    reminded_for = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    state = fields.Selection(
        [
            ("future", "Not yet in force"),
            ("active", "In force"),
            ("expiring", "Expires soon"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    active = fields.Boolean(default=True)

    _number_uniq = models.UniqueIndex(
        "(participant_id, number, date)", "This agreement is already registered."
    )
    _expiry_idx = models.Index("(valid_to) WHERE active")
    _check_dates = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_to >= valid_from)",
        "An agreement cannot expire before it comes into force.",
    )
    _check_remind = models.Constraint(
        "CHECK (remind_days BETWEEN 0 AND 366)", "Remind from 0 to 366 days before."
    )
    # The last guard when two people write at once; see the absences.
    _overlap_excl = models.Constraint(
        "EXCLUDE USING gist (int4range(participant_id, participant_id, '[]') WITH &&,"
        " daterange(valid_from, valid_to, '[]') WITH &&) WHERE (active)"
        " DEFERRABLE INITIALLY DEFERRED",
        "This participant has another agreement in force on some of these days.",
    )

    @api.model
    def _get_today(self):
        return self.env["gorod24.section.member"]._get_today()

    @api.model
    def _default_field_ids(self):
        return self.env["gorod24.agreement.field"].search(
            [("code", "in", list(self.env["res.partner"].MINIMAL_FIELDS))]
        )

    @api.depends("number", "date")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = self.env._(
                "No. %(number)s of %(date)s",
                number=agreement.number or "—",
                date=format_date(self.env, agreement.date) or "—",
            )

    @api.depends("valid_from", "valid_to", "remind_days")
    def _compute_state(self):
        today = self._get_today()
        for agreement in self:
            agreement.state = agreement._get_state(today)

    def _get_state(self, today):
        if self.valid_from and self.valid_from > today:
            return "future"
        if not self.valid_to:
            return "active"
        if self.valid_to < today:
            return "expired"
        soon = today + timedelta(days=self.remind_days)
        return "expiring" if self.valid_to <= soon else "active"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._get_today()
        begun = Domain("valid_from", "<=", today)
        expired = Domain("valid_to", "<", today)
        soon = Domain("id", "in", self._search_expiring(today))
        domains = {
            "future": Domain("valid_from", ">", today),
            "expired": expired,
            "expiring": begun & soon,
            "active": begun & ~expired & ~soon,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _search_expiring(self, today):
        """Ids of agreements to be reminded of (each has its own number of days)."""
        dated = self.with_context(active_test=False).search(
            [("valid_to", ">=", today), ("valid_to", "<=", today + timedelta(days=366))]
        )
        return dated.filtered(
            lambda a: a.valid_to <= today + timedelta(days=a.remind_days)
        ).ids

    @api.constrains("participant_id", "valid_from", "valid_to", "active")
    def _check_overlap(self):
        for agreement in self.filtered("active"):
            ends = Domain("valid_to", "=", False)
            ends |= Domain("valid_to", ">=", agreement.valid_from)
            domain = Domain("participant_id", "=", agreement.participant_id.id) & ends
            domain &= Domain("id", "!=", agreement.id)
            if agreement.valid_to:
                domain &= Domain("valid_from", "<=", agreement.valid_to)
            other = self.search(domain, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(participant)s already has agreement %(other)s in force on "
                        "these days (%(days)s). End it the day before, then it is "
                        "clear which one holds.",
                        participant=agreement.participant_id.name,
                        other=other.display_name,
                        days=other._days(),
                    )
                )

    def _days(self):
        self.ensure_one()
        if not self.valid_to:
            return self.env._(
                "since %(day)s", day=format_date(self.env, self.valid_from)
            )
        days = (self.valid_from, self.valid_to)
        return " – ".join(format_date(self.env, day) for day in days)

    def _is_in_force(self, date):
        """Whether the agreement holds on a day."""
        self.ensure_one()
        return self.valid_from <= date and (not self.valid_to or date <= self.valid_to)

    # Work -------------------------------------------------------------------------

    def action_renew(self):
        """Open a new agreement that follows this one, with the same data opened."""
        self.ensure_one()
        if not self.valid_to:
            raise UserError(
                self.env._(
                    "This agreement has no last day. Write the day it ends, then make "
                    "the next one."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Next agreement"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_participant_id": self.participant_id.id,
                "default_valid_from": self.valid_to + timedelta(days=1),
                "default_field_ids": [Command.set(self.field_ids.ids)],
                "default_user_id": self.user_id.id,
                "default_remind_days": self.remind_days,
            },
        }

    @api.model
    def _cron_remind(self):
        """Remind the keeper once of each agreement that expires soon.

        An agreement already followed by another needs nobody's attention.
        """
        today = self._get_today()
        for agreement in self.browse(self._search_expiring(today)):
            if not agreement.active or agreement.reminded_for == agreement.valid_to:
                continue
            agreement.reminded_for = agreement.valid_to
            if agreement.remind_days and not agreement._has_successor():
                agreement._remind()

    def _has_successor(self):
        next_day = self.valid_to + timedelta(days=1)
        others = self.participant_id.agreement_ids - self
        return any(other._is_in_force(next_day) for other in others)

    def _remind(self):
        keeper = self.user_id if self.user_id.active else self._get_any_curator()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.valid_to,
            summary=self.env._("The agreement expires"),
            note=self.env._(
                "After %(day)s officers of %(participant)s will see the minimum only. "
                "Sign the next agreement and register it.",
                day=format_date(self.env, self.valid_to),
                participant=self.participant_id.name,
            ),
            user_id=keeper.id or self.env.uid,
        )

    def _get_any_curator(self):
        group = self.env.ref("gorod24_classifier.group_classifier_curator")
        return group.all_user_ids.filtered(lambda u: u.active and not u.share)[:1]
