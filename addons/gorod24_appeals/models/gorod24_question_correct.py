# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: corrections of a saved question; what was there before is kept."""

from odoo import models
from odoo.exceptions import UserError

from .gorod24_appeal_registrar import TEXT_LIMIT
from .gorod24_question import AT_WORK

PLACE_LIMIT = 500


class QuestionCorrect(models.Model):
    _inherit = "gorod24.question"

    def action_correct_text(self, text):
        """Write the citizen's words anew; the former ones stay in the history.

        :raises UserError: without words, or when the question is closed.
        """
        self.ensure_one()
        self._check_operator()
        self.env["gorod24.referral"]._check_words(text, TEXT_LIMIT)
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write what the citizen said."))
        question = self._lock_for_control()
        question._check_correctable()
        if text != question.text:
            question._log_events(
                "text", self.env._("Before: %(text)s", text=question.text or "–")
            )
            question.text = text
        return True

    def action_correct_topic(self, topic_id):
        """Choose another topic: the terms are counted anew, the time passed stays.

        :return: dict(participant_id, section_id, participant, section, reason,
            changed): whom the rules name for the new topic, and whether this is
            somebody else than the one who has the question.
        :raises UserError: when the topic is not taken or the question is closed.
        """
        self.ensure_one()
        topic = self.env["helpdesk.ticket.category"].browse(topic_id or ()).exists()
        if not topic or not topic.active or not topic.is_topic:
            raise UserError(self.env._("Choose a topic of the classifier."))
        question = self._lock_for_control()
        question._check_correctable()
        if topic != question.topic_id:
            question._set_topic(topic)
        return question._propose_route()

    def action_correct_place(self, building_id=False, address_id=False, place_note=""):
        """Choose another place; whom the rules name for it is returned.

        :param address_id: street of a place without a house
        :return: see `action_correct_topic`
        :raises UserError: without any place, or when the question is closed.
        """
        self.ensure_one()
        building = self.env["gorod24.building"].browse(building_id or ()).exists()
        street = self.env["gorod24.address"].browse(address_id or ()).exists()
        self.env["gorod24.referral"]._check_words(place_note, PLACE_LIMIT)
        note = (place_note or "").strip()
        if not (building or street or note):
            raise UserError(self.env._("Name the place."))
        question = self._lock_for_control()
        question._check_correctable()
        street = building.street_id or street
        before, was_in_house = question.place, question._is_in_house()
        question.write(
            {
                "building_id": building.id,
                "address_id": street.id,
                "place_note": note or False,
                "district_id": (building.district_id or street.district_id).id,
                **question._prepare_point_vals(question.topic_id, street, note),
            }
        )
        question._note_corrected("place", before, question.place)
        question._follow_place(was_in_house)
        return question._propose_route()

    def _note_corrected(self, name, before, after):
        """«Corrected. Place: Lenina, 5 → Lenina, 6» in the history."""
        if before == after:
            return
        label = self._fields[name].get_description(self.env)["string"]
        line = f"{label}: {before or '–'} → {after or '–'}"
        self._log_events("note", self.env._("Corrected. %(what)s", what=line))

    def _check_correctable(self):
        if self.state == "closed":
            raise UserError(
                self.env._(
                    "Question %(name)s is closed (%(last)s): it is not corrected any "
                    "more.",
                    name=self.name,
                    last=self._get_last_words(),
                )
            )

    def _set_topic(self, topic):
        self.ensure_one()
        answers = "; ".join(
            f"{label}: {said}" for label, said in self._get_extra_lines()
        )
        before = ". ".join(filter(None, [self.topic_id.display_name, answers]))
        self._log_events("topic", self.env._("Before: %(text)s", text=before or "–"))
        old, regime = self.topic_id, self._get_regime_for(topic)
        vals = {"topic_id": topic.id, "regime_id": regime.id, "extra": False}
        vals["emergency"] = regime.is_emergency
        self.write(vals)
        appeal = self.appeal_id
        appeal = appeal.with_context(tracking_disable=True)
        if appeal.category_id == old:
            appeal.category_id = topic
        appeal.emergency = any(appeal.question_ids.mapped("emergency"))

    def _clock_changed(self, kind, clocks):
        """A term its regime ended is awaited no more, by nobody."""
        result = super()._clock_changed(kind, clocks)
        field = {"acceptance": "accept_due", "execution": "execution_due"}.get(kind)
        for question, clock in zip(self, clocks, strict=True):
            if field and clock.ended_by_regime:
                at_work = question.referral_ids.filtered(
                    lambda one: one.state in AT_WORK
                )
                question[field] = at_work[field] = False
        return result

    def _get_regime_for(self, topic):
        """Regime of the question under another topic.

        A written appeal stays one; an emergency the operator saw stays one, one that
        only came with the former topic does not.
        """
        self.ensure_one()
        regimes = self.env["gorod24.regime"]
        if self.appeal_id.converted_at and not self.emergency:
            return self.regime_id
        by_topic = self.emergency and regimes._for_topic(self.topic_id).is_emergency
        return regimes._for_topic(
            topic, self.emergency and not by_topic, self._is_in_house(topic)
        )

    def _propose_route(self):
        """Whom the rules name now: see `action_correct_topic`."""
        self.ensure_one()
        choice = next(iter(self._get_choices()), None)
        if not choice:
            return dict.fromkeys(
                ("participant_id", "section_id", "participant", "section", "reason"),
                False,
            ) | {"changed": False}
        participant = self.env["res.partner"].browse(choice["participant_id"])
        section = self.env["gorod24.section"].browse(choice["section_id"] or ())
        here = (self.participant_id, self.section_id)
        return {
            "participant_id": participant.id,
            "section_id": section.id,
            "participant": participant.name,
            "section": section.name or "",
            "reason": choice["reason"],
            "changed": here != (participant, section),
        }
