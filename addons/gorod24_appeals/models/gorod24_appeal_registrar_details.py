# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what the card tells beyond topic and place, checked on the server."""

from odoo import models
from odoo.exceptions import UserError

from ..extra_answer import ASKED, AnswerError, read_value

IDS = ("answer_id", "navigator_id", "complained_id")


class AppealRegistrarDetails(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check_form(self, values, questions):
        result = super()._check_form(values, questions)
        for point in questions:
            right = all(isinstance(point.get(key) or 0, int) for key in IDS)
            extra = point.get("extra") or {}
            right = right and isinstance(extra, dict)
            if not right or (point.get("helped") or None) not in (None, "yes", "no"):
                raise UserError(self.env._("The card is not filled in properly."))
        return result

    def _check(self, values, questions):
        result = super()._check(values, questions)
        for position, point in enumerate(questions, 1):
            self._check_told(point)
            self._check_complained(point)
            point["extra"] = self._read_extra(point, position)
        return result

    def _check_told(self, point):
        """Only texts approved and services shown today are told to citizens."""
        for model, key in (
            ("gorod24.answer", "answer_id"),
            ("gorod24.navigator", "navigator_id"),
        ):
            record = self._browse(model, point.get(key))
            if record and not record.filtered_domain(record._get_offered_domain()):
                raise UserError(
                    self.env._(
                        "“%(name)s” is not offered any more: choose another answer.",
                        name=record.display_name,
                    )
                )

    def _check_complained(self, point):
        complained = self._browse("res.partner", point.get("complained_id"))
        if not complained:
            return
        if not complained.is_participant:
            raise UserError(
                self.env._("Complaint: choose a participant from the directory.")
            )
        chosen = self._browse("res.partner", point.get("participant_id"))
        if chosen and chosen._is_same_organisation(complained):
            raise UserError(self.env["gorod24.question"]._complained_message(chosen))

    # Extra questions ----------------------------------------------------------------

    def _read_extra(self, point, position):
        """Return the typed answers to the extra questions of the topic.

        :raises UserError: naming the question and what is wrong with its answer.
        """
        given = point.get("extra")
        if not given:
            return {}
        topic = self._browse("helpdesk.ticket.category", point["topic_id"])
        asked = {
            item["name"]: item
            for item in topic.extra_definition or ()
            if item["type"] in ASKED
        }
        values = {}
        for name, raw in given.items():
            if name not in asked:
                raise UserError(
                    self.env._(
                        "Question %(position)s: the topic asks something else now."
                        " Choose the topic again.",
                        position=position,
                    )
                )
            value = self._read_extra_value(asked[name], raw, position)
            if value is not None:
                values[name] = value
        return values

    def _read_extra_value(self, item, raw, position):
        options = [option[0] for option in item.get("selection") or ()]
        try:
            return read_value(item["type"], options, raw)
        except AnswerError as error:
            raise UserError(
                self.env._(
                    "Question %(position)s, “%(label)s”: %(wrong)s",
                    position=position,
                    label=item.get("string") or item["name"],
                    wrong=self._get_answer_error(error.code),
                )
            ) from error

    def _get_answer_error(self, code):
        return {
            "text": self.env._("write a text."),
            "long": self.env._("the text is too long."),
            "number": self.env._("write a number."),
            "whole": self.env._("write a whole number."),
            "date": self.env._("choose a date."),
            "yes_no": self.env._("answer yes or no."),
            "choice": self.env._("choose from the list."),
        }[code]

    # Values -------------------------------------------------------------------------

    def _is_to_send(self, point):
        """What did not help settles nothing."""
        return super()._is_to_send(point) or point.get("helped") == "no"

    def _is_answered(self, point, regime):
        return super()._is_answered(point, regime) or self._is_told(point)

    def _is_told(self, point):
        """A text or a service settles the question unless it is sent all the same."""
        told = point.get("answer_id") or point.get("navigator_id")
        return bool(
            told and not point.get("participant_id") and not self._is_to_send(point)
        )

    def _resolve(self, values, point):
        resolved = super()._resolve(values, point)
        answer = self._browse("gorod24.answer", point.get("answer_id"))
        service = self._browse("gorod24.navigator", point.get("navigator_id"))
        if resolved["answer_text"] == "" and (answer or service):
            resolved["answer_text"] = answer.offered_text or service._get_told_text()
        if service:
            resolved["answer_outcome"] = "navigated"
        return dict(
            resolved,
            answer=answer,
            service=service,
            helped=point.get("helped") or False,
            complained_id=point.get("complained_id") or False,
            extra=point.get("extra") or False,
        )

    def _prepare_question_vals(self, appeal, position, point):
        return dict(
            super()._prepare_question_vals(appeal, position, point),
            # Given even when empty: the ORM would look the topic up otherwise.
            extra=point["extra"],
            complained_id=point["complained_id"],
            answer_id=point["answer"].id,
            navigator_id=point["service"].id,
            helped=point["helped"],
        )

    def _create_questions(self, appeal, points):
        questions = super()._create_questions(appeal, points)
        for question, point in zip(questions, points, strict=True):
            if point["answer"]:
                point["answer"].record_use(
                    point["answer"].id, question, point["helped"]
                )
            if point["service"]:
                point["service"].record_use(point["service"].id, question)
        return questions
