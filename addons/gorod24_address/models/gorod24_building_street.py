# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: which streets of the directory the typed words can mean.

The keys of all streets are held in memory (`parsing.StreetIndex`, see
`gorod24_address_index`); the best are read from the table and scored word by word; the
town named in the text decides between namesakes.
"""

from typing import NamedTuple

from odoo import api, models, tools
from odoo.tools import SQL

from ..parsing import format_name, street_key, street_score, street_type
from .gorod24_address import HOUSE_LEVELS

MIN_SCORE = 0.5
STREETS_READ = 60


class Town(NamedTuple):
    key: str
    label: str
    level: str


class Gorod24Building(models.Model):
    _inherit = "gorod24.building"

    @api.model
    def _get_locality_keys(self):
        """Keys of the towns and villages of the directory."""
        return self._get_town_index()[0]

    @api.model
    def _get_towns(self):
        """{id: :class:`Town`} of the directory."""
        return self._get_town_index()[1]

    @api.model
    @tools.ormcache()
    def _get_town_index(self):
        towns = self.env["gorod24.address"].sudo()  # names of towns are no secret
        towns = towns.search([("level", "in", ("city", "settlement"))])
        found = {
            town.id: Town(
                street_key(town.name),
                format_name(town.type_name, town.name),
                town.level,
            )
            for town in towns
        }
        return frozenset(town.key for town in found.values()), found

    @api.model
    def _find_streets(self, parsed):
        """Streets that fit a ParsedAddress, best first.

        :return: [{"id", "name", "type_name", "district", "town", "alias", "houses",
            "score"}];
            alias is the former name that fitted better than the present one
        """
        index = self.env["gorod24.address"]._get_street_index()
        rows = self._read_streets(index.near(parsed.street, STREETS_READ))
        found = self._score_streets(rows, parsed)
        for street in found:
            street["houses"] = index.sizes.get(street["id"], 0)
        found.sort(key=lambda s: (-s["score"], -s["houses"], s["name"], s["id"]))
        self._name_aliases(found)
        return found

    @api.model
    def _score_streets(self, rows, parsed):
        """Rows that fit well enough, with score, town and place of the fitting key."""
        towns = self._get_towns()
        named = self._get_named_towns(parsed, towns)
        found = []
        for row in rows:
            keys = (row["search_key"] or "").split("|")
            scores = [street_score(parsed.street, key) for key in keys]
            score = max(scores)
            if score < MIN_SCORE:
                continue
            kind = street_type(row["type_name"] or "")
            if parsed.street_type and kind:
                score += self._type_bonus(parsed.street_type, kind)
            town = next((i for i in _path(row) if i in towns), None)
            score += self._town_bonus(town, named, towns)
            alias = keys[scores.index(max(scores))]
            if scores[0] == max(scores) or set(alias.split()) <= set(keys[0].split()):
                alias = ""  # a short form («Исакова») tells nothing new
            found.append(
                {
                    **row,
                    "score": score,
                    "town": towns[town].label if town and town != row["id"] else "",
                    "town_level": towns[town].level if town else "",
                    "alias": alias,
                }
            )
        return found

    @api.model
    def _get_named_towns(self, parsed, towns):
        """Ids of the towns named in the text; villages alone when there are any."""
        if not parsed.locality:
            return set()
        text = f" {street_key(parsed.locality)} "
        named = {i for i, town in towns.items() if f" {town.key} " in text}
        villages = {i for i in named if towns[i].level != "city"}
        return villages or named

    @api.model
    def _town_bonus(self, town, named, towns):
        """Added to the score: the named town helps; unnamed, the city comes first."""
        if named:
            return 0.05 if town in named else -0.2
        return -0.02 if town and towns[town].level != "city" else 0.0

    @api.model
    def _type_bonus(self, typed, kind):
        """Added to the score: the same type helps, another one hinders a little."""
        if typed == kind:
            return 0.05
        # «пр.» is said of avenues and of passages
        return 0.0 if {typed, kind} == {"пр-кт", "проезд"} else -0.1

    @api.model
    def _name_aliases(self, streets):
        """Put the other name as written, with its note, where it was what fitted."""
        wanted = {street["id"]: street for street in streets if street["alias"]}
        if not wanted:
            return
        aliases = self.env["gorod24.address.alias"].search_fetch(
            [("address_id", "in", list(wanted))], ["name", "note", "address_id"]
        )
        for alias in aliases:
            street = wanted[alias.address_id.id]
            if street_key(alias.name) == street["alias"]:
                note = f": {alias.note}" if alias.note else ""
                street["alias"] = f"{alias.name}{note}"

    @api.model
    def _read_streets(self, ids):
        """Rows of these streets as they stand in the table now."""
        if not ids:
            return []
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT a.id, a.name, a.type_name, a.search_key, a.level, a.parent_path,
                       d.name AS district
                  FROM gorod24_address a
                  LEFT JOIN gorod24_address d ON d.id = a.district_id
                 WHERE a.id IN %(ids)s AND a.active AND a.level IN %(levels)s
                """,
                ids=tuple(ids),
                levels=HOUSE_LEVELS,
            )
        )


def _path(row):
    """Ids above a street, the nearest first (the street itself may be a village)."""
    return [int(i) for i in reversed((row["parent_path"] or "").split("/")) if i]
