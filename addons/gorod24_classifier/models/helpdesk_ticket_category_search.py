# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: from a citizen's words to the right topic, while he waits.

The words are understood and the topics ranked in memory by the plain package
`wording`; the base is asked for the few best topics only, under the record rules.
"""

from odoo import api, models
from odoo.fields import Domain

from ..wording import Facts, adjust, explain, rank

CANDIDATES = 24
#: When rules hide most of the candidates, so many are tried.
ALL_CANDIDATES = 1000
#: Read in one query for the answer and for the order.
SUGGESTED_FIELDS = (
    "name",
    "code",
    "parent_id",
    "regime_code",
    "urgency",
    "stop_phrase",
    "use_count",
    "danger",
    "sequence",
)


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    @api.model
    @api.readonly
    def suggest(self, text, limit=8):
        """Topics that fit a citizen's words, best first.

        :param text: any words; empty gives the most used topics
        :param limit: largest number of topics
        :return: list of {"topic_id", "code", "name", "path", "regime_code",
            "urgency", "stop_phrase", "score" 0…1, "why" words that met the topic:
            «падике → подъезд, света»}
        """
        self.browse().check_access("read")
        _said, found = self._find_topics(text, limit)
        return [
            self._prepare_suggestion(topic, round(score, 3), why)
            for topic, score, why in found
        ]

    @api.model
    def _find_topics(self, text, limit, synonym=("", "")):
        """([Said], [(topic, score, why)]) for a text; see :meth:`suggest`."""
        with self._open_memory() as memory:
            said = self._get_reader(memory, synonym).read(text)
            candidates = max(CANDIDATES, 2 * limit)
            found = rank(memory.index, said, candidates)
            topics = self._search_candidates(found)
            if len(topics) < limit and len(found) == candidates:
                found = rank(memory.index, said, ALL_CANDIDATES)
                topics = self._search_candidates(found)
            keys = self.env["gorod24.topic.habit"]._get_keys(memory.index, said)
        if not said:
            return [], [(topic, 0.0, "") for topic in self._most_used(limit)]
        topics = {topic.id: topic for topic in topics}
        found = [item for item in found if item.key in topics]
        ordered = adjust(found, self._get_facts(topics, keys))
        return said, [
            (topics[item.key], item.score, self._why(said, item.matched))
            for item in ordered[:limit]
        ]

    @api.model
    def _search_candidates(self, found):
        domain = Domain("id", "in", [item.key for item in found])
        return self.search_fetch(
            domain & self._get_suggest_domain(), SUGGESTED_FIELDS, order="id"
        )

    @api.model
    def _get_suggest_domain(self):
        """Which topics may be offered today, besides the record rules."""
        domain = Domain("is_topic", "=", True)
        if "valid_from" in self._fields and "valid_to" in self._fields:
            domain &= self._get_valid_domain()
        return domain

    @api.model
    def _most_used(self, limit):
        order = "use_count desc nulls last, sequence, id"
        topics = self.search(self._get_suggest_domain(), order=order, limit=4 * limit)
        return topics.sorted(lambda topic: not topic._is_met_now())[:limit]

    def _is_met_now(self):
        """Whether the topic is in season; a dangerous one always is."""
        self.ensure_one()
        return self.danger or "season_from" not in self._fields or self._in_season()

    @api.model
    def _get_facts(self, topics, keys):
        """{topic id: Facts} that decide between topics that fit about equally."""
        habits = self.env["gorod24.topic.habit"]._get_shares(keys)
        return {
            topic_id: Facts(
                uses=topic.use_count,
                habit=habits.get(topic_id, 0.0),
                in_season=topic._is_met_now(),
                danger=topic.danger,
            )
            for topic_id, topic in topics.items()
        }

    @api.model
    def _why(self, said, matched):
        words = (
            f"{typed} → {meant}" if meant and meant != typed else typed
            for typed, meant in explain(said, matched)
        )
        return ", ".join(dict.fromkeys(words))

    @api.model
    def _prepare_suggestion(self, topic, score, why=""):
        return {
            "topic_id": topic.id,
            "code": topic.code or "",
            "name": topic.name,
            "path": topic.parent_id.complete_name or "",
            "regime_code": topic.regime_code or "",
            "settled_in_call": topic.settled_in_call,
            "urgency": topic.urgency,
            "stop_phrase": topic.stop_phrase or "",
            "score": score,
            "why": why,
        }

    @api.model
    def _try_phrase(self, phrase, synonym=("", "")):
        """What the search makes of a phrase, for the box on the synonyms' screens.

        :param synonym: (word, meaning) that counts as if it were in the list
        :return: {"said": [{"text", "how", "means", "unknown"}],
            "topics": [{"name", "path", "score", "why"}]}
        """
        self.browse().check_access("read")
        said, found = self._find_topics(phrase, 5, synonym)
        return {
            "said": [self._describe_said(item) for item in said],
            "topics": [
                {
                    "name": topic.name,
                    "path": topic.parent_id.complete_name or "",
                    "score": round(100 * score),
                    "why": why,
                }
                for topic, score, why in found
            ],
        }

    @api.model
    def _describe_said(self, item):
        ways = {
            "word": self.env._("known word"),
            "synonym": self.env._("synonym"),
            "typo": self.env._("typing error"),
            "layout": self.env._("other keyboard layout"),
            "space": self.env._("missing space"),
            "beginning": self.env._("unfinished word"),
            "kin": self.env._("same root"),
            "unknown": self.env._("not known"),
        }
        means = [text for text in dict.fromkeys(item.shown.values()) if text]
        return {
            "text": item.text,
            "how": ways[item.how],
            "means": ", ".join(means),
            "unknown": item.how == "unknown",
        }
