# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: houses that a text, a street or a district names."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _find_houses(self, text):
        """Houses of a list written by a person.

        :return: ids of buildings
        :raise UserError: naming every part that was not found
        """
        found = self.env["gorod24.building"].find_list(text)
        if found["missing"]:
            parts = "\n".join(
                f"• {item['text']}: {item['reason']}" for item in found["missing"]
            )
            raise UserError(
                self.env._("These houses were not found:\n%(parts)s", parts=parts)
            )
        return found["building_ids"]

    @api.model
    def _get_houses_of(self, address, building_ids=None):
        """Ids of the houses of a territory: the active ones, or those of a list.

        :param address: gorod24.address: a district, a street or anything above
        :param building_ids: only among these
        """
        chosen = SQL("b.active")
        if building_ids is not None:
            chosen = SQL("b.id = ANY(%s)", list(building_ids))
        self.env["gorod24.building"].flush_model()
        self.env["gorod24.address"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT b.id
                  FROM gorod24_building b
                  JOIN gorod24_address s ON s.id = b.street_id
                 WHERE %(chosen)s
                   AND (s.parent_path LIKE %(path)s
                        OR COALESCE(b.district_id, s.district_id) IN (
                           SELECT id FROM gorod24_address
                            WHERE parent_path LIKE %(path)s))
                """,
                chosen=chosen,
                path=f"{address.parent_path}%",
            )
        )
        return [building_id for (building_id,) in rows]
