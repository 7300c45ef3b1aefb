# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a question that is sent somewhere needs a place people can find."""

from odoo import models

from .gorod24_appeal_registrar import CardError

# Kinds of places that only words can tell: a number, a name, the other street.
TOLD_IN_WORDS = ("crossing", "pole", "stop")


class AppealRegistrarPlace(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check_place(self, values, point, position):
        """Refuse a question whose place nobody would find.

        An emergency is saved whatever is missing: people go and look.
        """
        topic = self._browse("helpdesk.ticket.category", point["topic_id"])
        regime = self._regime(topic, point)
        if (
            topic.required_place == "none"
            or regime.is_emergency
            or self._is_answered(point, regime)
        ):
            return
        lack = self._find_lack(topic.required_place, values, point)
        if lack:
            raise CardError(self._get_lack_message(lack, position), lack, position)

    def _find_lack(self, kind, values, point):
        """Return what the place lacks: "place", "house", "flat" … or None."""
        own = point.get("building_id") or point.get("address_id")
        source = point if own else values
        note = (point.get("place_note") or "").strip()
        if not (own or note or source.get("building_id") or source.get("address_id")):
            return "place"
        if kind in TOLD_IN_WORDS:
            return None if note or self._is_asked_apart(kind, point) else kind
        if kind in ("house", "flat") and not self._has_house(source, note):
            return "house"
        if kind == "flat" and not self._has_flat(values, point, note):
            return "flat"
        return None

    def _is_asked_apart(self, kind, point):
        """An extra question of the topic told it: «pole_number» for a lamp post."""
        return any(
            str(value or "").strip()
            for name, value in (point.get("extra") or {}).items()
            if str(name).startswith(kind)
        )

    def _has_house(self, source, note):
        """A house of the directory, or one named in words (a new one, a mistake)."""
        if source.get("building_id"):
            return True
        street = self._browse("gorod24.address", source.get("address_id"))
        return self.env["gorod24.question"]._names_house(street, note)

    def _has_flat(self, values, point, note):
        """The flat of the caller serves for his own house only."""
        house = point.get("building_id") or values.get("building_id")
        if house == values.get("building_id") and values.get("flat"):
            return True
        return any(sign.isdigit() for sign in note)

    def _get_lack_message(self, lack, position):
        texts = {
            "place": self.env._("Question %(position)s: name the place."),
            "house": self.env._(
                "Question %(position)s: the topic needs a house. Choose it from the"
                " directory or write its number in the exact place."
            ),
            "flat": self.env._("Question %(position)s: the topic needs a flat."),
            "crossing": self.env._(
                "Question %(position)s: name the other street of the crossing in the"
                " exact place."
            ),
            "pole": self.env._(
                "Question %(position)s: write the number of the lamp post, or how to"
                " find it, in the exact place."
            ),
            "stop": self.env._(
                "Question %(position)s: name the stop in the exact place."
            ),
        }
        return texts[lack] % {"position": position}
