# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..editions import NameIndex, depth

#: From here on an offer comes ticked.
SURE = 0.6
LEAST = 0.25
#: Groups of a national code that make a question.
QUESTION = 4
#: Citizens' words are asked when the name itself finds nothing as good as this.
GOOD = 0.45


class MappingSuggest(models.TransientModel):
    """Codes of another classifier offered to topics by the likeness of the names."""

    _name = "gorod24.mapping.suggest"
    _description = "Suggested Correspondence"

    kind = fields.Selection(
        [("national", "National"), ("pos", "Feedback platform (POS)")],
        string="Codes of",
        default="national",
        required=True,
    )
    edition_id = fields.Many2one("gorod24.classifier", compute="_compute_edition_id")
    topic_ids = fields.Many2many(
        "helpdesk.ticket.category",
        string="Topics",
        help="Empty: all local topics without a code.",
    )
    line_ids = fields.One2many("gorod24.mapping.suggest.line", "wizard_id")
    is_searched = fields.Boolean()

    @api.depends("kind")
    def _compute_edition_id(self):
        for wizard in self:
            wizard.edition_id = self.env["gorod24.classifier"]._get_working(wizard.kind)

    def action_search(self):
        """Look for the likest nodes."""
        self.ensure_one()
        if not self.edition_id:
            raise UserError(self.env._("There is no classifier of this kind yet."))
        index = self._make_index()
        lines = [Command.clear()]
        for topic in self._get_topics():
            offers = self._find_offers(index, topic)
            best, score = offers[0] if offers else (False, 0.0)
            vals = {
                "topic_id": topic.id,
                "target_id": best,
                "likeness": round(score, 2),
            }
            lines.append(Command.create({**vals, "is_accepted": score >= SURE}))
        self.write({"line_ids": lines, "is_searched": True})
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "gorod24_classifier.gorod24_mapping_suggest_action"
            ),
            "res_id": self.id,
        }

    def _get_topics(self):
        """The chosen topics, or all local ones without a code of this kind."""
        if self.topic_ids:
            return self.topic_ids
        return self.env["helpdesk.ticket.category"].search(
            [
                ("is_topic", "=", True),
                ("classifier_id.kind", "=", "local"),
                (f"{self.kind}_ids", "=", False),
            ]
        )

    def _make_index(self):
        """Names of the nodes to count under: questions, not the groups above them."""
        nodes = self.env["helpdesk.ticket.category"].search(
            [("classifier_id", "=", self.edition_id.id)]
        )
        groups = set(nodes.parent_id.ids)
        return NameIndex(
            (node.id, node.name) for node in nodes if self._is_countable(node, groups)
        )

    def _is_countable(self, node, groups):
        """A sub-question is chosen by hand: its name alone says too little."""
        if self.kind == "national" and node.code:
            level = depth(node.code)
            return level == QUESTION or level < QUESTION and node.id not in groups
        return node.id not in groups

    def _find_offers(self, index, topic):
        """[(id, likeness)], best first: by the name, else by the citizens' words."""
        offers = index.nearest(topic.name, least=LEAST)
        if not offers or offers[0][1] < GOOD:
            for wording in (topic.synonyms or "").splitlines():
                offers += index.nearest(wording, least=LEAST)
        return sorted(offers, key=lambda pair: -pair[1])

    def action_apply(self):
        """Give the ticked topics the offered codes."""
        self.ensure_one()
        for line in self.line_ids.filtered(lambda x: x.is_accepted and x.target_id):
            name = f"{self.kind}_ids"
            line.topic_id[name] = line.topic_id[name] | line.target_id
        return {"type": "ir.actions.client", "tag": "soft_reload"}
