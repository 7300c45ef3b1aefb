# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: two appeals about one thing. Questions keep their numbers: B/1 under A."""

from odoo import models
from odoo.exceptions import UserError

# They follow from the questions; after an undo they are derived anew if need be.
DERIVED = {
    "state",
    "stage_id",
    "closed_date",
    "last_stage_update",
    "unattended",
    "duration_tracking",
    "emergency",
    "paid",
}


class Merge(models.Model):
    _inherit = "gorod24.merge"

    def _check_mergeable(self, master, merged):
        result = super()._check_mergeable(master, merged)
        if master._name == "helpdesk.ticket":
            reason = self._get_apart_reason(master, merged)
            if reason:
                raise UserError(reason)
        return result

    def _get_apart_reason(self, master, merged):
        """Why the questions of one appeal cannot lie under the other one.

        Whom to tell, how, and at which flat is read from the appeal: a question must
        not change hands with it.
        """
        if (
            master.partner_id != merged.partner_id
            or (master.author_type == "anonymous")
            != (merged.author_type == "anonymous")
            or not master.partner_id
            and master.phone_e164 != merged.phone_e164
        ):
            return self.env._(
                "The appeals are of different persons. The same person known twice is"
                " united first; a neighbour's trouble is joined to the question that"
                " is at work."
            )
        if bool(master.converted_at) != bool(merged.converted_at):
            return self.env._(
                "Only one of the appeals is a written one: it has terms and an answer"
                " of its own."
            )
        if (
            master.building_id
            and master.building_id == merged.building_id
            and master.flat
            and merged.flat
            and master.flat != merged.flat
        ):
            return self.env._("The appeals are about different flats of one house.")
        return False

    def _is_moved(self, table, column):
        # Who saw which appeal stays true of the appeal he saw.
        return table != "gorod24_appeal_view" and super()._is_moved(table, column)

    def _move_own(self, master, merged):
        """Questions take the places after the last one of the appeal that stays."""
        super()._move_own(master, merged)
        if master._name != "helpdesk.ticket":
            return
        last = max(master.question_ids.mapped("position"), default=0)
        for question in merged.question_ids.sorted("position"):
            last += 1
            self._set_values(
                "gorod24_question",
                question.id,
                {"appeal_id": str(master.id), "position": str(last)},
            )

    def _prepare_master_vals(self, master, merged, values):
        values = super()._prepare_master_vals(master, merged, values)
        if master._name != "helpdesk.ticket":
            return values
        return {
            **values,
            "emergency": master.emergency or merged.emergency,
            "paid": master.paid or merged.paid,
        }

    def _after_merge(self, master, merged):
        super()._after_merge(master, merged)
        if master._name != "helpdesk.ticket":
            return
        # The stub is nobody's work any more.
        merged.with_context(tracking_disable=True).write(
            merged._prepare_state_vals("closed")
        )
        master._sync_state()
        note = self.env._(
            "Appeal %(merged)s is merged into %(master)s.",
            merged=merged.number,
            master=master.number,
        )
        self._get_moved_questions()._log_events("merged", note)

    def _get_moved_questions(self):
        lines = self.line_ids.filtered(
            lambda line: (line.model, line.field) == ("gorod24.question", "appeal_id")
        )
        return self.env["gorod24.question"].browse(lines.mapped("res_id")).exists()

    def _get_derived_columns(self, table):
        derived = super()._get_derived_columns(table)
        return derived | DERIVED if table == "helpdesk_ticket" else derived

    def _after_undo(self, master, merged):
        super()._after_undo(master, merged)
        if self.kind != "appeal":
            return
        (master + merged)._sync_state()
        note = self.env._(
            "The merge of %(merged)s into %(master)s is taken back.",
            merged=merged.number,
            master=master.number,
        )
        self._get_moved_questions()._log_events("merged", note)
