# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a place that is no house: a crossing of two streets, a lamp post, a point.

They are told in the words of the exact place; here the words are read, so that a
question is found by the second street and put on a map.
"""

from odoo import fields, models

from ..place_point import read_point, read_pole

#: So sure the second street has to be.
SURE = 0.8


class Question(models.Model):
    _inherit = "gorod24.question"

    cross_address_id = fields.Many2one(
        "gorod24.address",
        "Crossing with",
        index="btree_not_null",
        ondelete="restrict",
    )
    pole_number = fields.Char("Lamp post", index="btree_not_null")
    latitude = fields.Float(digits=(9, 6))
    longitude = fields.Float(digits=(9, 6))

    def _prepare_point_vals(self, topic, street, note, extra=None):
        """Return the values read from the words of the exact place.

        :param extra: answers to the topic's own questions {name: value}
        """
        apart = {
            kind: next(
                (
                    str(value)
                    for name, value in (extra or {}).items()
                    if name.startswith(kind) and value
                ),
                "",
            )
            for kind in ("crossing", "pole")
        }
        kind, point = topic.required_place, read_point(note)
        words = apart["crossing"] or note
        cross = self.env["gorod24.address"]
        if kind == "crossing" and words:
            cross = self._find_cross_street(words, street)
        pole = kind == "pole" and read_pole(apart["pole"] or note)
        return {
            "cross_address_id": cross.id,
            "pole_number": pole or False,
            "latitude": point[0] if point else 0.0,
            "longitude": point[1] if point else 0.0,
        }

    def _find_cross_street(self, words, street):
        """Return the other street of a crossing; nothing when it is not sure."""
        found = self.env["gorod24.building"].suggest(words, limit=1)
        if not found or found[0]["score"] < SURE:
            return self.env["gorod24.address"]
        other = self.env["gorod24.address"].browse(found[0]["address_id"] or ())
        return other - street


class AppealRegistrar(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _prepare_question_vals(self, appeal, position, point):
        vals = super()._prepare_question_vals(appeal, position, point)
        if not point["place_note"] and not point["extra"]:
            return vals
        read = self.env["gorod24.question"]._prepare_point_vals(
            point["topic"], point["street"], point["place_note"], point["extra"] or {}
        )
        return {**vals, **read}
