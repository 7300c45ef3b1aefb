# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
import threading
from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL

from ..wording import Reader, TopicIndex, rank

#: Weights of wordings: a name or keyword, a sentence of the text.
NAMED, SENTENCE = 1.0, 0.6
#: Share of the topic and of the words in the score when both are given.
TOPIC_SHARE, WORDS_SHARE = 0.6, 0.4
#: A group above the topic counts so much less for each level.
LEVEL = 0.8
#: Scores that are needed: of words alone, beside the best, without the topic.
LEAST, BESIDE_BEST, OTHER_TOPIC = 0.2, 0.6, 0.6
CANDIDATES = 40

_SENTENCE = re.compile(r"[.!?;\n]+")
_PART = re.compile(r"[,;\n]+")
# The version of a row: who wrote it and by which command of his transaction.
_VERSION = SQL("hashint8extended(xmin::text::bigint << 30 | cmin::text::bigint, id)")


class WordMemory:
    """What one worker knows of the words of one model in one base."""

    def __init__(self):
        self.lock = threading.RLock()
        self.index = TopicIndex()
        self.versions = {}
        self.state = None


class Gorod24WordSearch(models.AbstractModel):
    """Finds records by topic and by a citizen's words, the way topics are found.

    The words are held in memory and kept in step with the base by one figure a
    search, see `helpdesk_ticket_category_memory`. A model gives its wordings in
    `_get_wordings` and has the fields `active` and `topic_ids`.
    """

    _name = "gorod24.word.search"
    _description = "Search by a Citizen's Words"

    def _get_wordings(self):
        """[(text, weight 0…1)] by which the record is found. To be overridden."""
        self.ensure_one()
        return [(self.display_name, NAMED)]

    @api.model
    def _split_keywords(self, keywords):
        """Keywords as wordings: parted by commas, or word by word."""
        parts = _PART.split(keywords or "")
        words = parts if len(parts) > 1 else (keywords or "").split()
        return [(part.strip(), NAMED) for part in words if part.strip()]

    @api.model
    def _split_sentences(self, text):
        parts = (part.strip() for part in _SENTENCE.split(text or ""))
        return [(part, SENTENCE) for part in parts if part]

    # Memory -----------------------------------------------------------------------

    @api.model
    @contextmanager
    def _open_words(self):
        """The :class:`WordMemory` of this model as this transaction sees it."""
        memories = self.env.registry.__dict__.setdefault("_gorod24_memories", {})
        memory = memories.setdefault(self._name, WordMemory())
        self.flush_model()
        table = SQL.identifier(self._table)
        with memory.lock:
            [[state]] = self.env.execute_query(
                SQL(
                    "SELECT count(*) || ':' || coalesce(bit_xor(%s), 0)"
                    " FROM %s WHERE active",
                    _VERSION,
                    table,
                )
            )
            if state != memory.state:
                self._renew_words(memory, table)
                memory.state = state
            yield memory

    @api.model
    def _renew_words(self, memory, table):
        """Put into memory the records that changed, drop those that are no more."""
        versions = dict(
            self.env.execute_query(
                SQL("SELECT id, %s FROM %s WHERE active", _VERSION, table)
            )
        )
        for record_id in memory.versions.keys() - versions.keys():
            memory.index.drop(record_id)
        changed = [i for i, row in versions.items() if memory.versions.get(i) != row]
        stem = self.env["helpdesk.ticket.category"]._stem
        # sudo: the memory serves all users, what is found is searched with their rights
        for record in self.sudo().browse(changed):
            memory.index.put(record.id, record._get_wordings(), stem)
        memory.versions = versions

    # Ranking ------------------------------------------------------------------------

    @api.model
    def _get_word_scores(self, text):
        """{record id: score 0…1} of the records that fit the words."""
        if not (text or "").strip():
            return {}
        Category = self.env["helpdesk.ticket.category"]
        with Category._open_memory() as topics, self._open_words() as memory:
            reader = Reader(memory.index, topics.thesaurus, Category._stem)
            found = rank(memory.index, reader.read(text), CANDIDATES)
        return {item.key: item.score for item in found}

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
            score = LEVEL ** (len(path) - 1 - path.index(found_id))
            scores[record_id] = max(score, scores.get(record_id, 0.0))
        return scores

    @api.model
    def _rank(self, text, topic_id):
        """{record id: score 0…1}: by topic, by words, best by both.

        Without a topic, what fits much worse than the best only draws the eye away;
        with one, a record of another topic is shown when it fits the words well.
        """
        by_words = self._get_word_scores(text)
        if not topic_id:
            best = max(by_words.values(), default=0.0)
            needed = max(LEAST, BESIDE_BEST * best)
            return {i: score for i, score in by_words.items() if score >= needed}
        scores = {
            i: TOPIC_SHARE * score + WORDS_SHARE * by_words.get(i, 0.0)
            for i, score in self._get_topic_scores(topic_id).items()
        }
        for i, score in by_words.items():
            if score >= OTHER_TOPIC:
                scores.setdefault(i, WORDS_SHARE * score)
        return scores
