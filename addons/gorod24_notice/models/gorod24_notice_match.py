# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: which notices hold for this very house now: one indexed query.

Asked when a card opens and by every ring of the voice menu, so past the ORM: whoever
may ask (an operator, the voice menu behind its token) reads every notice.
"""

from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

from odoo.addons.gorod24_address.parsing import house_sort_key

from ..reach import KINDS, Reach, nearest
from .gorod24_notice_place import covers

# Works that begin within this many hours are told beforehand.
AHEAD_HOURS = 24
# More lines than that about one house are a mistake, and nobody reads them aloud.
MOST_LINES = 200

_QUERY = """
SELECT p.notice_id, p.kind, p.label, p.house_from, p.house_to, p.parity,
       n.number, n.name, n.type, n.text, n.cause, n.starts_at, n.due_at, n.topic_id,
       COALESCE(s.name->>%(lang)s, s.name->>'en_US') AS service,
       r.name AS source,
       COALESCE(t.name->>%(lang)s, t.name->>'en_US') AS topic
  FROM gorod24_notice_place p
  JOIN gorod24_notice n ON n.id = p.notice_id
  JOIN gorod24_notice_service s ON s.id = n.service_id
  LEFT JOIN res_partner r ON r.id = n.participant_id
  LEFT JOIN helpdesk_ticket_category t ON t.id = n.topic_id
 WHERE p.state = 'active'
   AND p.address_id IN %(path)s
   AND n.starts_at <= %(until)s
   AND %(houses)s
 ORDER BY array_position(%(kinds)s::varchar[], p.kind), n.starts_at DESC
 LIMIT %(most)s
"""


class Spot(NamedTuple):
    """Where is asked: ids from the town down to the street, and the house if known."""

    path: tuple
    building_id: int | None = None
    house_key: str = ""


class NoticeMatch(models.Model):
    _inherit = "gorod24.notice"

    @api.model
    def _find_at(self, building_id=None, address_id=None, now=None):
        """Return the notices that hold for a house or a street, the first first.

        :param address_id: the street when no house is known: notices about houses of
            it are returned as well, with ``exact`` false
        :return: [dict(id, number, name, type, text, cause, service, source, topic_id,
            topic, kind, exact, where, starts_at, due_at)]; moments are naive UTC
        """
        spot = self._get_spot(building_id, address_id)
        if not spot:
            return []
        now = now or fields.Datetime.now()
        rows = [
            dict(row, exact=bool(spot.building_id) or _is_wide(row["kind"]))
            for row in self._read_lines(spot, now)
            if _is_held(row, spot)
        ]
        lines = {}
        for row in rows:
            reach = Reach(
                row["notice_id"],
                row["kind"],
                row["exact"],
                row["type"],
                row["starts_at"] > now,
                row["starts_at"],
            )
            lines.setdefault(reach, row)
        return [self._as_found(lines[reach]) for reach in nearest(lines)]

    @api.model
    def _get_spot(self, building_id, address_id):
        """Return the `Spot` asked about, or None when it is not in the directory."""
        if not all(isinstance(one or 0, int) for one in (building_id, address_id)):
            return None
        building = self.env["gorod24.building"].browse(building_id or ())
        street = self.env["gorod24.address"].browse(address_id or ())
        try:
            street = building.street_id or street
            path = tuple(street._get_path_ids(building)) if street else ()
        except MissingError:
            # a draft of yesterday may name a house that was merged into another one
            return None
        return (
            Spot(path, building.id or None, building.house_key or "") if path else None
        )

    @api.model
    def _read_lines(self, spot, now):
        """Return the lines of places that may concern a spot, as dicts."""
        self.flush_model()
        self.env["gorod24.notice.place"].flush_model()
        number = house_sort_key(spot.house_key)[0] if spot.house_key else 0
        houses = SQL("TRUE")
        if spot.building_id:
            houses = SQL(
                "(p.kind NOT IN ('house', 'range') OR p.building_id = %(house)s"
                " OR (p.kind = 'range' AND p.number_from <= %(number)s"
                " AND p.number_to >= %(number)s))",
                house=spot.building_id,
                number=number,
            )
        return self.env.execute_query_dict(
            SQL(
                _QUERY,
                lang=self.env.lang or "en_US",
                path=spot.path,
                until=now + timedelta(hours=AHEAD_HOURS),
                houses=houses,
                kinds=list(KINDS),
                most=MOST_LINES,
            )
        )

    @api.model
    def _as_found(self, row):
        keys = ("number", "name", "type", "text", "cause", "service", "source")
        found = {key: row[key] or "" for key in keys}
        return {
            **found,
            "id": row["notice_id"],
            "topic_id": row["topic_id"] or False,
            "topic": row["topic"] or "",
            "kind": row["kind"],
            "exact": row["exact"],
            "where": row["label"] or "",
            "starts_at": row["starts_at"],
            "due_at": row["due_at"],
        }


def _is_wide(kind):
    return kind not in ("house", "range")


def _is_held(row, spot):
    """Refine what the query chose by plain numbers: sides, letters, fractions."""
    if row["kind"] != "range" or not spot.building_id:
        return True
    ends = (row["house_from"], row["house_to"], row["parity"])
    return covers(*ends, spot.house_key)
