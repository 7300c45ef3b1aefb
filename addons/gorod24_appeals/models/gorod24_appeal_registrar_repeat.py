# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: repeated calls and recurrences are marked; a contact may join a question."""

from odoo import models
from odoo.exceptions import UserError

from .gorod24_question_marks import DUPLICATE


class AppealRegistrarRepeat(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check_form(self, values, questions):
        result = super()._check_form(values, questions)
        if not all(isinstance(point.get("join_id") or 0, int) for point in questions):
            raise UserError(self.env._("The card is not filled in properly."))
        return result

    def _check_place(self, values, point, position):
        """The place of a joined contact is known from the question it joins."""
        if not point.get("join_id"):
            return super()._check_place(values, point, position)

    def _resolve(self, values, point):
        main = self._browse("gorod24.question", point.get("join_id"))
        if main:
            main = main._get_joinable()
            # The same place, participant and topic: it is the same trouble.
            point = dict(
                point,
                topic_id=main.topic_id.id,
                building_id=main.building_id.id,
                address_id=main.address_id.id,
                participant_id=False,
                extra=False,
            )
        return dict(super()._resolve(values, point), main=main)

    def _choose_route(self, topic, building, street, point):
        if not point.get("join_id"):
            return super()._choose_route(topic, building, street, point)
        main = self._browse("gorod24.question", point["join_id"])._get_joinable()
        return {
            "participant_id": main.participant_id.id,
            "section_id": main.section_id.id,
            "person_id": main.person_id.id,
            "reason": main.route_reason,
        }

    def _is_answered(self, point, regime):
        return not point.get("join_id") and super()._is_answered(point, regime)

    def _is_repeated(self, partner, points):
        """Mark every point; an appeal is repeated when one of its questions is."""
        Question = self.env["gorod24.question"]
        for point in points:
            repeat = Question._find_repeat(partner, point["topic"])
            recurrence = Question._find_recurrence(point["building"], point["topic"])
            point["repeated"] = bool(repeat)
            point["recurrence"] = bool(recurrence)
            point["repeat_of"] = point["main"] or repeat or recurrence
        return any(point["repeated"] for point in points)

    def _prepare_appeal_vals(self, values, partner, number, points):
        vals = super()._prepare_appeal_vals(values, partner, number, points)
        vals["recurrence"] = any(point["recurrence"] for point in points)
        return vals

    def _prepare_question_vals(self, appeal, position, point):
        return dict(
            super()._prepare_question_vals(appeal, position, point),
            repeated=point["repeated"],
            recurrence=point["recurrence"],
            repeat_of_id=point["repeat_of"].id,
            joined_to_id=point["main"].id,
        )

    def _create_questions(self, appeal, points):
        questions = super()._create_questions(appeal, points)
        now = appeal.registered_at
        for question in questions.filtered("joined_to_id"):
            question._close(now, outcome=DUPLICATE)
        return questions
