# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: which rules, and which part of each, a bulk change takes hold of."""

from odoo import api, models
from odoo.fields import Domain

from ..routing import Affected, Rule


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _get_affected(self, participant, section, topics, place, day):
        """Rules of a participant within topics and a place, as `routing.Affected`.

        :param section: gorod24.section, empty for all
        :param topics: (helpdesk.ticket.category, whether those below count); no
            topics: all
        :param place: None for everything, a set of building ids, or a gorod24.address
        :param day: rules that ended before it are left out
        """
        domain = Domain("participant_id", "=", participant.id)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        if section:
            domain &= Domain("section_id", "=", section.id)
        affected = []
        for rule in self.search(domain, order="id"):
            below = rule._get_topics_within(*topics)
            if below is None:
                continue
            part = rule._get_part_within(place)
            if part:
                affected.append(part._replace(topic_ids=below))
        return affected

    def _as_rule(self):
        """This rule as a value of the pure package."""
        self.ensure_one()
        return Rule(
            id=self.id,
            topic_id=self.topic_id.id or None,
            address_id=self.address_id.id or None,
            building_ids=frozenset(self.building_ids.ids)
            if self.has_buildings
            else None,
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            participant_id=self.participant_id.id,
            section_id=self.section_id.id or None,
            person_id=self.person_id.id or None,
            origin_id=self.origin_id.id or None,
        )

    def _get_topics_within(self, topics, with_subtree):
        """() when the whole rule is meant, topics below it that are meant, or None."""
        if not topics:
            return ()
        own = self.topic_id
        chosen = set(topics.ids)
        path = set(own._get_ancestor_ids()) if own else set()
        if own.id in chosen or (with_subtree and path & chosen):
            return ()
        below = [
            topic
            for topic in topics
            if not own or own.id in topic._get_ancestor_ids()[:-1]
        ]
        ids = {topic.id for topic in below}
        highest = [
            topic.id for topic in below if not ids & {*topic._get_ancestor_ids()[:-1]}
        ]
        return tuple(highest) or None

    def _get_part_within(self, place):
        """The part of the rule's place that lies in `place`, None when nothing."""
        rule = self._as_rule()
        if place is None:
            return Affected(rule)
        by_address = isinstance(place, models.BaseModel)
        if rule.building_ids is not None:
            listed = rule.building_ids
            inside = self._get_houses_of(place, listed) if by_address else place
            part = listed & frozenset(inside)
            return Affected(rule, part == listed, part) if part else None
        if by_address:
            return self._get_territory_part(rule, place)
        houses = frozenset(place)
        if self.address_id:
            houses &= frozenset(self._get_houses_of(self.address_id, place))
        return Affected(rule, False, houses) if houses else None

    def _get_territory_part(self, rule, place):
        """The common part of two territories: one of them, or a list of houses."""
        own = self.address_id
        if own and own.parent_path.startswith(place.parent_path):
            return Affected(rule)
        if not own or place.parent_path.startswith(own.parent_path):
            return Affected(rule, False, address_id=place.id)
        return self._get_common_part(rule, place)

    def _get_common_part(self, rule, place):
        """Territories neither of which stands above the other in the register: a
        district and a street are related by their houses."""
        own = self.address_id
        ours, theirs = (frozenset(self._get_houses_of(x)) for x in (own, place))
        if own.district_id == place and ours <= theirs:
            return Affected(rule)
        if place.district_id == own and theirs <= ours:
            return Affected(rule, False, address_id=place.id)
        common = ours & theirs
        return Affected(rule, False, common) if common else None
