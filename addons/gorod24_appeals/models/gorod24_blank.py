# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..blank_form import format_serial, parse_serial

STATES = [
    ("issued", "Not returned"),
    ("entered", "Entered"),
    ("spoiled", "Spoiled"),
    ("lost", "Lost"),
]


class Blank(models.Model):
    """One numbered sheet: it is entered, or written off with a reason."""

    _name = "gorod24.blank"
    _description = "Paper blank of an appeal"
    _order = "number"
    _rec_name = "serial"

    number = fields.Integer(required=True, readonly=True)
    serial = fields.Char("Number of the blank", compute="_compute_serial")
    batch_id = fields.Many2one(
        "gorod24.blank.batch", required=True, readonly=True, index=True
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="issued")
    appeal_id = fields.Many2one(
        "helpdesk.ticket",
        "Appeal",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    ended_by_id = fields.Many2one(
        "res.users", "Entered or written off by", readonly=True, ondelete="restrict"
    )
    ended_at = fields.Datetime("Entered or written off at", readonly=True)
    reason = fields.Char("Why it was written off", readonly=True)

    _number_uniq = models.Constraint("UNIQUE (number)", "This blank exists already.")
    _appeal_uidx = models.UniqueIndex(
        "(appeal_id) WHERE appeal_id IS NOT NULL", "The appeal has a blank already."
    )
    _issued_idx = models.Index("(number) WHERE state = 'issued'")

    @api.depends("number")
    def _compute_serial(self):
        for blank in self:
            blank.serial = format_serial(blank.number) if blank.number else ""

    @api.depends("number")
    def _compute_display_name(self):
        for blank in self:
            blank.display_name = blank.serial

    @api.model
    def _find(self, serial):
        """Return the sheet of a number typed from paper.

        :raises UserError: when there is a slip in it, or no such sheet was printed.
        """
        number = parse_serial(serial if isinstance(serial, str) else "")
        if not number:
            raise UserError(
                self.env._(
                    "“%(serial)s” is not the number of a blank: check the digits.",
                    serial=serial or "",
                )
            )
        blank = self.search([("number", "=", number)], limit=1)
        if not blank:
            raise UserError(
                self.env._(
                    "Blank %(serial)s was never printed.", serial=format_serial(number)
                )
            )
        return blank

    def _check_issued(self):
        """Refuse a sheet that was entered or written off.

        :raises UserError: saying what became of it.
        """
        self.ensure_one()
        if self.state == "entered":
            raise UserError(
                self.env._(
                    "Blank %(serial)s has been entered already: appeal %(number)s.",
                    serial=self.serial,
                    number=self.appeal_id.number,
                )
            )
        if self.state != "issued":
            raise UserError(
                self.env._(
                    "Blank %(serial)s was written off: %(reason)s.",
                    serial=self.serial,
                    reason=self.reason,
                )
            )

    def _on_entered(self, appeal):
        self.ensure_one()
        # sudo: sheets change by their methods only
        self.sudo().write(
            {
                "state": "entered",
                "appeal_id": appeal.id,
                "ended_by_id": self.env.uid,
                "ended_at": fields.Datetime.now(),
            }
        )

    def action_write_off(self, state, reason):
        """Write sheets off as spoiled or lost. Supervisors only.

        :raises UserError: without a reason, or when a sheet is not open any more.
        """
        if not self.env.user.has_group("gorod24_appeals.group_supervisor"):
            raise AccessError(self.env._("Only supervisors write blanks off."))
        reason = (reason or "").strip()
        if state not in ("spoiled", "lost") or not reason:
            raise UserError(self.env._("Write what happened to the blank."))
        self.lock_for_update()
        for blank in self:
            blank._check_issued()
        # sudo: sheets change by their methods only
        self.sudo().write(
            {
                "state": state,
                "reason": reason[:250],
                "ended_by_id": self.env.uid,
                "ended_at": fields.Datetime.now(),
            }
        )
        return True
