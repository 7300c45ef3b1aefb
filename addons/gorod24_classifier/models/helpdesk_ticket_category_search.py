# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: from a citizen's words to the right topic, while he waits.

`search_vector` (russian dictionary) and `search_words` (one wording per line, for
likeness by trigrams and for typing errors) are columns that PostgreSQL itself keeps
up to date from name and synonyms; the ORM does not know them, `uninstall_hook`
drops them.
"""

from odoo import api, models, tools
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from ..wording import Vocabulary, normalise, query_words

CANDIDATES = 25
#: Shares of the score: words found, likeness of the whole wording, popularity.
WORDS_SHARE, PHRASE_SHARE, USE_SHARE = 0.55, 0.4, 0.05
#: A word found in place of a mistyped one counts less than a right one.
TYPO_STRENGTH = 0.8

_NAME = "lower(coalesce(name->>'ru_RU', name->>'en_US', ''))"
_SYNONYMS = "lower(coalesce(synonyms, ''))"


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    def init(self):
        super().init()
        if column_exists(self.env.cr, self._table, "search_vector"):
            return
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE helpdesk_ticket_category
                ADD COLUMN search_vector tsvector GENERATED ALWAYS AS (
                    setweight(to_tsvector('russian', replace(%(name)s, 'ё', 'е')), 'A')
                    || setweight(
                        to_tsvector('russian', replace(%(synonyms)s, 'ё', 'е')), 'B')
                ) STORED,
                ADD COLUMN search_words text GENERATED ALWAYS AS (
                    replace(%(name)s || chr(10) || %(synonyms)s, 'ё', 'е')
                ) STORED;
                CREATE INDEX helpdesk_ticket_category_search_vector_idx
                    ON helpdesk_ticket_category USING gin (search_vector)
                """,
                name=SQL(_NAME),
                synonyms=SQL(_SYNONYMS),
            )
        )

    @api.model
    @api.readonly
    def suggest(self, text, limit=8):
        """Topics that fit a citizen's words, best first.

        :param text: any words; empty gives the most used topics
        :param limit: largest number of topics
        :return: list of {"topic_id", "code", "name", "path", "regime_code",
            "urgency", "stop_phrase", "score" 0…1}
        """
        self.browse().check_access("read")
        self.flush_model()
        words = query_words(text)
        if not words:
            topics = self.search(
                [("is_topic", "=", True)],
                order="use_count desc nulls last, sequence, id",
                limit=limit,
            )
            return [self._prepare_suggestion(topic, 0.0) for topic in topics]
        scores = self._score_topics(normalise(text), self._weigh_words(words))
        topics = self.search([("id", "in", list(scores))])  # record rules
        ranked = sorted(topics, key=lambda topic: (-scores[topic.id], topic.sequence))
        return [
            self._prepare_suggestion(topic, round(scores[topic.id], 3))
            for topic in ranked[:limit]
        ]

    @api.model
    def _prepare_suggestion(self, topic, score):
        return {
            "topic_id": topic.id,
            "code": topic.code or "",
            "name": topic.name,
            "path": topic.parent_id.complete_name or "",
            "regime_code": topic.regime_code or "",
            "urgency": topic.urgency,
            "stop_phrase": topic.stop_phrase or "",
            "score": score,
        }

    @api.model
    def _weigh_words(self, words):
        """{topic id: share 0…1 of the words' weight found in the topic}.

        A word found in few topics weighs more (inverse document frequency).
        """
        hits = {}
        for position, topic_id, strength in self._read_exact_hits(words):
            hits.setdefault(position, {})[topic_id] = strength
        unknown = [i for i in range(len(words)) if i not in hits]
        for position, topic_id, strength in self._read_typo_hits(words, unknown):
            hits.setdefault(position, {})[topic_id] = strength
        weights = {i: 1.0 / (1.0 + len(found)) ** 0.5 for i, found in hits.items()}
        weights.update({i: 0.2 for i in range(len(words)) if i not in hits})
        total = sum(weights.values())
        result = {}
        for position, found in hits.items():
            for topic_id, strength in found.items():
                share = weights[position] * strength / total
                result[topic_id] = result.get(topic_id, 0.0) + share
        return result

    @api.model
    def _read_exact_hits(self, words):
        """(word number, topic id, strength) by the russian dictionary.

        The last word may be unfinished; a colloquial equivalent counts a little less.
        """
        queries = []
        for i, word in enumerate(words):
            ending = ":*" if i == len(words) - 1 and len(word.text) > 1 else ""
            queries.append((i, f"{word.text}{ending}", 1.0))
            if word.others:
                queries.append((i, " & ".join(word.others), 0.9))
        return self._read_hits(queries)

    @api.model
    def _read_typo_hits(self, words, positions):
        """(word number, topic id, strength) of known words like the unknown ones."""
        vocabulary = self._get_vocabulary() if positions else None
        queries = []
        for i in positions:
            nearest = vocabulary.nearest(words[i].text)
            queries += [(i, " | ".join(nearest), TYPO_STRENGTH)] if nearest else []
        return self._read_hits(queries)

    @api.model
    def _read_hits(self, queries):
        """(position, topic id, strength) for (position, tsquery, strength)."""
        if not queries:
            return []
        positions, texts, strengths = zip(*queries, strict=True)
        return self.env.execute_query(
            SQL(
                """
                SELECT q.position, c.id, max(q.strength)
                  FROM unnest(%(positions)s, %(texts)s, %(strengths)s)
                       AS q(position, text, strength)
                  JOIN helpdesk_ticket_category c
                    ON c.search_vector @@ to_tsquery('russian', q.text)
                 WHERE c.is_topic AND c.active
                 GROUP BY q.position, c.id
                """,
                positions=list(positions),
                texts=list(texts),
                strengths=list(strengths),
            )
        )

    @api.model
    @tools.ormcache()
    def _get_vocabulary(self):
        """All words of the names and synonyms of the topics, for typing errors."""
        rows = self.env.execute_query(
            SQL(
                "SELECT search_words FROM helpdesk_ticket_category"
                " WHERE is_topic AND active"
            )
        )
        return Vocabulary(
            word for (text,) in rows for word in normalise(text or "").split()
        )

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        self._forget_vocabulary({"name"})
        return categories

    def write(self, vals):
        result = super().write(vals)
        self._forget_vocabulary(vals)
        return result

    @api.model
    def _forget_vocabulary(self, names):
        """Drop the cached words when something they come from is written."""
        if {"name", "synonyms", "is_topic", "active"} & set(names):
            self.env.registry.clear_cache()

    @api.model
    def _score_topics(self, text, shares):
        """{topic id: score 0…1} of the best candidates."""
        best = sorted(shares, key=lambda i: -shares[i])[:CANDIDATES]
        if not best:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, c.use_count, max(similarity(%(text)s, line))
                  FROM helpdesk_ticket_category c,
                       LATERAL unnest(string_to_array(c.search_words, chr(10))) AS line
                 WHERE c.id IN %(ids)s
                 GROUP BY c.id
                """,
                text=text,
                ids=tuple(best),
            )
        )
        most = max((count or 0) for _id, count, _similarity in rows) or 1
        return {
            topic_id: WORDS_SHARE * shares[topic_id]
            + PHRASE_SHARE * similarity
            + USE_SHARE * (count or 0) / most
            for topic_id, count, similarity in rows
        }
