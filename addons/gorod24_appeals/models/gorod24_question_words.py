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
        help="Finds the words in any form.",
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
        return result

    @api.depends("text")
    def _compute_search_words(self):
        for question in self:
            question.search_words = question.text

    @api.model
    def _search_search_words(self, operator, value):
        if operator not in ("ilike", "=") or not isinstance(value, str):
            return NotImplemented
        query = words_query(read(value).words, unfinished=False)
        return self._words_domain(query) if query else Domain("text", "ilike", value)

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
