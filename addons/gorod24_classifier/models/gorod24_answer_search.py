# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: which approved texts fit what the citizen asks."""

from odoo import api, models
from odoo.fields import Domain

from .gorod24_word_search import NAMED


class Gorod24Answer(models.Model):
    _inherit = "gorod24.answer"

    @api.model
    @api.readonly
    def suggest(self, text="", topic_id=False, building_id=False, limit=5):
        """Answers approved and valid today, the best first.

        :param text: the citizen's words
        :param topic_id: the chosen topic; answers of its groups fit too
        :param building_id: leaves out the answers for other territories
        :return: list of {"answer_id", "name", "text", "owner", "valid_to", "score"}
        """
        self.browse().check_access("read")
        scores = self._rank(text, topic_id)
        if not scores:
            return []
        domain = Domain("id", "in", list(scores)) & self._get_offered_domain()
        domain &= self._get_place_domain(building_id)
        answers = self.search(domain)
        ranked = sorted(answers, key=lambda one: (-scores[one.id], one.name, one.id))
        return [
            self._prepare_suggestion(answer, round(scores[answer.id], 3))
            for answer in ranked[:limit]
        ]

    def _get_wordings(self):
        return [
            *self._split_sentences(self.offered_text),
            *self._split_keywords(self.keywords),
            (self.offered_name or "", NAMED),
        ]

    @api.model
    def _get_place_domain(self, building_id):
        building = self.env["gorod24.building"].browse(building_id or ()).exists()
        if not building:
            return Domain.TRUE
        path = building.street_id._get_path_ids(building)
        everywhere = Domain("address_ids", "=", False)
        return everywhere | Domain("address_ids", "in", path)

    @api.model
    def _prepare_suggestion(self, answer, score):
        """Return what the card shows of an answer. Hook."""
        return {
            "answer_id": answer.id,
            "name": answer.offered_name,
            "text": answer.offered_text,
            "owner": answer.owner_id.name or "",
            "valid_to": answer.offered_to.isoformat() if answer.offered_to else "",
            "score": score,
        }
