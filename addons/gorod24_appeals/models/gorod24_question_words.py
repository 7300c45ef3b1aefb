# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: questions are found by words of the citizen in any form.

PostgreSQL full text of the Russian language: «батарей» finds «холодные батареи». The
vector of stems is a column the database itself keeps (GENERATED), never written by
Odoo: a bulk load or a repair by SQL cannot leave it behind.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, create_index
from odoo.tools.sql import column_exists

from ..finding import read, words_query

#: Up to so many questions with a word it is rare.
RARE = 1000
#: The newest questions walked at once: a word of every day is found there.
FRESH = 300
#: A word that is not among so many newest questions is no word of these days.
RECENT = 3000
#: One question in so many stands in the index that tells how often words are said.
SAMPLE = 128
#: So many questions of the sample have words that are no longer rare.
OFTEN = RARE // SAMPLE + 1
#: Written after the last word: it may go on.
UNFINISHED = "*"
_SAMPLED = f"mod(id, {SAMPLE}) = 0"
_VECTOR = """
ALTER TABLE gorod24_question ADD COLUMN words_vector tsvector
    GENERATED ALWAYS AS (to_tsvector('russian'::regconfig,
        replace(lower(coalesce(text, '')), 'ё', 'е'))) STORED
"""


class Question(models.Model):
    _inherit = "gorod24.question"

    search_words = fields.Char(
        "Words of the citizen",
        compute="_compute_search_words",
        search="_search_search_words",
        help="Finds the words in any form; with * at the end, words that begin so.",
    )

    def init(self):
        """The column of stems and its index: made once, kept by the database."""
        result = super().init()
        if not column_exists(self.env.cr, self._table, "words_vector"):
            self.env.cr.execute(_VECTOR)
        create_index(
            self.env.cr,
            "gorod24_question_words_vector_idx",
            self._table,
            ["words_vector"],
            method="gin",
        )
        create_index(
            self.env.cr,
            "gorod24_question_words_sample_idx",
            self._table,
            ["words_vector"],
            method="gin",
            where=_SAMPLED,
        )
        return result

    @api.depends("text")
    def _compute_search_words(self):
        for question in self:
            question.search_words = question.text

    @api.model
    def _search_search_words(self, operator, value):
        if operator not in ("ilike", "=") or not isinstance(value, str):
            return NotImplemented
        unfinished = value.rstrip().endswith(UNFINISHED)
        query = words_query(read(value).words, unfinished)
        if not query:
            return Domain("text", "ilike", value)
        return self._planned_words_domain(query)

    @api.model
    def _words_domain(self, query):
        """Return the domain of the questions whose words fit a full-text query."""
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s @@ to_tsquery('russian'::regconfig, %s)",
                SQL.identifier(alias, "words_vector"),
                query,
            )
        )

    @api.model
    def _find_newest_with_words(self, query, limit, field_names):
        """Return the newest questions whose words fit a full-text query.

        The index of words gives all matches or none, and sorting those of a frequent
        word costs 60,000 reads. Such a word is among the latest questions; one of the
        last season, said no longer, is shown from the sample; a rare one is read whole.

        :param field_names: what is read of the questions at once
        """
        self.flush_model(["text"])
        ids = self._ids_with_words(query, limit, self._id_before_newest(FRESH))
        if len(ids) < limit:
            rare = self._ids_of_rare(query, limit)
            if rare is None:
                after = self._id_before_newest(RECENT)
                ids = self._ids_with_words(query, limit, after)
                if len(ids) < limit:
                    ids += self._ids_of_sample(query, limit)
            else:
                ids = rare
        # the order is that of ids: the newest first; rights are those of the user
        return self.search_fetch([("id", "in", ids)], field_names)[:limit]

    @api.model
    def _id_before_newest(self, count):
        """Return the id after which so many questions stand, 0 when there are fewer.

        They are counted, not the ids: a refused card takes an id and leaves a gap.
        The database is told a number: for a subquery it would guess a third of the
        table and take the index of words.
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM gorod24_question ORDER BY id DESC OFFSET %s LIMIT 1",
                count,
            )
        )
        return rows[0][0] if rows else 0

    @api.model
    def _ids_with_words(self, query, limit, after):
        """Ids of the newest that fit among those after an id."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM gorod24_question WHERE id > %s AND %s"
                " ORDER BY id DESC LIMIT %s",
                after,
                self._words_fit(query),
                limit,
            )
        )
        return [question_id for (question_id,) in rows]

    @api.model
    def _ids_of_rare(self, query, limit):
        """Ids of the newest that fit, None when more fit than can be read at once."""
        rows = self.env.execute_query(
            SQL(
                "SELECT often.it, found.id FROM (SELECT count(*) = %(often)s AS it"
                " FROM (%(sample)s LIMIT %(often)s) s) often"
                " LEFT JOIN LATERAL (SELECT id FROM (SELECT id FROM gorod24_question"
                " WHERE NOT often.it AND %(fits)s OFFSET 0) f"
                " ORDER BY id DESC LIMIT %(limit)s) found ON TRUE",
                sample=self._sample_of(query),
                often=OFTEN,
                fits=self._words_fit(query),
                limit=limit,
            )
        )
        if rows[0][0]:
            return None
        return [question_id for _often, question_id in rows if question_id]

    @api.model
    def _ids_of_sample(self, query, limit):
        """Ids of the newest of the sample that fit."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s OFFSET 0) found ORDER BY id DESC LIMIT %s",
                self._sample_of(query),
                limit,
            )
        )
        return [question_id for (question_id,) in rows]

    @api.model
    def _is_said_often(self, query):
        """Whether more questions fit than can be read while somebody waits."""
        rows = self.env.execute_query(SQL("%s LIMIT %s", self._sample_of(query), OFTEN))
        return len(rows) == OFTEN

    def _sample_of(self, query):
        return SQL(
            "SELECT id FROM gorod24_question WHERE %s AND %s",
            SQL(_SAMPLED),
            self._words_fit(query),
        )

    def _words_fit(self, query):
        return SQL("words_vector @@ to_tsquery('russian'::regconfig, %s)", query)

    @api.model
    def _planned_words_domain(self, query):
        """Return the same domain for a list, in the form its words ask for.

        The database cannot tell how often the beginning of a word occurs and would
        walk a million questions back for one that was said once. A rare word is asked
        by ids; a word of these days as it is: the walk meets it at once; a word of the
        last season by the index alone.
        """
        self.flush_model(["text"])
        fits = self._words_fit(query)
        if not self._is_said_often(query):
            rows = self.env.execute_query(
                SQL("SELECT id FROM gorod24_question WHERE %s LIMIT %s", fits, RARE + 1)
            )
            if len(rows) <= RARE:
                return Domain("id", "in", [question_id for (question_id,) in rows])
        newest = Domain("id", ">", self._id_before_newest(RECENT))
        # sudo: only how often the word is said is looked at
        if self.sudo().search_count(self._words_domain(query) & newest, limit=1):
            return self._words_domain(query)
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s IN (SELECT id FROM gorod24_question WHERE %s OFFSET 0)",
                SQL.identifier(alias, "id"),
                fits,
            )
        )
