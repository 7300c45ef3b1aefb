# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the card says that a question is told, or joined, by a notice."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.gorod24_appeals.models.gorod24_appeal_registrar import CardError

from .gorod24_question import JOINED_NOTICE


class AppealRegistrar(models.AbstractModel):
    """A question of a card may have, beside what the registrar reads:

    notice_id: the notice it is about; notice_waits: the citizen wants to be told when
    it is over, otherwise the text was read aloud and the question is settled.
    """

    _inherit = "gorod24.appeal.registrar"

    def _check_form(self, values, questions):
        result = super()._check_form(values, questions)
        for point in questions:
            known = isinstance(point.get("notice_id") or 0, int)
            if not known or (point.get("notice_id") and point.get("join_id")):
                raise UserError(self.env._("The card is not filled in properly."))
        return result

    def _check(self, values, questions):
        result = super()._check(values, questions)
        for position, point in enumerate(questions, 1):
            if point.get("notice_id"):
                self._check_notice(point["notice_id"], position, point)
                self._check_notice_place(values, point, position)
        return result

    def _check_notice(self, notice_id, position, point):
        """Hold the notice until the end of the transaction, together with all others
        who join: whoever ends it meanwhile waits, and looks again who joined.

        :raises CardError: when it is over, or nobody can wait for its end
        """
        notice = self._browse("gorod24.notice", notice_id)
        self.env.cr.execute(
            SQL("SELECT 1 FROM gorod24_notice WHERE id = %s FOR SHARE", notice.id)
        )
        notice.invalidate_recordset(["state"])
        if notice.state != "active":
            raise CardError(
                self.env._(
                    "Question %(position)s: notice %(number)s is over already. Take "
                    "the question off it and register it as usual.",
                    position=position,
                    number=notice.number,
                ),
                "text",
                position,
            )
        if point.get("notice_waits") and notice.type == "information":
            raise CardError(
                self.env._(
                    "Question %(position)s: notice %(number)s is mere information: "
                    "there is no end to wait for.",
                    position=position,
                    number=notice.number,
                ),
                "text",
                position,
            )

    def _check_notice_place(self, values, point, position):
        """Refuse a place the notice does not hold for: the address may have been
        changed after the notice was read, and then the trouble is another one.

        :raises CardError: naming what to do
        """
        own = point.get("building_id") or point.get("address_id")
        place = point if own else values
        house, street = place.get("building_id"), place.get("address_id")
        if not (house or street):
            return
        notice = self._browse("gorod24.notice", point["notice_id"])
        if notice.id not in {one["id"] for one in notice._find_at(house, street)}:
            raise CardError(
                self.env._(
                    "Question %(position)s: notice %(number)s is not about this "
                    "place. Take the question off it and register it as usual.",
                    position=position,
                    number=notice.number,
                ),
                "place",
                position,
            )

    def _check_place(self, values, point, position):
        """Where it happened is known from the notice."""
        if not point.get("notice_id"):
            return super()._check_place(values, point, position)

    def _is_to_send(self, point):
        """Who waits has terms, and somebody to go to if it is not put right."""
        if point.get("notice_id"):
            return bool(point.get("notice_waits"))
        return super()._is_to_send(point)

    def _is_answered(self, point, regime):
        if point.get("notice_id"):
            return not point.get("notice_waits")
        return super()._is_answered(point, regime)

    def _resolve(self, values, point):
        resolved = super()._resolve(values, point)
        notice = self._browse("gorod24.notice", point.get("notice_id"))
        resolved.update(notice=notice, notice_waits=False)
        if not notice:
            return resolved
        told = notice._get_told_text(fields.Datetime.now())
        if point.get("notice_waits"):
            # not closed as answered: it is closed as joined, see _create_questions
            resolved.update(notice_waits=True, answer_text=None, told=told)
        else:
            resolved.update(answer_text=told, answer_outcome=JOINED_NOTICE)
        return resolved

    def _prepare_question_vals(self, appeal, position, point):
        vals = super()._prepare_question_vals(appeal, position, point)
        if point["notice"]:
            vals.update(
                notice_id=point["notice"].id, notice_waits=point["notice_waits"]
            )
        return vals

    def _create_questions(self, appeal, points):
        questions = super()._create_questions(appeal, points)
        now = appeal.registered_at
        for question, point in zip(questions, points, strict=True):
            if point["notice_waits"]:
                # kept here: the result is what he will be told at the end
                note = self.env._(
                    "Notice %(number)s: %(told)s",
                    number=point["notice"].number,
                    told=" ".join(point["told"].split()),
                )
                question._close(
                    now,
                    note=note,
                    outcome=JOINED_NOTICE,
                    result_text=point["told"],
                )
        return questions
