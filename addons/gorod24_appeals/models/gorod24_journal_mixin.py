# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the columns of the journal of a section (form F14), the same for the list on
the screen, the printed sheet and the workbook."""

from odoo import api, fields, models

from ..phone_number import pretty

#: How many rows are read at once while a long journal is written out.
BATCH = 1000
#: Columns of form F14 and the shares of the sheet they take.
COLUMNS = (
    ("number", 8),
    ("moment", 6),
    ("caller", 11),
    ("address", 10),
    ("problem", 15),
    ("urgency", 7),
    ("paid", 5),
    ("given_to", 9),
    ("accepted", 6),
    ("done", 6),
    ("note", 12),
    ("signature", 5),
)
LINE_FIELDS = ("participant_id", "section_id", "person_id", "accepted_at", "done_at")
QUESTION_FIELDS = (
    "name",
    "appeal_id",
    "topic_id",
    "text",
    "building_id",
    "address_id",
    "place_note",
    "partner_id",
    "phone_e164",
    "emergency",
    "paid",
)


class JournalMixin(models.AbstractModel):
    """Adds the columns to a model whose records are lines of a journal.

    The model says where the question is (`_journal_question`), when the line began
    (`_journal_moment`) and what is noted (`_journal_note_parts`).
    """

    _name = "gorod24.journal.mixin"
    _description = "Columns of a journal"

    # sudo: the columns are told to whoever may read the line itself and these fields
    # of it; participants are refused the fields (gorod24_portal). Asking the rights of
    # each record of each table anew costs a third of the page.
    journal_caller = fields.Char(
        "Caller", compute="_compute_journal", compute_sudo=True
    )
    journal_address = fields.Char(
        "Address", compute="_compute_journal", compute_sudo=True
    )
    journal_problem = fields.Char(
        "Problem", compute="_compute_journal", compute_sudo=True
    )
    journal_urgency = fields.Char(
        "Urgency", compute="_compute_journal", compute_sudo=True
    )
    journal_given_to = fields.Char(
        "Given to", compute="_compute_journal", compute_sudo=True
    )
    journal_note = fields.Char("Note", compute="_compute_journal", compute_sudo=True)

    @api.model
    def _journal_depends(self):
        """Fields the columns follow. Hook: a model adds the path to its question."""
        return []

    @api.depends(lambda self: self._journal_depends())
    @api.depends_context("journal_several", "lang")
    def _compute_journal(self):
        urgencies = dict(self._journal_urgencies())
        self._journal_fetch()
        for line in self:
            question = line._journal_question()
            urgency = "emergency" if question.emergency else question.topic_id.urgency
            line.journal_caller = line._journal_caller(question)
            line.journal_address = line._journal_address(question)
            line.journal_problem = ": ".join(
                filter(None, [question.topic_id.name, question.text])
            )
            line.journal_urgency = urgencies.get(urgency, "")
            line.journal_given_to = line._journal_given_to()
            line.journal_note = "; ".join(filter(None, line._journal_note_parts()))

    def _journal_fetch(self):
        """Read just what the columns need, each table once.

        Left to itself the ORM reads every column of every record it touches: a page
        of a journal then costs thrice as much.
        """
        self.fetch([*LINE_FIELDS, *self._journal_own_fields()])
        questions = self._journal_question()
        questions.fetch(QUESTION_FIELDS)
        questions.appeal_id.fetch(["flat", "building_id"])
        questions.topic_id.fetch(["name", "urgency"])
        questions.building_id.fetch(["house", "street_id"])
        streets = questions.building_id.street_id | questions.address_id
        streets.fetch(["name", "type_name"])
        (questions.partner_id | self.person_id | self.participant_id).fetch(["name"])
        self.section_id.fetch(["name"])

    @api.model
    def _journal_own_fields(self):
        """Fields the last column is made of. Hook."""
        return []

    @api.model
    def _journal_urgencies(self):
        return (
            self.env["helpdesk.ticket.category"]
            ._fields["urgency"]
            ._description_selection(self.env)
        )

    def _journal_question(self):
        """Return the question of the line. Hook."""
        return self

    def _journal_moment(self):
        """Return when the line came into the journal (UTC). Hook."""
        return self.registered_at

    def _journal_note_parts(self):
        """Return the texts of the last column. Hook."""
        return []

    def _journal_given_to(self):
        """Section and person; the service too where several are in one journal."""
        names = [self.section_id.name, self.person_id.name]
        if self.env.context.get("journal_several") or not any(names):
            names.insert(0, self.participant_id.name)
        return ", ".join(filter(None, names))

    def _journal_caller(self, question):
        name = question.partner_id.name or self.env._("not introduced")
        return ", ".join(filter(None, [name, pretty(question.phone_e164 or "")]))

    def _journal_address(self, question):
        flat = question.appeal_id.flat if question._is_home() else ""
        return ", ".join(
            filter(
                None,
                [question.place, flat and self.env._("flat %(flat)s", flat=flat)],
            )
        )

    # Written out ------------------------------------------------------------------

    @api.model
    def _journal_columns(self):
        """Return the columns of form F14 in their order: [(key, title, share)].

        :return: the share is of the width of the sheet, all together 100
        """
        titles = [
            self.env._("No."),
            self.env._("Date, time"),
            self.env._("Caller"),
            self.env._("Address"),
            self.env._("Problem"),
            self.env._("Urgency"),
            self.env._("Paid"),
            self.env._("Given to"),
            self.env._("Accepted"),
            self.env._("Done"),
            self.env._("Note"),
            self.env._("Signature"),
        ]
        return [
            (key, title, share)
            for (key, share), title in zip(COLUMNS, titles, strict=True)
        ]

    def _get_journal_rows(self):
        """Yield the lines as written in the journal, in the order of the records.

        :return: iterator of dict by keys of `_journal_columns`; moments are naive
            datetimes in the time of the service, None when not yet come
        """
        several = len(self.mapped("participant_id")) > 1
        whole = self.with_context(journal_several=several)
        for start in range(0, len(self), BATCH):
            lines = whole[start : start + BATCH].with_prefetch()
            for line in lines:
                yield line._prepare_journal_row()
            # 50,000 lines read at once would not fit into the memory of a worker
            lines.invalidate_recordset()
            lines._journal_question().invalidate_recordset()

    def _prepare_journal_row(self):
        self.ensure_one()

        local = self.env["gorod24.clock"]._to_local
        question = self._journal_question()
        return {
            "number": question.name,
            "moment": local(self._journal_moment()),
            "caller": self.journal_caller,
            "address": self.journal_address,
            "problem": self.journal_problem,
            "urgency": self.journal_urgency,
            "paid": self.env._("yes") if question.paid else "",
            "given_to": self.journal_given_to,
            "accepted": local(self.accepted_at),
            "done": local(self.done_at),
            "note": self.journal_note,
            "signature": "",
        }
