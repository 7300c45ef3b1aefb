# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the question as a line of the journal of the hotline."""

from odoo import api, fields, models


class Question(models.Model):
    _name = "gorod24.question"
    _inherit = ["gorod24.question", "gorod24.journal.mixin"]

    author_type = fields.Selection(related="appeal_id.author_type")

    # Marks few questions have: chosen in the index, newest first.
    _repeated_idx = models.Index("(id DESC) WHERE repeated IS TRUE")
    _recurrence_mark_idx = models.Index("(id DESC) WHERE recurrence IS TRUE")
    # Selections of what is open in a district: chosen in the index alone.
    _district_open_idx = models.Index(
        "(district_id, id DESC) INCLUDE (registered_at, state, accept_due,"
        " execution_due, restore_due, localise_due, informing_due)"
        " WHERE state != 'closed'"
    )

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Choose the page first, by ids alone, and read its rows then.

        Asked for all columns at once, the database reads thousands of rows from the
        table to choose fifty; ids it chooses in an index.
        """
        if not limit or (field_names is not None and not field_names):
            return super().search_fetch(domain, field_names, offset, limit, order)
        page = self.search(domain, offset=offset, limit=limit, order=order)
        page.fetch(field_names)
        return page

    def _journal_depends(self):
        return [
            "text",
            "topic_id",
            "place",
            "partner_id",
            "phone_e164",
            "participant_id",
            "section_id",
            "person_id",
            "emergency",
            "outcome",
            "result_text",
        ]

    def _journal_own_fields(self):
        return ["registered_at", "outcome", "result_text"]

    def _journal_note_parts(self):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        return [outcomes.get(self.outcome), self.result_text]
