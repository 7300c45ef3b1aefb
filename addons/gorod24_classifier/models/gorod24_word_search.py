# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models, tools
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from ..wording import Vocabulary, normalise, query_words

#: A word in the name or the keywords (labels A and B) says more than one in a text.
NAMED, ANYWHERE = 1.0, 0.6
#: An equivalent of a colloquial word, a word in place of a mistyped one.
EQUIVALENT, TYPO = 0.9, 0.8
#: Shorter words are like too many others.
TYPO_LENGTH = 6
#: Weight of a word that is found nowhere: it must not outweigh those found.
UNKNOWN_WEIGHT = 0.35


class Gorod24WordSearch(models.AbstractModel):
    """Finds records by a citizen's words: the same way as topics are found.

    A model names its text columns in `_word_columns`; PostgreSQL keeps the column
    `search_vector` (russian dictionary) up to date from them. Colloquial words and
    typing errors are understood, a word found in few records weighs more.
    """

    _name = "gorod24.word.search"
    _description = "Search by a Citizen's Words"

    #: ((column, weight of its words A…D), …)
    _word_columns = ()

    def init(self):
        super().init()
        if self._abstract or column_exists(self.env.cr, self._table, "search_vector"):
            return
        parts = SQL(" || ").join(
            SQL(
                "setweight(to_tsvector('russian',"
                " replace(lower(coalesce(%s, '')), 'ё', 'е')), %s)",
                SQL.identifier(column),
                weight,
            )
            for column, weight in self._word_columns
        )
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %(table)s ADD COLUMN search_vector tsvector"
                " GENERATED ALWAYS AS (%(parts)s) STORED;"
                " CREATE INDEX %(index)s ON %(table)s USING gin (search_vector)",
                table=SQL.identifier(self._table),
                index=SQL.identifier(f"{self._table}_search_vector_idx"),
                parts=parts,
            )
        )

    @api.model
    def _get_word_shares(self, text):
        """{record id: share 0…1 of the words' weight found in it}."""
        words = query_words(text)
        if not words:
            return {}
        self.flush_model()
        hits = self._find_words(self._prepare_word_queries(words))
        unknown = [i for i in range(len(words)) if i not in hits]
        hits.update(self._find_words(self._prepare_typo_queries(words, unknown)))
        weights = {i: 1.0 / (1.0 + len(found)) ** 0.5 for i, found in hits.items()}
        missing = UNKNOWN_WEIGHT * (len(words) - len(weights))
        total = sum(weights.values()) + missing
        shares = {}
        for position, found in hits.items():
            for record_id, strength in found.items():
                part = weights[position] * strength / total
                shares[record_id] = shares.get(record_id, 0.0) + part
        return shares

    @api.model
    def _prepare_word_queries(self, words):
        """(word number, tsquery, strength); the last word may be unfinished."""
        queries = []
        for i, word in enumerate(words):
            ending = "*" if i == len(words) - 1 and len(word.text) > 2 else ""
            queries += self._weigh_query(i, [word.text], 1.0, ending)
            if word.others:
                queries += self._weigh_query(i, word.others, EQUIVALENT)
        return queries

    @api.model
    def _weigh_query(self, position, words, strength, ending="", joint=" & "):
        """The same words looked for in names first, then anywhere."""
        named = joint.join(f"{word}:{ending}AB" for word in words)
        anywhere = joint.join(f"{word}:{ending}" if ending else word for word in words)
        return [
            (position, named, strength * NAMED),
            (position, anywhere, strength * ANYWHERE),
        ]

    @api.model
    def _prepare_typo_queries(self, words, positions):
        doubtful = [
            i
            for i in positions
            if len(words[i].text) >= TYPO_LENGTH and not words[i].others
        ]
        vocabulary = self._get_known_words() if doubtful else None
        queries = []
        for i in doubtful:
            nearest = vocabulary.nearest(words[i].text)
            if nearest:
                queries += self._weigh_query(i, nearest, TYPO, joint=" | ")
        return queries

    @api.model
    def _find_words(self, queries):
        """{word number: {record id: strength}}."""
        hits = {}
        if not queries:
            return hits
        positions, texts, strengths = zip(*queries, strict=True)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT q.position, r.id, max(q.strength)
                  FROM unnest(%(positions)s, %(texts)s, %(strengths)s)
                       AS q(position, text, strength)
                  JOIN %(table)s r
                    ON r.search_vector @@ to_tsquery('russian', q.text)
                 WHERE r.active
                 GROUP BY q.position, r.id
                """,
                table=SQL.identifier(self._table),
                positions=list(positions),
                texts=list(texts),
                strengths=list(strengths),
            )
        )
        for position, record_id, strength in rows:
            hits.setdefault(position, {})[record_id] = strength
        return hits

    @api.model
    @tools.ormcache()
    def _get_known_words(self):
        """All words of the records, for typing errors."""
        columns = [SQL.identifier(column) for column, _weight in self._word_columns]
        rows = self.env.execute_query(
            SQL(
                "SELECT concat_ws(' ', %s) FROM %s WHERE active",
                SQL(", ").join(columns),
                SQL.identifier(self._table),
            )
        )
        return Vocabulary(word for (text,) in rows for word in normalise(text).split())

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        names = {"active", *(column for column, _weight in self._word_columns)}
        if not names.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    # Topics ---------------------------------------------------------------------

    @api.model
    def _get_topic_scores(self, topic_id):
        """{record id: 1 for the topic itself, less for each level above it}."""
        topic = self.env["helpdesk.ticket.category"].browse(topic_id or ()).exists()
        path = topic._get_ancestor_ids() if topic else []
        if not path:
            return {}
        field = self._fields["topic_ids"]
        rows = self.env.execute_query(
            SQL(
                "SELECT %(record)s, %(topic)s FROM %(table)s"
                " WHERE %(topic)s = ANY(%(path)s)",
                table=SQL.identifier(field.relation),
                record=SQL.identifier(field.column1),
                topic=SQL.identifier(field.column2),
                path=path,
            )
        )
        scores = {}
        for record_id, found_id in rows:
            score = 0.8 ** (len(path) - 1 - path.index(found_id))
            scores[record_id] = max(score, scores.get(record_id, 0.0))
        return scores

    @api.model
    def _rank(self, text, topic_id, words_needed=0.34):
        """{record id: score 0…1}: by topic, by words, best by both.

        :param words_needed: share of the words that must be found without a topic;
            a record of another topic needs more of them.
        """
        by_topic = self._get_topic_scores(topic_id)
        by_words = self._get_word_shares(text)
        if not topic_id:
            # What fits half as well as the best only draws the eye away.
            needed = max(words_needed, 0.6 * max(by_words.values(), default=0.0))
            return {i: share for i, share in by_words.items() if share >= needed}
        scores = {
            i: 0.6 * score + 0.4 * by_words.get(i, 0.0) for i, score in by_topic.items()
        }
        for i, share in by_words.items():
            if share >= words_needed + 0.2:
                scores.setdefault(i, 0.4 * share)
        return scores
