# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import combinations

from odoo import api, fields, models
from odoo.tools import SQL

from ..wording import NOISE, weigh

#: After so many days without new choices a habit counts half.
HALF_LIFE = 60
#: A habit weaker than this is forgotten.
FORGOTTEN = 0.5
#: So many of the most telling words of a choice are learned, alone and in pairs.
LEARNED_WORDS = 5
#: A share of few choices is not trusted: as if so many others had been seen.
DOUBT = 4.0
LEARNED_UNTIL = "gorod24_classifier.habits_learned_until"
#: At the first run choices of so many days are learned.
FIRST_DAYS = 90


class Gorod24TopicHabit(models.Model):
    """Which topics operators choose for which words, learned every night.

    A key is the stem of one word or of two. Only words of the classifier and of the
    synonyms are learned, so no name, address or sentence of a caller gets here.
    """

    _name = "gorod24.topic.habit"
    _description = "Words for which a topic is chosen"
    _order = "count desc, id"
    _rec_name = "key"

    key = fields.Char(string="Stems", required=True)
    topic_id = fields.Many2one(
        "helpdesk.ticket.category", required=True, index=True, ondelete="cascade"
    )
    count = fields.Float(
        string="Choices",
        required=True,
        help="Choices of this topic for these words; an old one counts less and less.",
    )

    _key_topic_uniq = models.UniqueIndex("(key, topic_id)")

    # LEARNING ------------------------------------------------------------------------

    @api.model
    def _get_recent_choices(self, since):
        """What operators chose; addons that know override it and add to super().

        :param since: datetime (UTC)
        :return: list of (text of the citizen, topic id)
        """
        return []

    @api.model
    def _cron_learn(self):
        """Learn the choices since the last run; let the old ones fade."""
        parameters = self.env["ir.config_parameter"].sudo()  # technical setting
        now = fields.Datetime.now()
        last = fields.Datetime.to_datetime(parameters.get_param(LEARNED_UNTIL))
        since = last or fields.Datetime.subtract(now, days=FIRST_DAYS)
        if last:
            self._fade((now - last).total_seconds() / 86400)
        self._learn(self._get_recent_choices(since))
        parameters.set_param(LEARNED_UNTIL, fields.Datetime.to_string(now))

    @api.model
    def _fade(self, days):
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE gorod24_topic_habit SET count = count * %s",
                0.5 ** (max(days, 0.0) / HALF_LIFE),
            )
        )
        self.env.cr.execute(
            SQL("DELETE FROM gorod24_topic_habit WHERE count < %s", FORGOTTEN)
        )
        self.invalidate_model()

    @api.model
    def _learn(self, choices):
        """Count the words of the choices for their topics."""
        Category = self.env["helpdesk.ticket.category"]
        counts = {}
        with Category._open_memory() as memory:
            reader = Category._get_reader(memory)
            for text, topic_id in choices:
                for key in self._get_keys(memory.index, reader.read(text)):
                    counts[key, topic_id] = counts.get((key, topic_id), 0) + 1
        known = set(Category.browse({topic for _key, topic in counts}).exists().ids)
        rows = [(k, t, n) for (k, t), n in sorted(counts.items()) if t in known]
        for first in range(0, len(rows), 5000):
            self._add(rows[first : first + 5000])
        self.invalidate_model()

    @api.model
    def _add(self, rows):
        keys, topics, counts = zip(*rows, strict=True)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO gorod24_topic_habit AS h (key, topic_id, count)
                SELECT * FROM unnest(%s, %s, %s::float8[])
                ON CONFLICT (key, topic_id)
                DO UPDATE SET count = h.count + excluded.count
                """,
                list(keys),
                list(topics),
                list(counts),
            )
        )

    @api.model
    def _get_keys(self, index, said):
        """Keys of the most telling known words of a complaint, alone and in pairs."""
        stems = {}
        for item in said:
            if item.text in NOISE or not item.means:
                continue
            stem = max(item.means, key=item.means.get)
            if stem in index:
                stems[stem] = weigh(index, stem)
        told = sorted(stems, key=lambda stem: (-stems[stem], stem))[:LEARNED_WORDS]
        pairs = [" ".join(sorted(pair)) for pair in combinations(told, 2)]
        return [*told, *pairs]

    # USING ---------------------------------------------------------------------------

    @api.model
    def _get_shares(self, keys):
        """{topic id: 0…1}: how usual a topic is for these words."""
        if not keys:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT key, topic_id, count, sum(count) OVER (PARTITION BY key)
                  FROM gorod24_topic_habit WHERE key IN %s
                """,
                tuple(keys),
            )
        )
        shares = {}
        for key, topic_id, count, total in rows:
            trust = 1.0 if " " in key else 0.6  # two words tell more than one
            share = trust * count / (total + DOUBT)
            shares[topic_id] = max(share, shares.get(topic_id, 0.0))
        return shares
