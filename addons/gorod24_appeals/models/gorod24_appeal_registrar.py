# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError
from odoo.tools import plaintext2html

# What an officer or an operator could not have meant: longer texts are files.
TEXT_LIMIT = 10_000


class CardError(UserError):
    """What is wrong on the card, and where: the cursor goes there.

    :param field: name of the field as the card calls it.
    :param position: 1-based number of the question, None for the card itself.
    """

    def __init__(self, message, field, position=None):
        super().__init__(message)
        # The web client receives it as `data.context` of the refused call.
        self.context = {"card_field": field, "card_question": position}


class AppealRegistrar(models.AbstractModel):
    """Turns a filled card into an appeal, its questions, referrals and clocks."""

    _name = "gorod24.appeal.registrar"
    _description = "Registration of appeals"

    @api.model
    def _save_card(self, values):
        """Save a card.

        :param values: dict(partner_id | person_name, number, building_id, address_id,
            flat, address_note, address_confirmed, kind, paid, channel_id, questions):
            a question is dict(topic_id, text, building_id, address_id, place_note,
            participant_id, section_id, paid, send (whatever the topic's regime says),
            emergency, answer_text, answer_id, navigator_id, helped ("yes", "no"),
            complained_id, extra {property of the topic: value}).
        :return: the appeal.
        :raises UserError: naming what is missing.
        """
        saved = self._find_saved(values.get("uid"))
        if saved:
            self._check_unchanged(saved, values)
            return saved
        questions = values.get("questions") or []
        self._check_form(values, questions)
        self._check(values, questions)
        number = self.env["gorod24.phone"]._normalise(values.get("number"))
        partner = self._get_partner(values, number)
        self.env["gorod24.phone"]._remember(partner, number)
        points = [self._resolve(values, point) for point in questions]
        appeal = self._create_appeal(values, partner, number, points)
        records = self._create_questions(appeal, points)
        now = appeal.registered_at
        for question, point in zip(records, points, strict=True):
            if point["answer_text"] is not None:
                question._close(
                    now,
                    outcome=point["answer_outcome"],
                    result_text=point["answer_text"],
                    done_at=now,
                )
        records.filtered(lambda question: question.state == "registered")._dispatch(now)
        return appeal

    def _find_saved(self, uid):
        """Return the appeal this very card made when its answer was lost."""
        if not uid or not isinstance(uid, str):
            return self.env["helpdesk.ticket"]
        # The name of a card is the system's bookkeeping; only his own are found.
        mine = [("card_uid", "=", uid), ("create_uid", "=", self.env.uid)]
        return self.env["helpdesk.ticket"].sudo().search(mine, limit=1).sudo(False)

    # Checks -----------------------------------------------------------------------

    def _check_unchanged(self, appeal, values):
        """Refuse other words of a saved card. Hook: gorod24_appeal_registrar_again."""

    def _check_form(self, values, questions):
        """Refuse what no card sends, before anything is read by it."""
        if not isinstance(questions, list):
            questions = [questions]
        ids = ("topic_id", "building_id", "address_id", "participant_id", "section_id")
        for point in [values, *questions]:
            right = isinstance(point, dict) and all(
                isinstance(point.get(key) or 0, int) for key in ids
            )
            texts = ("text", "answer_text", "place_note", "person_name", "number")
            if not right or any(
                not isinstance(point.get(key) or "", str) for key in texts
            ):
                raise UserError(self.env._("The card is not filled in properly."))

    def _check(self, values, questions):
        if not questions:
            raise UserError(self.env._("Add at least one question to the card."))
        for position, point in enumerate(questions, 1):
            if not point.get("topic_id"):
                raise CardError(
                    self.env._(
                        "Question %(position)s: choose the topic.", position=position
                    ),
                    "topic",
                    position,
                )
            if len(point.get("text") or "") > TEXT_LIMIT:
                raise CardError(
                    self.env._(
                        "Question %(position)s: the text is longer than %(limit)s "
                        "characters.",
                        position=position,
                        limit=TEXT_LIMIT,
                    ),
                    "text",
                    position,
                )
            self._check_place(values, point, position)

    def _check_place(self, values, point, position):
        """Refuse a place nobody would find. Hook: gorod24_appeal_registrar_place."""

    # Values -----------------------------------------------------------------------

    def _resolve(self, values, point):
        """Return the point completed: place, regime, route, answer."""
        topic = self._browse("helpdesk.ticket.category", point["topic_id"])
        has_place = point.get("building_id") or point.get("address_id")
        source = point if has_place else values
        building = self._browse("gorod24.building", source.get("building_id"))
        street = self._browse("gorod24.address", source.get("address_id"))
        in_house = self.env["gorod24.question"]._is_place_in_house(
            topic, building, street, point.get("place_note")
        )
        regime = self._regime(topic, {**point, "in_house": in_house})
        answered = self._is_answered(point, regime)
        return {
            "topic": topic,
            "text": (point.get("text") or "").strip() or topic.name,
            "building": building,
            "street": building.street_id or street,
            "place_note": point.get("place_note") or False,
            "regime": regime,
            "emergency": regime.is_emergency,
            "paid": self._is_paid(values, point),
            "route": self._choose_route(topic, building, street, point),
            "answer_text": (point.get("answer_text") or "") if answered else None,
            "answer_outcome": self._answer_outcome(regime),
        }

    def _regime(self, topic, point):
        regime = self.env["gorod24.regime"]._for_topic(topic, point.get("emergency"))
        return regime._for_sending() if self._is_to_send(point) else regime

    def _is_paid(self, values, point):
        """A question of a paid appeal is paid unless the card says it is not."""
        return bool(values.get("paid")) and point.get("paid") is not False

    def _is_to_send(self, point):
        """Whether a participant has to work it, whatever the topic's regime says."""
        return bool(point.get("send"))

    def _is_answered(self, point, regime):
        if self._is_to_send(point):
            return False
        if point.get("answer_text"):
            return True
        return regime._is_settled() and not point.get("participant_id")

    def _answer_outcome(self, regime):
        return "navigated" if regime._is_of("navigation") else "answered_in_call"

    def _choose_route(self, topic, building, street, point):
        """Return the operator's own choice, or what the competence rules say."""
        if point.get("participant_id"):
            self.env["gorod24.question"]._check_participant(
                point["participant_id"], point.get("section_id")
            )
            return {
                "participant_id": point["participant_id"],
                "section_id": point.get("section_id") or False,
                "person_id": False,
                "reason": point.get("route_reason")
                or self.env._("Chosen by the operator"),
            }
        return self.env["gorod24.competence"]._route(
            topic,
            building=building,
            address=street,
            complained=self._browse("res.partner", point.get("complained_id")),
        )

    def _get_partner(self, values, number):
        """Return the applicant: chosen, or made from the name that was told."""
        partner = self._browse("res.partner", values.get("partner_id"))
        name = (values.get("person_name") or "").strip()
        if not partner and not name:
            return partner
        vals = {
            **self._prepare_partner_vals(values, number),
            **self._prepare_address_vals(values, partner),
        }
        if not partner:
            return (
                self.env["res.partner"]
                .with_context(tracking_disable=True, mail_create_nosubscribe=True)
                .create(dict(vals, name=name, phone=number))
            )
        self._teach(partner, vals)
        return partner

    def _teach(self, partner, vals):
        """Write to a known person what was told, as far as it is new.

        Organisations and people with a login are the curator's; the appeal keeps what
        was told anyway.
        """
        changed = {
            key: value
            for key, value in vals.items()
            if (partner[key].id if key == "building_id" else partner[key]) != value
        }
        if changed and not partner.is_participant and partner.has_access("write"):
            partner.with_context(tracking_disable=True).write(changed)

    def _prepare_partner_vals(self, values, number):
        """Return what the card teaches about the person beside his address. Hook."""
        return {}

    def _prepare_address_vals(self, values, partner):
        """Return what the card teaches about the address: all of it or nothing.

        Flat, way in and "confirmed" belong to one house: whoever moved takes none of
        them along. A card that names no place teaches nothing.
        """
        house = self._browse("gorod24.building", values.get("building_id"))
        street = self._browse("gorod24.address", values.get("address_id"))
        note = values.get("address_note")
        if not (house or street or (note and note != partner.address_note)):
            return {}
        moved = house != partner.building_id
        vals = {
            key: values.get(key) or False
            for key in ("flat", "address_note", "address_confirmed")
            if moved or key in values
        }
        vals["building_id"] = house.id
        if moved and partner.street:
            vals.update(dict.fromkeys(("street", "zip"), False))
            if house:
                as_moved = partner.new({"building_id": house.id, "flat": vals["flat"]})
                vals.update(as_moved._prepare_postal_address())
        return vals

    def _create_appeal(self, values, partner, number, points):
        vals = self._prepare_appeal_vals(values, partner, number, points)
        # No subscription and no creation log: nobody waits for mail about a call.
        Appeal = self.env["helpdesk.ticket"].with_context(
            tracking_disable=True,
            mail_create_nosubscribe=True,
            mail_create_nolog=True,
            mail_notrack=True,
        )
        # sudo: registered by the card, which is checked; nobody types these values
        return Appeal.sudo().create(vals).sudo(False)

    def _prepare_appeal_vals(self, values, partner, number, points):
        """Return the values of the appeal. Hook."""
        building = self._browse("gorod24.building", values.get("building_id"))
        street = self._browse("gorod24.address", values.get("address_id"))
        topics = list(dict.fromkeys(point["topic"].name for point in points))
        uid = values.get("uid")
        return {
            "name": "; ".join(topics)[:250],
            "description": plaintext2html("\n\n".join(p["text"] for p in points)),
            "partner_id": partner.id,
            "partner_name": partner.name,
            "phone_e164": number,
            "kind": values.get("kind") or "application",
            "author_type": "individual" if partner else "anonymous",
            "channel_id": values.get("channel_id") or self._phone_channel_id(),
            "category_id": points[0]["topic"].id,
            "user_id": self.env.uid,
            "building_id": building.id,
            "flat": values.get("flat"),
            "address_note": values.get("address_note"),
            "address_text": self._address_text(building or street, values),
            "emergency": any(point["emergency"] for point in points),
            "paid": any(point["paid"] for point in points),
            "repeated": self._is_repeated(partner, points),
            "registered_at": fields.Datetime.now(),
            "card_uid": uid[:64] if uid and isinstance(uid, str) else False,
        }

    def _phone_channel_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id(
            "helpdesk_mgmt.helpdesk_ticket_channel_phone", raise_if_not_found=True
        )

    def _address_text(self, place, values):
        flat = values.get("flat")
        # A program that registers has no language: people read what is kept.
        words = self.with_context(lang=self.env.lang or self.env.user.lang).env
        return ", ".join(
            filter(
                None,
                [
                    place.display_name,
                    flat and words._("flat %(number)s", number=flat),
                    values.get("address_note"),
                ],
            )
        )

    def _is_repeated(self, partner, points):
        topics = [point["topic"].id for point in points]
        return bool(
            partner
            and self.env["gorod24.question"].search_count(
                [("partner_id", "=", partner.id), ("topic_id", "in", topics)], limit=1
            )
        )

    def _create_questions(self, appeal, points):
        # Operators have no bare right to write questions: the card is checked above.
        return (
            self.env["gorod24.question"]
            .sudo()
            .create(
                [
                    self._prepare_question_vals(appeal, position, point)
                    for position, point in enumerate(points, 1)
                ]
            )
        )

    def _prepare_question_vals(self, appeal, position, point):
        """Return the values of one question. Hook."""
        route, building = point["route"], point["building"]
        return {
            "appeal_id": appeal.id,
            "position": position,
            "name": f"{appeal.number}/{position}",
            "text": point["text"],
            "topic_id": point["topic"].id,
            "regime_id": point["regime"].id,
            "building_id": building.id,
            "address_id": point["street"].id,
            "place_note": point["place_note"],
            "district_id": (building.district_id or point["street"].district_id).id,
            "participant_id": route["participant_id"],
            "section_id": route["section_id"],
            "person_id": route["person_id"],
            "route_reason": route["reason"],
            "partner_id": appeal.partner_id.id,
            "phone_e164": appeal.phone_e164,
            "channel_id": appeal.channel_id.id,
            "emergency": point["emergency"],
            "paid": point["paid"],
            "state": "registered",
            "registered_at": appeal.registered_at,
        }

    def _browse(self, model, record_id):
        """Return the record of an id that came from the browser.

        It is read here, not just looked for: all that follows asks it, and the same
        record comes up several times while a card is saved.

        :raises UserError: when it does not exist any more.
        """
        record = self.env[model].browse(record_id or ())
        try:
            record.mapped("create_date")
        except MissingError as error:
            raise UserError(
                self.env._(
                    "%(what)s %(id)s does not exist any more: choose again.",
                    what=self.env[model]._description,
                    id=record_id,
                )
            ) from error
        return record
