# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a citizen who joined somebody's question waits for it as its author does.

His own question is closed in the books, but to him, who calls again, it is at work.
"""

from odoo import api, models

from .gorod24_caller_card import HISTORY_LIMIT
from .gorod24_caller_card_person import PROGRESS
from .gorod24_question_marks import JOINED, UNFINISHED


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def _get_awaited(self, question):
        """The question whose result a joined one waits for, empty when none."""
        main = question.joined_to_id if question._is_joined() else question.browse()
        return main.filtered(lambda one: one.state in UNFINISHED)

    def _history_vals(self, question):
        """A joined question shows how far the work has come, not that it is closed."""
        vals = super()._history_vals(question)
        main = self._get_awaited(question)
        if main:
            vals.update(
                state=main.state,
                state_label=self._label(main, "state"),
                outcome_label="",
                progress=PROGRESS.get(main.state, 0),
            )
        return vals

    def _to_inform_vals(self, informing):
        main = informing.question_id._get_told()
        vals = super()._to_inform_vals(informing)
        return vals | {"outcome_label": self._label(main, "outcome")}

    def _promises_of(self, partners, known):
        """What was joined is promised, too."""
        self._add_joined(partners, known)
        return super()._promises_of(partners, known)

    def _add_joined(self, partners, known):
        """Add to the open questions those the persons have joined.

        The line leads to the person's own appeal; the work, its term and whatever joins
        once more belong to the main question.
        """
        joined = self.env["gorod24.question"].search(
            [
                ("partner_id", "in", partners.ids),
                ("state", "=", "closed"),
                ("outcome", "in", JOINED),
                ("joined_to_id.state", "in", UNFINISHED),
            ],
            limit=HISTORY_LIMIT,
        )
        seen = {item["id"] for item in known["open_questions"]}
        for question in joined:
            main = question.joined_to_id
            if main.id not in seen:
                seen.add(main.id)
                own = {"appeal_id": question.appeal_id.id, "name": question.name}
                known["open_questions"].append(self._open_vals(main) | own)
