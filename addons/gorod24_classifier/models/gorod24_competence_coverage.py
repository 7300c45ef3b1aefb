# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what the rules in force on a day cover, read set by set.

The arithmetic is in `routing.coverage`: sets of houses as bits of integers.
"""

from odoo import api, models
from odoo.tools import SQL

from ..routing import Coverage, Rule, Town, find_doubles
from ..routing.coverage import House


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _read_coverage(self, day):
        """`routing.Coverage` of the rules in force on a day."""
        self._flush_for_route()
        return Coverage(self._read_town(), self._read_rule_places(day))

    @api.model
    def _read_town(self):
        """Every active house with its street and district."""
        streets = self.env.execute_query(
            SQL("SELECT id, parent_path FROM gorod24_address WHERE level <> 'district'")
        )
        paths = {
            street_id: tuple(int(part) for part in (path or "").split("/") if part)
            for street_id, path in streets
        }
        houses = self.env.execute_query(
            SQL(
                """
                SELECT b.id, b.street_id, COALESCE(b.district_id, s.district_id)
                  FROM gorod24_building b
                  JOIN gorod24_address s ON s.id = b.street_id
                 WHERE b.active
                """
            )
        )
        return Town([House(*row) for row in houses], paths)

    @api.model
    def _read_rule_places(self, day):
        """[(topic id, address id, list of house ids or None)] of one day."""
        rows = self._read_live_rules(
            SQL(
                "(c.date_from IS NULL OR c.date_from <= %(day)s)"
                " AND (c.date_to IS NULL OR c.date_to >= %(day)s)",
                day=day,
            )
        )
        return [(r["topic_id"], r["address_id"], r["building_ids"]) for r in rows]

    @api.model
    def _read_live_rules(self, condition):
        """Rows of the active rules of participants that work, with their houses."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT c.id, c.topic_id, c.address_id, c.date_from, c.date_to,
                       c.participant_id, c.origin_id,
                       CASE WHEN c.has_buildings THEN ARRAY(
                            SELECT r.building_id
                              FROM gorod24_competence_building_rel r
                             WHERE r.competence_id = c.id
                             ORDER BY r.building_id) END AS building_ids
                  FROM gorod24_competence c
                  JOIN res_partner p ON p.id = c.participant_id
                   AND p.active AND p.is_participant
                 WHERE c.active AND %s
                """,
                condition,
            )
        )

    @api.model
    def _find_doubles(self, day, topics=None):
        """Pairs of rules for one place and two participants, from a day on.

        :param topics: only rules for these, all by default
        :return: list of `routing.double.Double`
        """
        self._flush_for_route()
        condition = SQL("(c.date_to IS NULL OR c.date_to >= %s)", day)
        if topics is not None:
            condition = SQL("%s AND c.topic_id = ANY(%s)", condition, topics.ids)
        rows = self._read_live_rules(condition)
        houses = {}
        for row in rows:
            listed = row["building_ids"]
            if listed is not None:  # one object for equal lists: less to keep
                row["building_ids"] = houses.setdefault(
                    tuple(listed), frozenset(listed)
                )
        return find_doubles(Rule(**row) for row in rows)

    @api.model
    def _read_districts(self, coverage):
        """[(district or empty, path of ids)] to be looked at one by one.

        The empty one stands for the houses outside all districts.
        """
        districts = self.env["gorod24.address"].search([("level", "=", "district")])
        found = [(district, district._get_path_ids()) for district in districts]
        if not found or coverage.town.get_address(None):
            found.append((districts.browse(), [None]))
        return found
