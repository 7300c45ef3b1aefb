# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

# The list is worked from the top; merged pairs make room for the next.
LIMIT = 300
# Two spellings of one name: «Иванова А. П.» and «Иванова Анна Петровна».
ALIKE = 0.35


class PersonDouble(models.TransientModel):
    """A pair that may be one person; found when the supervisor asks."""

    _name = "gorod24.person.double"
    _description = "Possible double"
    _order = "likeness desc, id"

    partner_id = fields.Many2one("res.partner", "Person", ondelete="cascade")
    other_id = fields.Many2one("res.partner", "Perhaps the same", ondelete="cascade")
    reason = fields.Selection(
        [("phone", "Same phone, similar name"), ("house", "Same name, same house")]
    )
    shared = fields.Char("What they share")
    likeness = fields.Float("Likeness of names", digits=(3, 2), aggregator=None)

    @api.model
    def action_find(self):
        """Look for possible doubles now and open the list."""
        self.env["gorod24.merge"]._check_supervisor()
        self.search([("create_uid", "=", self.env.uid)]).unlink()
        pairs = self._find_pairs()
        houses = self.env["gorod24.building"].browse(
            {house for *_rest, house in pairs if house}
        )
        names = {house.id: house.display_name for house in houses}
        found = self.create(
            [
                {
                    "partner_id": first,
                    "other_id": second,
                    "reason": "phone" if phone else "house",
                    "shared": phone or names[house],
                    "likeness": likeness,
                }
                for first, second, likeness, phone, house in pairs
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Possible doubles"),
            "res_model": self._name,
            "view_mode": "list",
            "domain": [("id", "in", found.ids)],
            "help": self.env._("No two persons look the same."),
        }

    def _find_pairs(self):
        """Return rows (older id, newer id, likeness 0…1, phone, house id).

        Both searches go by an index: numbers (e164), and house with name.
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                WITH pairs AS (
                    SELECT a.partner_id AS first, b.partner_id AS second,
                           a.e164 AS phone, NULL::int AS house
                      FROM gorod24_phone a
                      JOIN gorod24_phone b
                           ON b.e164 = a.e164 AND b.partner_id > a.partner_id
                    UNION ALL
                    SELECT a.id, b.id, NULL, a.building_id
                      FROM res_partner a
                      JOIN res_partner b
                           ON b.building_id = a.building_id
                          AND lower(b.name) = lower(a.name) AND b.id > a.id
                          AND (a.flat IS NULL OR b.flat IS NULL OR a.flat = b.flat)
                     WHERE a.building_id IS NOT NULL AND a.active AND b.active
                ), alike AS (
                    SELECT DISTINCT ON (first, second)
                           first, second, pairs.phone, pairs.house,
                           similarity(lower(a.name), lower(b.name)) AS likeness
                      FROM pairs
                      JOIN res_partner a ON a.id = first
                      JOIN res_partner b ON b.id = second
                     WHERE a.active AND b.active
                       AND a.is_company IS NOT TRUE AND b.is_company IS NOT TRUE
                       AND a.is_participant IS NOT TRUE AND b.is_participant IS NOT TRUE
                       AND NOT EXISTS (SELECT FROM res_users u
                                        WHERE u.partner_id IN (first, second))
                     ORDER BY first, second, pairs.phone NULLS LAST
                )
                SELECT first, second, likeness, phone, house FROM alike
                 WHERE likeness >= %(alike)s
                 ORDER BY likeness DESC, first, second LIMIT %(limit)s
                """,
                alike=ALIKE,
                limit=LIMIT,
            )
        )

    def action_merge(self):
        """Open the merge of the pair; the one known longer stays, unless swapped."""
        self.ensure_one()
        return self.env["gorod24.person.merge"]._get_action(
            self.other_id, self.partner_id
        )
