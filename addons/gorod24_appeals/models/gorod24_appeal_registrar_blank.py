# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: appeals taken on paper while the program did not work.

The appeal was registered when the citizen spoke; the participant could not know before
it was entered. So the term of work runs from the conversation, and the term to accept
from the entry.
"""

from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Clocks on the wall and in the computer differ a little.
LATENESS = timedelta(minutes=5)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    blank_id = fields.Many2one(
        "gorod24.blank",
        "Paper blank",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    entered_at = fields.Datetime("Entered from paper at", readonly=True, copy=False)
    entered_by_id = fields.Many2one(
        "res.users", "Entered by", readonly=True, copy=False, ondelete="restrict"
    )


class Question(models.Model):
    _inherit = "gorod24.question"

    def _dispatch(self, start=None, *args, **kwargs):
        """Nobody held a question before it was entered from paper."""
        late = self.filtered(lambda question: question._is_entered_late(start))
        referrals = super(Question, self - late)._dispatch(start, *args, **kwargs)
        for question in late:
            entered = question.appeal_id.entered_at
            referrals += super(Question, question)._dispatch(entered, *args, **kwargs)
        return referrals

    def _is_entered_late(self, start):
        self.ensure_one()
        entered = self.appeal_id.entered_at
        return bool(entered and start and start == self.registered_at)

    def _get_execution_start(self, start):
        """The term of work runs from the conversation, not from the entry."""
        if self.appeal_id.entered_at and start == self.appeal_id.entered_at:
            return self.registered_at
        return super()._get_execution_start(start)


class AppealRegistrar(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check(self, values, questions):
        result = super()._check(values, questions)
        # Whatever the browser sent under this key is replaced.
        values["blank"] = self._read_blank(values)
        return result

    @api.model
    def _read_blank(self, values):
        """Return dict(blank, contact_at, taken_by) of a card from paper, or None.

        :param values: blank_serial, contact_at (ISO or the server's format, UTC) and
            taken_by_id of the card.
        :raises UserError: when one of them is missing or makes no sense.
        """
        if not values.get("blank_serial"):
            return None
        blank = self.env["gorod24.blank"]._find(values["blank_serial"])
        blank.lock_for_update()
        blank.invalidate_recordset()
        blank._check_issued()
        return {
            "blank": blank,
            "contact_at": self._check_contact_at(values.get("contact_at")),
            "taken_by": self._check_taken_by(values.get("taken_by_id")),
        }

    @api.model
    def _check_contact_at(self, moment):
        """Return the true moment of the conversation, naive UTC."""
        if isinstance(moment, str):
            try:
                moment = datetime.fromisoformat(moment)
            except ValueError:
                moment = None
        if not isinstance(moment, datetime):
            raise UserError(self.env._("Write when the citizen called."))
        if moment.tzinfo:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        moment = moment.replace(microsecond=0)
        now, days = fields.Datetime.now(), self._get_blank_days()
        if moment > now + LATENESS:
            raise UserError(self.env._("The conversation cannot be in the future."))
        if moment < now - timedelta(days=days):
            raise UserError(
                self.env._(
                    "The conversation is more than %(days)s days old. Check the date "
                    "on the blank.",
                    days=days,
                )
            )
        return min(moment, now)

    @api.model
    def _get_blank_days(self):
        # Reading a setting: no personal data behind this sudo.
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param("gorod24.blank_days", "14")
        return int(text) if text.isdigit() and int(text) else 14

    @api.model
    def _check_taken_by(self, user_id):
        user = self.env["res.users"].browse(user_id or self.env.uid)
        # sudo: the groups of users are not for everybody's eyes
        taken = isinstance(user_id or 0, int) and user.exists()
        if not taken or not user.sudo().has_group("gorod24_appeals.group_operator"):
            raise UserError(self.env._("Choose the operator who took the call."))
        return user

    def _prepare_appeal_vals(self, values, partner, number, points):
        vals = super()._prepare_appeal_vals(values, partner, number, points)
        paper = values.get("blank")
        if paper:
            vals.update(
                registered_at=paper["contact_at"],
                user_id=paper["taken_by"].id,
                blank_id=paper["blank"].id,
                entered_at=fields.Datetime.now(),
                entered_by_id=self.env.uid,
            )
        return vals

    def _create_appeal(self, values, partner, number, points):
        appeal = super()._create_appeal(values, partner, number, points)
        if values.get("blank"):
            values["blank"]["blank"]._on_entered(appeal)
        return appeal

    def _prepare_question_vals(self, appeal, position, point):
        vals = super()._prepare_question_vals(appeal, position, point)
        if appeal.entered_at:
            vals["operator_id"] = appeal.user_id.id
        return vals
