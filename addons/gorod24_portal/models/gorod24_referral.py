# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what a participant may see and do with a referral."""

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain

# What a participant may read of a referral by itself, also through the API. The
# question, the appeal and the citizen are shown by `_get_portal_values` only.
PORTAL_FIELDS = frozenset(
    {
        "id",
        "state",
        "section_id",
        "sent_at",
        "accept_due",
        "execution_due",
        "restore_due",
        "localise_due",
        "accepted_at",
        "planned_at",
        "visit_note",
        "localised_at",
        "localised_note",
        "refused_at",
        "refusal_reason",
        "done_at",
        "outcome_claimed",
        "result_text",
        "cost",
        "emergency",
        "paid",
        "is_overdue",
        "is_mine",
        "role",
        "way",
        "ending",
        "ended_at",
        "held_seconds",
        "create_date",
        "write_date",
    }
)


class Referral(models.Model):
    _inherit = "gorod24.referral"

    # Stored for the order and the tabs of the journal.
    emergency = fields.Boolean(
        related="question_id.emergency", store=True, precompute=True
    )
    paid = fields.Boolean(related="question_id.paid", store=True, precompute=True)
    is_mine = fields.Boolean(
        "In my journal",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="The user is now a member of the section, or a head of the participant.",
    )
    notify_pending = fields.Boolean(export_string_translation=False)

    # The letters waiting to be made.
    _notify_idx = models.Index("(id) WHERE notify_pending")

    @api.depends("section_id", "participant_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        sections, participants = self.env.user._get_journal_scope()
        for referral in self:
            referral.is_mine = (
                referral.section_id in sections
                or referral.participant_id in participants
            )

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        sections, participants = self.env.user._get_journal_scope()
        return Domain("section_id", "in", sections.ids) | Domain(
            "participant_id", "in", participants.ids
        )

    @api.model
    def _has_field_access(self, field, operation):
        """Leave to a participant the fields of PORTAL_FIELDS, for reading."""
        allowed = super()._has_field_access(field, operation)
        # asked a thousand times for a page of a journal: groups of the user come last
        if not allowed or self.env.su:
            return allowed
        if operation == "read" and field.name in PORTAL_FIELDS:
            return True
        return not self.env.user._is_participant()

    def _field_to_sql(self, alias, field_expr, query=None):
        """Bar also the fields that lead elsewhere.

        The ORM asks a field taken over from another record (``text`` of the question)
        about access to that record only: sums and groups would tell what reading does
        not.
        """
        self._check_own_field(field_expr)
        return super()._field_to_sql(alias, field_expr, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Bar groups by lists of records, which the ORM joins without asking."""
        self._check_own_field(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _check_own_field(self, expression):
        if not self.env.su:
            field = self._fields.get(expression.split(".")[0].split(":")[0])
            if field:
                self._check_field_access(field, "read")

    # Work -------------------------------------------------------------------------

    def _get_workers(self):
        """Add the heads of the participant, who work for all its sections."""
        # sudo: membership is only compared with the user himself
        sections = self.sudo().participant_id.section_ids
        return super()._get_workers() | sections._get_users("head")

    def _lock_rows(self):
        """Wait for a colleague who works the same request at this very moment.

        When he commits, this transaction cannot go on; Odoo repeats it, and it finds
        his work done: the second officer is told who was first, not "try again".
        """
        try:
            return super()._lock_rows()
        except LockError:
            self.env.cr.execute("SET LOCAL lock_timeout = '3s'")
            self.env.cr.execute(
                "SELECT id FROM gorod24_referral WHERE id IN %s FOR UPDATE",
                [tuple(self.ids)],
                log_exceptions=False,
            )
            return super()._lock_rows()

    def _already_message(self):
        """Name the colleague and the moment, in the time of the service."""
        self.ensure_one()
        who, when = {
            "accepted": (self.accepted_by_id, self.accepted_at),
            "refused": (self.refused_by_id, self.refused_at),
            "done": (self.done_by_id, self.done_at),
        }.get(self.state, (False, False))
        if not who:
            return self.env._("The hotline has withdrawn this request.")
        values = {"who": who.name, "when": self._format_moment(when)}
        if self.state == "accepted":
            return self.env._("Already accepted: %(who)s, %(when)s.", **values)
        if self.state == "refused":
            return self.env._("Already refused: %(who)s, %(when)s.", **values)
        return self.env._(
            "The result is already reported: %(who)s, %(when)s.", **values
        )

    def action_done(self, result_text, outcome, attachment_ids=None, cost=0.0):
        """Report the result.

        :raises UserError: also when a file does not belong to this very referral (it
            would open other people's files through the page).
        """
        if attachment_ids and not self.env.su:
            self._check_own_files(attachment_ids)
        return super().action_done(result_text, outcome, attachment_ids, cost)

    def _check_own_files(self, attachment_ids):
        self.ensure_one()
        # sudo: the officer may not read attachments; only their owner is compared
        files = self.env["ir.attachment"].sudo().browse(attachment_ids).exists()
        strange = files.filtered(
            lambda file: (file.res_model, file.res_id) != (self._name, self.id)
        )
        if strange or len(files) != len(set(attachment_ids)):
            raise UserError(self.env._("A file does not belong to this request."))
