# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the citizen rates the answer and may want it considered again.

Resolution 1802: the applicant rates the answer to his message and may send it to repeat
consideration. The operator notes what the platform shows.
"""

from odoo import fields, models
from odoo.exceptions import UserError

BEST = 5
PLATFORM = "platform"


class Question(models.Model):
    _inherit = "gorod24.question"

    answer_rating = fields.Integer(
        "Rating of the answer", aggregator="avg", copy=False, help="From 1 to 5."
    )
    rated_at = fields.Datetime("Rated", copy=False)
    rated_words = fields.Text("Words of the rating", copy=False)

    _rating_check = models.Constraint(
        "CHECK (COALESCE(answer_rating, 0) BETWEEN 0 AND 5)",
        "The rating is a number from 1 to 5.",
    )

    def action_rate(self, rating, words="", again=False):
        """Note the rating of the answer; on the citizen's wish consider it again.

        :param again: a new control period begins, as for any question reopened
        :raises UserError: for another number, without an answer to rate, or when he
            wants it considered again and does not say why
        """
        self.ensure_one()
        words = self._clean_reason(words, required=bool(again))
        if type(rating) is not int or not 1 <= rating <= BEST:
            raise UserError(self.env._("The rating is a number from 1 to 5."))
        question = self._lock_for_control()
        if not question.regime_id._is_of(PLATFORM):
            raise UserError(
                self.env._("Only messages of the feedback platform are rated so.")
            )
        if question.state not in ("done", "informing", "closed"):
            raise UserError(self.env._("There is no answer to rate yet."))
        question.write(
            {
                "answer_rating": rating,
                "rated_at": fields.Datetime.now(),
                "rated_words": words or False,
            }
        )
        note = self.env._("Rating of the answer: %(rating)s of 5", rating=rating)
        question._log_events("note", ". ".join(filter(None, [note, words])))
        if again:
            question._consider_again(words)
        return True

    def _consider_again(self, words):
        self._cancel_informing()
        reason = self.env._(
            "Repeat consideration, the citizen writes: %(words)s", words=words
        )
        self._start_period(reason, "reopened", "reopened")
