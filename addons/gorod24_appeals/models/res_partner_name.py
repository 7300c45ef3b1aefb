# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: persons are found by the beginnings of their names, ё = е, typos too."""

from odoo import api, models
from odoo.tools import SQL

from ..finding import name_key

#: As the index below writes it: a space before each word, so that a beginning of a
#: word is «% иван%».
_KEY = "(' ' || replace(lower(name), 'ё', 'е'))"
#: Spellings of a misspelt name looked for in any order of the words.
TRIED = 3


class ResPartner(models.Model):
    _inherit = "res.partner"

    # A name typed as it is written, from its beginning: the first ones at once.
    _name_key_idx = models.Index(f"({_KEY} text_pattern_ops) WHERE active")
    _name_key_trgm_idx = models.Index(f"USING gin ({_KEY} gin_trgm_ops)")

    @api.model
    def _find_by_names(self, names, limit=8):
        """Return persons whose name has words beginning so, in any order.

        :param names: words of a name, «иванов», «анна»; initials count too
        """
        every = SQL.join(SQL(" AND "), map(_begins, names))
        # a surname goes before a patronymic: «Иванов» before «… Иванович»
        surname, spelt = _spelt(names[:1]), _spelt(names)
        return self._find_first(
            [
                spelt,
                SQL("%s AND %s AND NOT %s", every, surname, spelt),
                SQL("%s AND NOT %s", every, surname),
            ],
            limit,
        )

    @api.model
    def _find_by_misspelt_names(self, names, limit=8):
        """Return persons with names that these may mean, likeliest first."""
        spellings = self.env["gorod24.name.word"]._spell(names)
        found = self._find_first(list(map(_spelt, spellings)), limit)
        for spelling in spellings[:TRIED]:
            if len(found) < limit:
                found |= self._find_by_names(spelling, limit)
        return found[:limit]

    @api.model
    def _find_first(self, conditions, limit):
        """Any ``limit`` active persons: of the first condition, then of the next.

        A condition is asked only while there are too few, and of each the first ones
        the index gives are taken, unsorted.
        """
        if not conditions:
            return self.browse()
        self.flush_model(["name", "active"])
        each = [
            SQL("(SELECT id FROM res_partner WHERE active AND %s LIMIT %s)", one, limit)
            for one in conditions
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) found LIMIT %s",
                SQL.join(SQL(" UNION ALL "), each),
                limit,
            )
        )
        return self._as_read([partner_id for (partner_id,) in rows])

    @api.model
    def _as_read(self, ids):
        """Return those of the persons the user may read, in the same order."""
        known = self.search_fetch([("id", "in", ids)], ["name", "building_id", "flat"])
        return self.browse(dict.fromkeys(ids)) & known

    # The words of names ---------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        self.env["gorod24.name.word"]._remember(partners.mapped("name"))
        return partners

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self.env["gorod24.name.word"]._remember([vals["name"]])
        return result


def _spelt(names):
    """The name begins with these words: answered by an index that stops at once."""
    return SQL("%s LIKE %s", SQL(_KEY), f" {name_key(' '.join(names))}%")


def _begins(word):
    return SQL("%s LIKE %s", SQL(_KEY), f"% {name_key(word)}%")
