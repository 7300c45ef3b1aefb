# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..phone_number import pretty
from .gorod24_question import OPEN

HISTORY_LIMIT = 20


class CallerCard(models.AbstractModel):
    """All that the card of a caller asks of the server.

    The operator opens it while a citizen waits: every method is a handful of indexed
    look-ups, whatever the number of appeals in the base.
    """

    _name = "gorod24.caller.card"
    _description = "Caller card"

    # What the browser calls ---------------------------------------------------

    @api.model
    def load(self, number=None, call_id=None, partner_id=None, appeal_id=None):
        """Return everything known about a caller.

        :param number: as the switch gave it or the operator typed it.
        :param call_id: gorod24.call, filled by telephony.
        :return: dict(number, number_display, call, persons, history, open_questions,
            notices, to_inform); dates are ISO strings in UTC.
        """
        self._check_operator()
        e164 = self.env["gorod24.phone"]._normalise(number)
        partners = self._find_persons(number, partner_id)
        card = {
            "number": e164 or number or "",
            "number_display": pretty(e164) if e164 else number or "",
            "call": None,
            "persons": [self._person_vals(partner, e164) for partner in partners],
            "notices": [],
            **self._hours_vals(not number or self._is_open_now()),
        }
        return dict(card, **self._history_of(partners))

    @api.model
    def _is_open_now(self):
        return self.env["gorod24.hotline.hours"]._is_open()

    @api.model
    def _hours_vals(self, is_open):
        """Whether the card is of a call outside the hours, and when they begin.

        :return: dict(out_of_hours, opens_at): ``opens_at`` is HH:MM by the service's
            clock, "" when it works
        """
        hours = self.env["gorod24.hotline.hours"]
        opening = ""
        if not (is_open or hours._is_open()):
            opening = hours._to_iso(hours._next_open())[11:16]
        return {"out_of_hours": not is_open, "opens_at": opening}

    @api.model
    def history_for(self, partner_id):
        """Return history, open questions and results to tell of one person."""
        self._check_operator()
        return self._history_of(self.env["res.partner"].browse(partner_id))

    @api.model
    def suggest_topics(self, text):
        """Return topics that fit the citizen's words, the best first."""
        self._check_operator()
        return self.env["helpdesk.ticket.category"].suggest(text)

    @api.model
    def suggest_addresses(self, text):
        """Return houses and streets that fit the typed text, the best first."""
        self._check_operator()
        return self.env["gorod24.building"].suggest(text)

    @api.model
    def preview(
        self,
        topic_id,
        building_id=None,
        address_id=None,
        emergency=False,
        complained_id=None,
        contact_at=None,
        place_note="",
    ):
        """Return who would get the question, why, and by when, before saving.

        :param complained_id: the participant complained about, never chosen.
        :param contact_at: when the citizen called (ISO), for a card from paper.
        :param place_note: the place in words, as it would be saved.
        """
        self._check_operator()
        topic = self.env["helpdesk.ticket.category"].browse(topic_id)
        in_house = self.env["gorod24.question"]._is_place_in_house(
            topic,
            self.env["gorod24.building"].browse(building_id or ()),
            self.env["gorod24.address"].browse(address_id or ()),
            place_note,
        )
        regime = self.env["gorod24.regime"]._for_topic(
            topic, emergency, in_house=in_house
        )
        route = self._route(topic, building_id, address_id, complained_id)
        needs_referral = not regime._is_settled()
        due = self._preview_terms(topic, regime, in_house, contact_at)
        return {
            "participant": self._name_of("res.partner", route["participant_id"]),
            "section": self._name_of("gorod24.section", route["section_id"]),
            "person": self._name_of("res.partner", route["person_id"]),
            "reason": route["reason"],
            "conflict": route.get("conflict") or "",
            "alternatives": [self._named(route) for route in route["alternatives"]],
            "regime": {"id": regime.id, "code": regime.code, "name": regime.name},
            "oral": regime._is_of("oral"),
            "due": [self._due_vals(term) for term in due],
            "script": topic.script or "",
            "stop_phrase": topic.stop_phrase or "",
            "needs_referral": needs_referral,
        }

    @api.model
    def register(self, values):
        """Save the card: appeal, questions, referrals and clocks in one transaction.

        :param values: see ``gorod24.appeal.registrar``.
        :return: dict(appeal_id, number, questions=[dict(id, name, participant,
            execution_due)]).
        :raises UserError: naming what is missing; nothing is saved then.
        """
        self._check_operator()
        appeal = self.env["gorod24.appeal.registrar"]._save_card(values)
        return {
            "appeal_id": appeal.id,
            "number": appeal.number,
            "questions": [
                {
                    "id": question.id,
                    "name": question.name,
                    "participant": question.participant_id.display_name or "",
                    "execution_due": _iso(question.execution_due),
                }
                for question in appeal.question_ids.sorted("position")
            ],
        }

    # Pieces ---------------------------------------------------------------------

    def _preview_terms(self, topic, regime, in_house, contact_at):
        """Return the terms as ``_clock_preview`` does. Hook."""
        return self._terms_from(fields.Datetime.now(), topic, regime, in_house)

    def _terms_from(self, moment, topic, regime, in_house):
        """The terms of a question registered at the moment.

        Also of what is usually settled in the call: it may be sent all the same.
        """
        due = self.env["gorod24.question"]._clock_preview(
            regime._for_sending(), moment, path=topic._get_limit_path()
        )
        return due + topic._preview_restoration(regime, moment, in_house)

    def _check_operator(self):
        if not self.env.user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("The card is open to operators only."))

    def _find_persons(self, number, partner_id):
        if partner_id:
            return self.env["res.partner"].browse(partner_id).exists()
        return self.env["gorod24.phone"]._find(number).partner_id.filtered("active")

    def _person_vals(self, partner, number):
        """Return what the card shows of one person. Hook."""
        return {
            "id": partner.id,
            "name": partner.name or "",
            "phone": number or partner.phone_ids[:1].e164 or partner.phone or "",
            "building_id": partner.building_id.id or False,
            "address": partner.building_id.display_name or "",
            "flat": partner.flat or "",
            "address_note": partner.address_note or "",
            "address_confirmed": partner.address_confirmed,
            "appeals_count": self.env["helpdesk.ticket"].search_count(
                [("partner_id", "=", partner.id)], limit=1000
            ),
        }

    def _history_of(self, partners):
        if not partners:
            return {"history": [], "open_questions": [], "to_inform": []}
        Question = self.env["gorod24.question"]
        mine = [("partner_id", "in", partners.ids)]
        recent = Question.search(mine, limit=HISTORY_LIMIT)
        # Old questions can still be open although newer ones fill the history.
        open_ones = Question.search(mine + [("state", "in", OPEN)], limit=HISTORY_LIMIT)
        due = self._find_to_inform(partners, open_ones)
        return {
            "history": [self._history_vals(question) for question in recent],
            "open_questions": [self._open_vals(question) for question in open_ones],
            "to_inform": [self._to_inform_vals(informing) for informing in due],
        }

    def _find_to_inform(self, partners, open_ones):
        """Results waiting to be told. Hook: gorod24_caller_card_person."""
        return self.env["gorod24.informing"].search(
            [("question_id", "in", open_ones.ids), ("state", "=", "due")]
        )

    def _history_vals(self, question):
        return {
            "id": question.appeal_id.id,
            "question_id": question.id,
            "number": question.name,
            "date": _iso(question.registered_at or question.create_date),
            "topic": question.topic_id.name or "",
            "state": question.state,
            "state_label": self._label(question, "state"),
            "outcome_label": self._label(question, "outcome"),
            "address": question.place,
            "participant": question.participant_id.name or "",
            "text": question.text or "",
        }

    def _open_vals(self, question):
        return {
            "id": question.id,
            "appeal_id": question.appeal_id.id,
            "name": question.name,
            "topic": question.topic_id.name or "",
            "participant": question.participant_id.name or "",
            "state": question.state,
            "state_label": self._label(question, "state"),
            "execution_due": _iso(question.execution_due),
            "overdue": question.is_overdue,
            "text": question.text or "",
        }

    def _to_inform_vals(self, informing):
        question = informing.question_id
        return {
            "id": informing.id,
            "question_id": question.id,
            "question": question.name,
            "topic": question.topic_id.name or "",
            "purpose": informing.purpose,
            "result": informing._get_told_text(),
            "outcome_label": self._label(question, "outcome"),
            "participant": question.participant_id.name or "",
            "due": _iso(informing.due),
        }

    def _route(self, topic, building_id, address_id, complained_id=None):
        return self.env["gorod24.competence"]._route(
            topic,
            complained=self.env["res.partner"].browse(complained_id or ()),
            building=self.env["gorod24.building"].browse(building_id or ()),
            address=self.env["gorod24.address"].browse(address_id or ()),
        )

    def _named(self, route):
        return {
            "participant_id": route["participant_id"],
            "section_id": route["section_id"],
            "participant": self._name_of("res.partner", route["participant_id"])[
                "name"
            ],
            "section": (
                self._name_of("gorod24.section", route["section_id"]) or {}
            ).get("name", ""),
            "reason": route["reason"],
        }

    def _name_of(self, model, record_id):
        record = self.env[model].browse(record_id or ())
        return {"id": record.id, "name": record.display_name} if record else None

    def _due_vals(self, term):
        return {
            "kind": term["kind"],
            "label": term["label"],
            "target": _iso(term["target"]),
            "explanation": term["explanation"],
        }

    def _label(self, record, field):
        labels = dict(record._fields[field]._description_selection(self.env))
        return labels.get(record[field], "")


def _iso(moment):
    """Return a naive UTC datetime as ISO text with the zone, or False."""
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else False
