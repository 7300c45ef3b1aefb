# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: which services fit what the citizen asks, and whether they are open."""

from odoo import api, models
from odoo.fields import Domain

from .gorod24_word_search import NAMED


class Gorod24Navigator(models.Model):
    _inherit = "gorod24.navigator"

    @api.model
    @api.readonly
    def suggest(self, text="", topic_id=False, limit=5):
        """Services offered today, the best first.

        :param text: the citizen's words
        :param topic_id: the chosen topic; services of its groups fit too
        :return: list of dicts: navigator_id, name, what, organisation, address,
            phones, site, how_to_apply, documents, open_now, status_text («открыто до
            18:00»), hours_text, score
        """
        self.browse().check_access("read")
        scores = self._rank(text, topic_id)
        if not scores:
            return []
        domain = Domain("id", "in", list(scores)) & self._get_offered_domain()
        found = self.search(domain)
        ranked = found.sorted(lambda one: (-scores[one.id], one.name, one.id))[:limit]
        return [
            self._prepare_suggestion(entry, round(scores[entry.id], 3))
            for entry in ranked
        ]

    def _get_wordings(self):
        return [
            *self._split_sentences(self.what),
            *self._split_keywords(self.keywords),
            (self.organisation or "", NAMED),
            (self.name, NAMED),
        ]

    @api.model
    def _prepare_suggestion(self, entry, score):
        """Return what the card shows of a service. Hook."""
        note = entry.hours_note or ""
        return {
            "navigator_id": entry.id,
            "name": entry.name,
            "what": entry.what or "",
            "organisation": entry.organisation or "",
            "address": entry.address_text or entry.building_id.display_name or "",
            "phones": entry.phones or "",
            "site": entry.site or "",
            "how_to_apply": entry.how_to_apply or "",
            "documents": entry.documents or "",
            "open_now": entry.open_now,
            "status_text": entry.open_text or "",
            "hours_text": "; ".join(filter(None, [entry.hours_text, note])),
            "score": score,
        }
