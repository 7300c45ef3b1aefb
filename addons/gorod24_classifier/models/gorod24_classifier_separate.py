# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: topics of the operator that were national nodes become local ones.

The first version let the operator choose national questions that hung below local
groups. Then a new edition could not replace them without touching the appeals. Now
such a topic belongs to the local classifier, keeps its code, its group, its rules and
its appeals, and counts as the national question of the same code.
"""

from odoo import api, models
from odoo.fields import Command

from ..editions import own_number, path_codes, read_code


class Gorod24Classifier(models.Model):
    _inherit = "gorod24.classifier"

    @api.model
    def _separate_topics(self):
        """Move the topics below local groups from the national classifiers.

        Safe twice: what is separated is found no more.
        """
        Category = self.env["helpdesk.ticket.category"].with_context(active_test=False)
        topics = Category.search(
            [
                ("classifier_id.kind", "=", "national"),
                ("parent_id.classifier_id.kind", "=", "local"),
            ]
        )
        for topic in topics:
            edition, local = topic.classifier_id, topic.parent_id.classifier_id
            if Category.search_count(
                [("classifier_id", "=", local.id), ("code", "=", topic.code)], limit=1
            ):
                continue  # the town has its own topic with this code
            users = Category.search([("maps_to_ids", "in", topic.ids)])
            topic.classifier_id = local
            # the code is free in the edition only when the row has left it
            topic.flush_recordset(["classifier_id"])
            node = Category
            if read_code(topic.code).code:
                node = edition._create_question(topic)
            # a topic with a code of the town's own repeats no national question
            links = [Command.link(one.id) for one in node]
            users.maps_to_ids = [Command.unlink(topic.id), *links]
            topic.maps_to_ids = links
        return topics

    def _create_question(self, topic):
        """The national node for a local topic, below the nearest node above it."""
        code = read_code(topic.code).code or topic.code
        number = own_number(code) if read_code(code).code else 0
        above = path_codes(code)[:-1] if number else []
        known = self.env["helpdesk.ticket.category"].search(
            [("classifier_id", "=", self.id), ("code", "in", above)]
        )
        parent = known.sorted(lambda c: above.index(c.code))[-1:]
        node = self.env["helpdesk.ticket.category"].create(
            {
                "name": topic.name,
                "code": code,
                "classifier_id": self.id,
                "parent_id": parent.id,
                "sequence": number,
                "active": topic.active,
                "company_id": False,
                "show_in_portal": False,
            }
        )
        return node
