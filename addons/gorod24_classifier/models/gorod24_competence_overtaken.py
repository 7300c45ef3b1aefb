# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: rules of others that a bulk change would overtake without being asked.

A new rule may be more exact than the one it comes from: houses instead of a
territory, a later first day. A rule of somebody else that stood between the two
gives way then; the curator must see it before.
"""

from datetime import date

from odoo import api, models
from odoo.fields import Domain

from ..routing import Create

#: The deeper, the more exact.
LEVELS = ("region", "area", "city", "settlement", "district", "plan", "street")


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _find_overtaken(self, steps, participant):
        """Rules of others that new rules overtake.

        :param steps: list of steps of `routing.plan_change`
        :param participant: the former one, whose rules are the sources
        """
        created = [s for s in steps if isinstance(s, Create) and s.kind == "moved"]
        if not created:
            return self.browse()
        others = self._search_rivals(created, participant)
        keys = {rule.id: rule._get_rank_key() for rule in others}
        sources = self.browse({step.source_id for step in created})
        source_keys = {rule.id: rule._get_rank_key() for rule in sources}
        found = self.browse()
        for step in created:
            new_key = self._make_rank_key(step.rule)
            between = others.filtered(
                lambda rule, step=step, new_key=new_key: (
                    source_keys[step.source_id] < keys[rule.id] < new_key
                )
            )
            if between:
                found |= between._filter_meeting(step.rule)
        return found

    @api.model
    def _search_rivals(self, created, participant):
        """Rules of others for these topics, those above and those below, whose period
        meets the new one."""
        first = min(step.rule.date_from or date.min for step in created)
        domain = Domain("participant_id", "!=", participant.id)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", first)
        ids = {step.rule.topic_id for step in created}
        if None not in ids:
            topics = self.env["helpdesk.ticket.category"].browse(ids)
            domain &= (
                Domain("topic_id", "=", False)
                | Domain("topic_id", "child_of", list(ids))
                | Domain("topic_id", "parent_of", topics.ids)
            )
        return self.search(domain)

    def _get_rank_key(self):
        return self._make_rank_key(self._as_rule())

    @api.model
    def _make_rank_key(self, rule):
        """As `routing.specificity`, with levels instead of one question's path."""
        listed = rule.building_ids is not None
        address = self.env["gorod24.address"].browse(rule.address_id or ())
        topic = self.env["helpdesk.ticket.category"].browse(rule.topic_id or ())
        depth = 0 if listed or not address else LEVELS.index(address.level) + 1
        return (
            listed,
            depth,
            len(topic._get_ancestor_ids()) if topic else 0,
            rule.date_from or date.min,
        )

    def _filter_meeting(self, new):
        """Those that hold for a topic and a place of a new rule."""
        reach = self._get_reach(new)
        path = self._get_topic_path(new.topic_id)

        def meets(rule):
            if rule.date_from and new.date_to and rule.date_from > new.date_to:
                return False
            own = rule.topic_id
            if own and new.topic_id and own.id not in path:
                if new.topic_id not in own._get_ancestor_ids():
                    return False
            if rule.has_buildings:
                return bool(
                    new.building_ids and new.building_ids & set(rule.building_ids.ids)
                )
            return not rule.address_id or rule.address_id.id in reach

        return self.filtered(meets)

    @api.model
    def _get_topic_path(self, topic_id):
        topic = self.env["helpdesk.ticket.category"].browse(topic_id or ())
        return set(topic._get_ancestor_ids()) if topic else set()

    @api.model
    def _get_reach(self, new):
        """Ids of the territories in which the place of a rule lies."""
        if new.building_ids is None:
            address = self.env["gorod24.address"].browse(new.address_id or ())
            return set(address._get_path_ids()) if address else set()
        houses = self.env["gorod24.building"].browse(new.building_ids)
        reach = set(houses.district_id.ids)
        for street in houses.street_id:
            reach.update(street._get_path_ids())
        return reach
