# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the choice of the participant for one question, with the reason.

Reads only the rules of the topic's ancestors at the place's ancestors (index
`topic_address_idx`) and the rules naming the house (primary key of the relation,
reversed), then leaves the choice to the pure package `routing`.
"""

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..routing import Rule, choose


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _route(self, topic, building=None, address=None, date=None):
        """Find who answers for a topic at a place on a day.

        :param topic: helpdesk.ticket.category
        :param building: gorod24.building or None
        :param address: gorod24.address (street), when the house is unknown
        :param date: day of the choice, today by default
        :return: dict of participant_id, section_id, person_id, competence_id (ids
            or False), reason (sentence in the user's language), alternatives
            (list of dicts of the same ids and reason, best first)
        """
        on_date = date or fields.Date.context_today(self)
        street = building.street_id if building else address
        topic_path = topic._get_ancestor_ids() if topic else []
        address_path = street._get_path_ids(building or None) if street else []
        rules = self._read_rules(topic_path, address_path, building, on_date)
        decision = choose(
            rules, topic_path, address_path, building.id if building else None, on_date
        )
        place = building or street or self.env["gorod24.address"]
        if not decision.rule:
            return self._prepare_no_route(topic, place)
        chain = (decision.rule, *decision.alternatives)
        results = [self._prepare_route(rule, place) for rule in chain]
        return {**results[0], "alternatives": results[1:]}

    @api.model
    def _read_rules(self, topic_path, address_path, building, on_date):
        """Rules that may apply, as values for `routing.choose`."""
        self.flush_model()
        columns = SQL(
            "c.id, c.topic_id, c.address_id, c.has_buildings, c.date_from, c.date_to,"
            " c.participant_id, c.section_id, c.person_id"
        )
        common = SQL(
            "c.active AND (c.topic_id IS NULL OR c.topic_id = ANY(%(topics)s))"
            " AND (c.date_from IS NULL OR c.date_from <= %(day)s)"
            " AND (c.date_to IS NULL OR c.date_to >= %(day)s)",
            topics=topic_path,
            day=on_date,
        )
        query = SQL(
            "SELECT %(columns)s FROM gorod24_competence c WHERE %(common)s"
            " AND NOT c.has_buildings"
            " AND (c.address_id IS NULL OR c.address_id = ANY(%(places)s))",
            columns=columns,
            common=common,
            places=address_path,
        )
        if building:
            query = SQL(
                "%(query)s UNION ALL SELECT %(columns)s FROM gorod24_competence c"
                " JOIN gorod24_competence_building_rel r ON r.competence_id = c.id"
                " WHERE %(common)s AND r.building_id = %(building)s",
                query=query,
                columns=columns,
                common=common,
                building=building.id,
            )
        return [
            self._prepare_rule(row, building)
            for row in self.env.execute_query_dict(query)
        ]

    @api.model
    def _prepare_rule(self, row, building):
        """A database row as a `routing.Rule`."""
        listed = row.pop("has_buildings")
        houses = frozenset([building.id]) if listed and building else None
        return Rule(building_ids=houses, **row)

    @api.model
    def _prepare_route(self, rule, place):
        """Answer of `_route` for one rule."""
        record = self.browse(rule.id)
        section = record.section_id or record.participant_id._get_default_section()
        return {
            "participant_id": rule.participant_id,
            "section_id": section.id,
            "person_id": rule.person_id or False,
            "competence_id": rule.id,
            "reason": record._get_reason(place),
        }

    def _get_reason(self, place):
        """Why this rule was chosen, in one sentence for the operator."""
        self.ensure_one()
        values = {"rule": self.name, "place": self._get_place_name(place)}
        if not self.date_from:
            return self.env._("%(place)s: rule “%(rule)s”", **values)
        return self.env._(
            "%(place)s: rule “%(rule)s” since %(date)s",
            date=format_date(self.env, self.date_from),
            **values,
        )

    @api.model
    def _get_place_name(self, place):
        """«Попова, 50»: the type of the street is left out to keep it short."""
        if not place:
            return self.env._("Place not given")
        if place._name == "gorod24.building":
            return f"{place.street_id.name}, {place.house}"
        return place.display_name

    @api.model
    def _prepare_no_route(self, topic, place):
        """Answer of `_route` when no rule fits."""
        reason = self.env._(
            "%(place)s: no rule for “%(topic)s”, choose the participant by hand",
            place=self._get_place_name(place),
            topic=topic.name if topic else self.env._("no topic"),
        )
        if topic and topic.usual_participant:
            reason = self.env._(
                "%(reason)s (usually: %(role)s)",
                reason=reason,
                role=topic.usual_participant,
            )
        return {
            "participant_id": False,
            "section_id": False,
            "person_id": False,
            "competence_id": False,
            "reason": reason,
            "alternatives": [],
        }
