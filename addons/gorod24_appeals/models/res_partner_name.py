# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: persons are found by the beginnings of their names, ё = е, typos too."""

from odoo import api, models
from odoo.tools import SQL

from ..finding import name_key

#: As the index below writes it: a space before each word, so that a beginning of a
#: word is «% иван%».
_KEY = "(' ' || replace(lower(name), 'ё', 'е'))"
#: How like a misspelt word must be (pg_trgm, 0…1): «Пелогея» is «Пелагея» by 0.45.
TYPO_SHARE = 0.4
#: Persons of like names compared before the likest are shown.
LOOKED_AT = 500


class ResPartner(models.Model):
    _inherit = "res.partner"

    _name_key_trgm_idx = models.Index(f"USING gin ({_KEY} gin_trgm_ops)")

    @api.model
    def _find_by_names(self, names, limit=8):
        """Return persons whose name has words beginning so, in any order.

        :param names: words of a name, «иванов», «анна»; initials count too
        """
        every = SQL.join(SQL(" AND "), map(_begins, names))
        # a surname goes before a patronymic: «Иванов» before «… Иванович»
        surname = SQL("%s LIKE %s", SQL(_KEY), f" {name_key(names[0])}%")
        found = self._find_names(SQL("%s AND %s", every, surname), limit)
        if len(found) < limit:
            found |= self._find_names(every, limit)
        return found[:limit]

    @api.model
    def _find_by_misspelt_names(self, names, limit=8):
        """Return persons with words of a name that look like these, likest first."""
        self.flush_model(["name", "active"])
        # the threshold of the operator is a setting of the transaction
        self.env.cr.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(TYPO_SHARE)],
        )
        key = SQL(_KEY)
        words = [name_key(name) for name in names]
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (SELECT id, name FROM res_partner"
                " WHERE active AND %s LIMIT %s) found"
                " ORDER BY %s DESC, id LIMIT %s",
                SQL.join(SQL(" AND "), [SQL("%s %%> %s", key, w) for w in words]),
                LOOKED_AT,
                SQL.join(SQL(" + "), [_likeness(word) for word in words]),
                limit,
            )
        )
        found = self.browse([partner_id for (partner_id,) in rows])
        return found._filtered_access("read")

    @api.model
    def _find_names(self, condition, limit):
        """Any ``limit`` active persons: the first ones the index gives, unsorted."""
        self.flush_model(["name", "active"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE active AND %s LIMIT %s",
                condition,
                limit,
            )
        )
        found = self.browse([partner_id for (partner_id,) in rows])
        return found._filtered_access("read")


def _begins(word):
    return SQL("%s LIKE %s", SQL(_KEY), f"% {name_key(word)}%")


def _likeness(word):
    return SQL("strict_word_similarity(%s, %s)", word, SQL(_KEY))
