# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a misspelt name is put right by the names that people here do have."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..finding import NAME_WORD, likeliest, name_words

#: How like a misspelt word must be (pg_trgm, 0…1): «Пелогея» is «Пелагея» by 0.45,
#: «Жимчужнекова» with two mistakes is «Жемчужникова» by 0.37.
TYPO_SHARE = 0.35
#: Names taken for what a misspelt word may mean, and whole spellings tried of them.
MEANINGS = 4
SPELLINGS = 9


class NameWord(models.Model):
    """Each word of people's names once, without a person.

    A city of a million people has some tens of thousands of different names: looking
    through them costs the same however many people bear them.
    """

    _name = "gorod24.name.word"
    _description = "Word of people's names"
    _log_access = False
    _rec_name = "name"

    name = fields.Char("Word of a name", required=True, readonly=True)

    # Not unique: two operators who save the same new name at once neither wait for each
    # other nor fail; the second copy goes with the nightly cleaning.
    _name_idx = models.Index("(name)")
    _name_trgm_idx = models.Index("USING gin (name gin_trgm_ops)")

    def init(self):
        """Collect the names that were here before this table."""
        result = super().init()
        if not self.env.execute_query(SQL("SELECT 1 FROM gorod24_name_word LIMIT 1")):
            self._rebuild()
        return result

    @api.model
    def _remember(self, names):
        """Note the words of these names; those known already cost a look."""
        words = sorted({word for name in names for word in name_words(name)})
        if words:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO gorod24_name_word (name) SELECT word"
                    " FROM unnest(%s) AS word WHERE NOT EXISTS ("
                    "SELECT 1 FROM gorod24_name_word w WHERE w.name = word)",
                    words,
                )
            )

    @api.model
    def _rebuild(self):
        """Make the words anew from all persons: after a bulk load, and of the gone."""
        self.env["res.partner"].flush_model(["name", "active"])
        self.env.cr.execute(
            SQL(
                "WITH word AS MATERIALIZED (SELECT DISTINCT found[1]::varchar AS name"
                " FROM res_partner, LATERAL regexp_matches("
                "replace(lower(res_partner.name), 'ё', 'е'), %s, 'g') AS found"
                " WHERE active), gone AS (DELETE FROM gorod24_name_word w"
                " WHERE NOT EXISTS (SELECT 1 FROM word WHERE word.name = w.name)"
                " OR EXISTS (SELECT 1 FROM gorod24_name_word o"
                " WHERE o.name = w.name AND o.id < w.id))"
                " INSERT INTO gorod24_name_word (name) SELECT name FROM word"
                " WHERE NOT EXISTS (SELECT 1 FROM gorod24_name_word w"
                " WHERE w.name = word.name)",
                NAME_WORD,
            )
        )

    @api.autovacuum
    def _gc_words(self):
        """Forget the words nobody's name has any longer."""
        self._rebuild()

    @api.model
    def _spell(self, typed):
        """Return the spellings a misspelt name may mean, likeliest first.

        :param typed: words of a name; initials stay as they are
        :return: list of tuples of words; empty when a word is like no name
        """
        meanings = self._like([word for word in typed if name_words(word)])
        as_typed = {word: [(word, 0)] for word in typed if not name_words(word)}
        meanings |= as_typed
        return likeliest([meanings.get(word, []) for word in typed], SPELLINGS)

    @api.model
    def _like(self, words):
        """Return {misspelt word: [(known word, how like it is)]}."""
        # the threshold of the operator is a setting of the transaction
        self.env.cr.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(TYPO_SHARE)],
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT t.word, w.name, w.share"
                " FROM unnest(%s::varchar[]) AS t(word), LATERAL (SELECT DISTINCT name,"
                " word_similarity(t.word, name) + similarity(t.word, name) AS share"
                " FROM gorod24_name_word WHERE name %%> t.word"
                " ORDER BY share DESC, name LIMIT %s) AS w",
                words,
                MEANINGS,
            )
        )
        found = {}
        for word, name, share in rows:
            found.setdefault(word, []).append((name, share))
        return found
