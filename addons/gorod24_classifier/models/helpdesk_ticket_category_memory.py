# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the words of all topics in the memory of a worker, in step with the base.

Each search first asks the base for one figure made of the versions of all rows that
the words come from. When it is another figure than that of the words in memory, only
the changed topics are read anew. So a curator's change is found by all workers at the
very next search, whatever made it, and nobody waits for all words to be read again.
Clearing of Odoo's caches does not touch them; `_register_hook` reads them at start.
"""

import re
import threading
from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL

from ..wording import Reader, Thesaurus, TopicIndex, split_words

#: Wordings weigh: said by citizens, the name, one sentence of a long name.
SAID, NAME, PART = 1.0, 0.95, 0.92
MAX_STEMS = 50_000

_SENTENCE = re.compile(r"[.,;()]+")
# The version of a row: where it lies and which transaction put it there.
_VERSION = "hashtidextended({0}.ctid, {0}.xmin::text::bigint)"


class Memory:
    """What one worker knows of one base."""

    def __init__(self):
        self.lock = threading.RLock()
        self.index = TopicIndex()
        self.thesaurus = None
        self.versions = {}
        self.texts = {}
        self.topics_state = self.synonyms_state = None


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    def _register_hook(self):
        """Read the words at start: the first operator does not wait for it."""
        result = super()._register_hook()
        with self._open_memory():
            return result

    @api.model
    @contextmanager
    def _open_memory(self):
        """The :class:`Memory` of this base as this transaction sees it.

        It is locked meanwhile: another transaction of the same worker may see, and
        put there, other words.
        """
        memory = self.env.registry.__dict__.setdefault("_gorod24_words", Memory())
        self.flush_model()
        self.env["gorod24.synonym"].flush_model()
        with memory.lock:
            topics, synonyms = self._read_states()
            if synonyms != memory.synonyms_state:
                memory.thesaurus = Thesaurus(self._read_synonyms(), self._stem)
                memory.synonyms_state = synonyms
            if topics != memory.topics_state:
                self._renew_topics(memory)
                memory.topics_state = topics
            yield memory

    @api.model
    def _read_states(self):
        """(figure of the topics, figure of the synonyms), one round trip."""
        [states] = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT count(*) || ':' || coalesce(bit_xor(%(topic)s), 0)
                          FROM helpdesk_ticket_category c
                         WHERE c.is_topic AND c.active),
                       (SELECT count(*) || ':' || coalesce(bit_xor(%(synonym)s), 0)
                          FROM gorod24_synonym s WHERE s.active)
                """,
                topic=SQL(_VERSION.format("c")),
                synonym=SQL(_VERSION.format("s")),
            )
        )
        return states

    @api.model
    def _read_synonyms(self):
        return self.env.execute_query(
            SQL("SELECT word, meaning FROM gorod24_synonym WHERE active ORDER BY id")
        )

    @api.model
    def _renew_topics(self, memory):
        """Put into memory the topics that changed, drop those that are no more."""
        versions = dict(
            self.env.execute_query(
                SQL(
                    "SELECT c.id, %s FROM helpdesk_ticket_category c"
                    " WHERE c.is_topic AND c.active",
                    SQL(_VERSION.format("c")),
                )
            )
        )
        for topic_id in memory.versions.keys() - versions.keys():
            memory.index.drop(topic_id)
            memory.texts.pop(topic_id, None)
        changed = [i for i in versions if memory.versions.get(i) != versions[i]]
        hashes = self._read_hashes(changed)  # most changes are not of the words
        changed = [i for i in changed if memory.texts.get(i) != hashes.get(i)]
        wordings = dict(self._read_wordings(changed))
        lines = [text for wording in wordings.values() for text, _weight in wording]
        self._stem(word for text in lines for word in split_words(text))  # at once
        for topic_id, text in wordings.items():
            memory.index.put(topic_id, text, self._stem)
            memory.texts[topic_id] = hashes[topic_id]
        memory.versions = versions

    @api.model
    def _read_hashes(self, topic_ids):
        """{topic id: a figure that is another one when the words are}."""
        if not topic_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, hashtextextended(concat(name, chr(10), synonyms), 0)
                  FROM helpdesk_ticket_category WHERE id IN %s
                """,
                tuple(topic_ids),
            )
        )
        return dict(rows)

    @api.model
    def _read_wordings(self, topic_ids):
        """(topic id, ((text, weight), …)): the name in all languages, the synonyms."""
        if not topic_ids:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT id, name, synonyms FROM helpdesk_ticket_category"
                " WHERE id IN %s",
                tuple(topic_ids),
            )
        )
        for topic_id, names, synonyms in rows:
            texts = {}
            for line in (synonyms or "").splitlines():
                texts.setdefault(line.strip(), SAID)
            for name in set((names or {}).values()):
                texts.setdefault(name, NAME)
                for part in _SENTENCE.split(name):
                    texts.setdefault(part.strip(), PART)
            texts.pop("", None)
            yield topic_id, tuple(sorted(texts.items()))

    @api.model
    def _stem(self, words):
        """{word: stem} by the russian dictionary of PostgreSQL."""
        stems = self.env.registry.__dict__.setdefault("_gorod24_stems", {})
        found = {word: stems.get(word) for word in words}
        new = [word for word, stem in found.items() if stem is None]
        if new:
            rows = self.env.execute_query(
                SQL(
                    "SELECT w, (ts_lexize('russian_stem', w))[1] FROM unnest(%s) AS w",
                    new,
                )
            )
            if len(stems) > MAX_STEMS:
                stems.clear()
            read = {word: stem or word for word, stem in rows}
            stems.update(read)
            found.update(read)
        return found

    @api.model
    def _get_reader(self, memory, synonym=("", "")):
        """The :class:`Reader` of the memory; one more synonym may be tried."""
        thesaurus = memory.thesaurus
        if all(synonym):
            entries = [*self._read_synonyms(), synonym]
            thesaurus = Thesaurus(entries, self._stem)
        return Reader(memory.index, thesaurus, self._stem)
