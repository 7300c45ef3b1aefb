# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..staffing import Absence, find_cycle


class Gorod24SectionAbsence(models.Model):
    """Days on which a member is away, and who works in his role meanwhile.

    Why somebody is ill is nobody's business here: the reasons name no health.
    """

    _name = "gorod24.section.absence"
    _description = "Absence of a Section Member"
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    member_id = fields.Many2one(
        "gorod24.section.member", required=True, index=True, ondelete="cascade"
    )
    section_id = fields.Many2one(
        related="member_id.section_id", store=True, index=True, precompute=True
    )
    participant_id = fields.Many2one(
        related="member_id.participant_id", store=True, precompute=True
    )
    user_id = fields.Many2one(
        related="member_id.user_id",
        store=True,
        precompute=True,
        string="Absent",
    )
    role = fields.Selection(related="member_id.role")
    date_from = fields.Date(
        string="First day",
        required=True,
        default=lambda self: self.env["gorod24.section.member"]._get_today(),
    )
    date_to = fields.Date(string="Last day", required=True)
    substitute_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        help="Works in the role of the absent one on these days and sees the journal "
        "of the section only then.",
    )
    reason = fields.Selection(
        [
            ("vacation", "Vacation"),
            ("trip", "Business trip"),
            ("shift", "Change of shift"),
            ("other", "Other"),
        ],
        required=True,
        default="vacation",
    )
    note = fields.Char()
    is_running = fields.Boolean(
        string="Absent today",
        compute="_compute_is_running",
        search="_search_is_running",
    )

    # Who is away today at a participant; for whom does a user stand in today.
    _participant_idx = models.Index("(participant_id, date_to)")
    _substitute_idx = models.Index("(substitute_id, date_to)")
    _check_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "An absence cannot end before it begins."
    )
    # The last guard when two people write at once, looked at when the transaction ends
    # so that `_check_overlap` may name the days; int4range, as gist has no equality
    # of integers without an extension.
    _overlap_excl = models.Constraint(
        "EXCLUDE USING gist (int4range(member_id, member_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&) DEFERRABLE INITIALLY DEFERRED",
        "This member is already marked absent on some of these days.",
    )

    @api.depends("date_from", "date_to")
    def _compute_is_running(self):
        today = self.env["gorod24.section.member"]._get_today()
        for absence in self:
            absence.is_running = bool(
                absence.date_from
                and absence.date_to
                and absence.date_from <= today <= absence.date_to
            )

    @api.model
    def _search_is_running(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_running_domain()

    @api.depends("user_id", "date_from", "date_to")
    def _compute_display_name(self):
        for absence in self:
            absence.display_name = f"{absence.user_id.name or ''}, {absence._days()}"

    def _days(self):
        """The days in words: 01.03.2026 – 14.03.2026."""
        days = [self.date_from, self.date_to]
        return " – ".join(format_date(self.env, day) for day in days if day)

    @api.model
    def _get_running_domain(self, date=None):
        """Domain of the absences on a day (today by default)."""
        date = date or self.env["gorod24.section.member"]._get_today()
        return Domain("date_to", ">=", date) & Domain("date_from", "<=", date)

    # Checks -----------------------------------------------------------------------

    @api.constrains("member_id", "date_from", "date_to")
    def _check_overlap(self):
        for absence in self:
            other = self.search(
                Domain("member_id", "=", absence.member_id.id)
                & Domain("date_from", "<=", absence.date_to)
                & Domain("date_to", ">=", absence.date_from)
                & Domain("id", "!=", absence.id),
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(name)s is already marked absent in these days: %(days)s. "
                        "Change that absence instead of adding another.",
                        name=absence.user_id.name,
                        days=other._days(),
                    )
                )

    @api.constrains("member_id", "date_from", "date_to", "substitute_id")
    def _check_substitute(self):
        for absence in self:
            substitute = absence.substitute_id
            if not substitute:
                continue
            values = {"name": substitute.name, "absent": absence.user_id.name}
            if substitute == absence.user_id:
                raise ValidationError(
                    self.env._("%(name)s cannot stand in for himself.", **values)
                )
            # sudo: the staff of a participant includes users of other companies
            if substitute not in absence.participant_id.sudo()._get_staff():
                raise ValidationError(
                    self.env._(
                        "%(name)s does not work for %(participant)s and cannot stand "
                        "in for %(absent)s. Choose a user of this participant.",
                        participant=absence.participant_id.name,
                        **values,
                    )
                )
            absence._check_ring()

    def _check_ring(self):
        """Refuse that people stand in for each other in a circle."""
        others = self.search(
            Domain("participant_id", "=", self.participant_id.id)
            & Domain("date_from", "<=", self.date_to)
            & Domain("date_to", ">=", self.date_from)
            & Domain("id", "!=", self.id)
        )
        ring = find_cycle([other._as_plain() for other in others], self._as_plain())
        if not ring:
            return
        people = [link.absent_id for link in ring] + [ring[0].absent_id]
        names = [user.name for user in map(self.env["res.users"].browse, people)]
        raise ValidationError(
            self.env._(
                "Nobody would be left from %(first)s to %(last)s: %(ring)s. Choose "
                "another substitute.",
                first=format_date(self.env, ring[0].date_from),
                last=format_date(self.env, ring[0].date_to),
                ring=" → ".join(names),
            )
        )

    def _as_plain(self):
        """The record as `staffing.Absence`."""
        self.ensure_one()
        return Absence(
            self.member_id.id,
            self.user_id.id,
            self.substitute_id.id or None,
            self.date_from,
            self.date_to,
        )
