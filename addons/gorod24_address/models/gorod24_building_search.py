# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: from the operator's words to a house, while the caller waits.

Two indexed steps: streets by prefix and trigram on `gorod24_address.search_key`,
then houses of the best streets by (street_id, house_key).
"""

from odoo import api, models, tools
from odoo.tools import SQL

from ..parsing import (
    format_name,
    house_key,
    house_sort_key,
    parse,
    street_key,
    street_score,
    street_type,
)
from .gorod24_address import HOUSE_LEVELS

MIN_SCORE = 0.5
STREETS_READ = 60
STREETS_KEPT = 12


class Gorod24Building(models.Model):
    _inherit = "gorod24.building"

    @api.model
    @api.readonly
    def suggest(self, text, limit=8):
        """Candidates for an address typed by an operator, best first.

        :param text: free text, also unfinished: «лен 54в», «Попова, 50 кв 12»
        :param limit: largest number of candidates
        :return: list of {"building_id" (False: street only), "address_id" (the
            street), "label", "district", "flat", "score" 0…1}
        """
        self.browse().check_access("read")
        parsed = parse(text or "", self._get_locality_keys())
        if not parsed.street:
            return []
        streets = self._find_streets(parsed)[:STREETS_KEPT]
        houses = self._find_houses([s["id"] for s in streets], parsed.house)
        result = []
        for street in streets:
            result += self._prepare_candidates(street, houses, parsed)
        result.sort(key=lambda c: -c["score"])
        return result[:limit]

    @api.model
    def _find(self, text):
        """The one house a text names.

        :return: (building, flat); an empty building when there is none or when
            the text fits houses of several streets equally well
        """
        parsed = parse(text or "", self._get_locality_keys())
        if not parsed.street or not parsed.house:
            return self.browse(), parsed.flat
        streets = self._find_streets(parsed)
        best = [s["id"] for s in streets if s["score"] >= streets[0]["score"] - 0.01]
        key = house_key(parsed.house)
        found = self.search([("street_id", "in", best), ("house_key", "=", key)])
        return (found if len(found) == 1 else self.browse()), parsed.flat

    @api.model
    @tools.ormcache()
    def _get_locality_keys(self):
        """Keys of the towns and villages of the directory."""
        towns = self.env["gorod24.address"].sudo()  # names of towns are no secret
        towns = towns.search([("level", "in", ("city", "settlement"))])
        return frozenset(street_key(town.name) for town in towns)

    @api.model
    def _find_streets(self, parsed):
        """Streets that fit: [{"id", "label", "district", "score"}], best first."""
        found = []
        for row in self._read_streets(parsed.street):
            keys = (row["search_key"] or "").split("|")
            score = max(street_score(parsed.street, key) for key in keys)
            if score < MIN_SCORE:
                continue
            kind = street_type(row["type_name"] or "")
            if parsed.street_type and kind:
                score += self._type_bonus(parsed.street_type, kind)
            found.append({**row, "score": score})
        found.sort(key=lambda s: (-s["score"], s["name"], s["id"]))
        return found

    @api.model
    def _type_bonus(self, typed, kind):
        """Added to the score: the same type helps, another one hinders a little."""
        if typed == kind:
            return 0.05
        # «пр.» is said of avenues and of passages
        return 0.0 if {typed, kind} == {"пр-кт", "проезд"} else -0.1

    @api.model
    def _read_streets(self, key):
        """Rows of streets near a key; at most STREETS_READ, nearest first."""
        self.env["gorod24.address"].flush_model()
        # `set_config(…, true)` lasts until the end of this transaction only.
        self.env.execute_query(
            SQL(
                "SELECT set_config('pg_trgm.similarity_threshold', '0.2', true),"
                " set_config('pg_trgm.word_similarity_threshold', '0.35', true)"
            )
        )
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT a.id, a.name, a.type_name, a.search_key, a.level,
                       d.name AS district
                  FROM gorod24_address a
                  LEFT JOIN gorod24_address d ON d.id = a.district_id
                 WHERE a.active AND a.level IN %(levels)s
                   AND (a.search_key LIKE %(prefix)s OR a.search_key LIKE %(inner)s
                        OR a.search_key %% %(key)s OR %(key)s <%% a.search_key)
                 ORDER BY a.search_key LIKE %(prefix)s DESC,
                          word_similarity(%(key)s, a.search_key) DESC, a.id
                 LIMIT %(limit)s
                """,
                levels=HOUSE_LEVELS,
                key=key,
                prefix=f"{key}%",
                inner=f"% {key}%",
                limit=STREETS_READ,
            )
        )

    @api.model
    def _find_houses(self, street_ids, house):
        """Houses of these streets whose number is or begins with `house`.

        :return: {street_id: [row]}, the exact house first
        """
        if not street_ids or not house:
            return {}
        self.flush_model()
        key = house_key(house)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT b.id, b.street_id, b.house, b.house_key, d.name AS district
                  FROM gorod24_building b
                  LEFT JOIN gorod24_address d ON d.id = b.district_id
                 WHERE b.street_id IN %(streets)s AND b.house_key LIKE %(prefix)s
                   AND b.active
                """,
                streets=tuple(street_ids),
                prefix=f"{key}%",
            )
        )
        rows.sort(key=lambda r: (r["house_key"] != key, house_sort_key(r["house_key"])))
        result = {}
        for row in rows:
            result.setdefault(row["street_id"], []).append(
                {**row, "exact": row["house_key"] == key}
            )
        return result

    @api.model
    def _prepare_candidates(self, street, houses, parsed):
        """Candidates of one street: its fitting houses, else the street itself."""
        label = format_name(street["type_name"], street["name"])
        candidate = {
            "building_id": False,
            "address_id": street["id"],
            "label": label,
            "district": street["district"] or "",
            "flat": parsed.flat,
            "score": round(street["score"] - (0.3 if parsed.house else 0), 3),
        }
        rows = houses.get(street["id"], [])
        result = [
            {
                **candidate,
                "building_id": row["id"],
                "label": f"{label}, {row['house']}",
                "district": row["district"] or candidate["district"],
                "score": round(street["score"] - _house_malus(row, place), 3),
            }
            for place, row in enumerate(rows[:20])
        ]
        return result if rows and rows[0]["exact"] else [*result, candidate]


def _house_malus(row, place):
    """What a house loses: nothing if exact, more the farther down the list."""
    return 0.0 if row["exact"] else 0.1 + 0.005 * place
