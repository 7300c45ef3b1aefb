# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..blank_form import Labels, format_serial, render

MAX_SHEETS = 200
# Any number: it names the lock under which sheets are numbered.
NUMBERING_LOCK = 24_000_024
EMPTY_ROW = (("", 1),)


class BlankBatch(models.Model):
    """Sheets printed together: a range of numbers, and what came back of it."""

    _name = "gorod24.blank.batch"
    _description = "Batch of paper blanks"
    _order = "id desc"
    _rec_name = "serials"

    first_number = fields.Integer(required=True, readonly=True)
    last_number = fields.Integer(required=True, readonly=True)
    serials = fields.Char("Numbers", compute="_compute_serials")
    note = fields.Char("For which workplace", readonly=True)
    printed_by_id = fields.Many2one(
        "res.users", "Printed by", required=True, readonly=True, ondelete="restrict"
    )
    printed_at = fields.Datetime("Printed at", required=True, readonly=True)
    blank_ids = fields.One2many("gorod24.blank", "batch_id", "Sheets")
    sheet_count = fields.Integer("Sheets printed", compute="_compute_counts")
    issued_count = fields.Integer("Not returned", compute="_compute_counts")
    entered_count = fields.Integer("Entered", compute="_compute_counts")
    written_off_count = fields.Integer("Written off", compute="_compute_counts")
    pdf = fields.Binary("File to print", compute="_compute_pdf")

    @api.depends("first_number", "last_number")
    def _compute_serials(self):
        for batch in self:
            numbers = [batch.first_number, batch.last_number]
            batch.serials = " … ".join(format_serial(n) for n in numbers if n)

    @api.depends("blank_ids.state")
    def _compute_counts(self):
        counts = {
            (batch, state): count
            for batch, state, count in self.env["gorod24.blank"]._read_group(
                [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
            )
        }
        for batch in self:
            batch.issued_count = counts.get((batch, "issued"), 0)
            batch.entered_count = counts.get((batch, "entered"), 0)
            batch.written_off_count = counts.get((batch, "spoiled"), 0) + counts.get(
                (batch, "lost"), 0
            )
            batch.sheet_count = batch.last_number - batch.first_number + 1

    @api.depends("first_number", "last_number")
    @api.depends_context("lang")
    def _compute_pdf(self):
        for batch in self:
            numbers = range(batch.first_number, batch.last_number + 1)
            serials = [format_serial(number) for number in numbers]
            batch.pdf = base64.b64encode(render(serials, batch._get_labels()))

    @api.model
    def _issue(self, count, note=""):
        """Number ``count`` new sheets and return their batch.

        :raises UserError: when the count makes no sense.
        """
        if not self.env.user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("Only operators print blanks."))
        if not 1 <= count <= MAX_SHEETS:
            raise UserError(
                self.env._("Print 1 to %(limit)s blanks at once.", limit=MAX_SHEETS)
            )
        # One numbering at a time: ranges of two batches never overlap.
        self.env.execute_query(SQL("SELECT pg_advisory_xact_lock(%s)", NUMBERING_LOCK))
        # sudo: sheets are numbered by this door only
        last = self.sudo().search([], order="last_number desc", limit=1).last_number
        batch = self.sudo().create(
            {
                "first_number": last + 1,
                "last_number": last + count,
                "note": (note or "").strip() or False,
                "printed_by_id": self.env.uid,
                "printed_at": fields.Datetime.now(),
            }
        )
        batch.blank_ids.create(
            [
                {"batch_id": batch.id, "number": number}
                for number in range(last + 1, last + count + 1)
            ]
        )
        return batch.sudo(False)

    def action_print(self):
        """Open the file with the sheets; printed again, it has the same numbers."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "target": "new",
            "url": f"/web/content/{self._name}/{self.id}/pdf/blanks-{self.id}.pdf",
        }

    @api.model
    def _get_labels(self):
        """Return the words on the sheet, in the language of the user."""
        return Labels(
            title=self.env._("Appeal taken on paper"),
            service=self.env._(
                "City hotline. Fill in while the program does not work."
            ),
            rows=self._get_head_rows(),
            choices=self._get_head_choices(),
            question=self.env._("Question"),
            question_rows=self._get_question_rows(),
            question_choices=((self.env._("Marks"), self._get_marks()),),
            footer=(
                (
                    (self.env._("Entered into the program: number"), 0.6),
                    (self.env._("when"), 0.4),
                ),
                ((self.env._("Entered by"), 0.6), (self.env._("Signature"), 0.4)),
            ),
            hint=self.env._(
                "Every sheet counts: enter it or hand it to the supervisor."
            ),
        )

    @api.model
    def _get_head_rows(self):
        return (
            (
                (self.env._("Date and time of the call"), 0.5),
                (self.env._("Taken by"), 0.5),
            ),
            ((self.env._("Applicant: full name"), 1),),
            ((self.env._("Phone"), 0.45), (self.env._("Other phone, e-mail"), 0.55)),
            (
                (self.env._("Street"), 0.55),
                (self.env._("House"), 0.2),
                (self.env._("Flat"), 0.25),
            ),
            (
                (self.env._("Entrance, landmark"), 0.6),
                (self.env._("Number of people"), 0.4),
            ),
        )

    @api.model
    def _get_head_choices(self):
        kinds = (
            self.env._("application"),
            self.env._("complaint"),
            self.env._("proposal"),
            self.env._("question"),
            self.env._("gratitude"),
        )
        authors = (
            self.env._("individual"),
            self.env._("collective"),
            self.env._("organisation"),
            self.env._("anonymous"),
            self.env._("for another"),
        )
        ways = (self.env._("call"), self.env._("e-mail"), self.env._("not needed"))
        return (
            (self.env._("Kind"), kinds),
            (self.env._("Author"), authors),
            (self.env._("Tell the result"), ways),
        )

    @api.model
    def _get_question_rows(self):
        return (
            ((self.env._("What happened, in the citizen's words"), 1),),
            EMPTY_ROW,
            EMPTY_ROW,
            ((self.env._("Place, if another"), 1),),
            ((self.env._("Topic"), 0.5), (self.env._("Participant"), 0.5)),
            ((self.env._("What was answered, to whom it was passed"), 1),),
        )

    @api.model
    def _get_marks(self):
        return (
            self.env._("emergency"),
            self.env._("paid"),
            self.env._("answered in the call"),
            self.env._("passed on by telephone"),
        )
