# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: two records of one person."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Told together or not at all: half an address of each person is nobody's.
ADDRESS_FIELDS = (
    "building_id",
    "flat",
    "address_note",
    "address_confirmed",
    "street",
    "city",
    "zip",
)


class Merge(models.Model):
    _inherit = "gorod24.merge"

    def _check_mergeable(self, master, merged):
        super()._check_mergeable(master, merged)
        if master._name != "res.partner":
            return
        companies = self.env["res.company"].sudo().search([]).partner_id
        for person in master + merged:
            users = person.with_context(active_test=False).user_ids
            if person.is_participant or person.is_company or person in companies:
                raise UserError(
                    self.env._(
                        "“%(name)s” is an organisation: only persons are merged.",
                        name=person.display_name,
                    )
                )
            if users:
                raise UserError(
                    self.env._(
                        "“%(name)s” signs in to the system: users are not merged.",
                        name=person.display_name,
                    )
                )
        if master.parent_id == merged or merged.parent_id == master:
            raise UserError(self.env._("One of the two is a contact of the other."))

    def _move_own(self, master, merged):
        """What was asked of a number holds, whoever it is noted with."""
        super()._move_own(master, merged)
        if master._name != "res.partner":
            return
        query = SQL(
            """
            SELECT mine.id,
                   (mine.do_not_call IS TRUE OR his.do_not_call IS TRUE)::text,
                   greatest(mine.last_used, his.last_used)::text
              FROM gorod24_phone mine
              JOIN gorod24_phone his ON his.e164 = mine.e164
             WHERE mine.partner_id = %s AND his.partner_id = %s
            """,
            master.id,
            merged.id,
        )
        for row_id, barred, used in self.env.execute_query(query):
            values = {"last_used": used}
            if barred == "true":
                values["do_not_call"] = barred
            self._set_values("gorod24_phone", row_id, values)
