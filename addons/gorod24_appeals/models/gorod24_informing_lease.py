# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class InformingLease(models.Model):
    """Who calls a number now: two operators never ring the same citizen.

    One row for a number. A claim is one statement that either takes the row or leaves
    it to its holder, so two claims of one moment cannot both succeed. A lease runs out
    by itself: an operator who went away blocks nobody.
    """

    _name = "gorod24.informing.lease"
    _description = "Citizen taken by an operator"
    _rec_name = "phone_e164"

    phone_e164 = fields.Char("Number", required=True)
    user_id = fields.Many2one(
        "res.users", "Operator", required=True, index=True, ondelete="cascade"
    )
    until = fields.Datetime(required=True)

    _phone_uniq = models.Constraint(
        "UNIQUE (phone_e164)", "This citizen has been taken by an operator."
    )

    @api.model
    def _minutes(self):
        # Reading a setting: no personal data behind this sudo.
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param("gorod24.informing_lease_minutes", "10")
        return int(text) if text.isdigit() and int(text) else 10

    @api.model
    def _claim(self, number):
        """Take a number for the current user, or prolong his lease.

        :return: UTC moment until which it is his, or False when another holds it.
        """
        now = fields.Datetime.now()
        until = now + timedelta(minutes=self._minutes())
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO gorod24_informing_lease AS lease
                    (phone_e164, user_id, until,
                     create_uid, write_uid, create_date, write_date)
                VALUES (%(number)s, %(uid)s, %(until)s,
                        %(uid)s, %(uid)s, %(now)s, %(now)s)
                ON CONFLICT (phone_e164) DO UPDATE
                    SET user_id = EXCLUDED.user_id, until = EXCLUDED.until,
                        write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
                    WHERE lease.user_id = EXCLUDED.user_id OR lease.until < %(now)s
                RETURNING id
                """,
                number=number,
                uid=self.env.uid,
                until=until,
                now=now,
            )
        )
        self.invalidate_model()
        return until if rows else False

    @api.model
    def _holders(self, numbers):
        """Return {number: user} of the leases running now."""
        found = self.search(
            [
                ("phone_e164", "in", list(numbers)),
                ("until", ">=", fields.Datetime.now()),
            ]
        )
        return {lease.phone_e164: lease.user_id for lease in found}

    @api.model
    def _get_taken(self):
        """Return the numbers other operators have now."""
        found = self.search(
            [
                ("user_id", "!=", self.env.uid),
                ("until", ">=", fields.Datetime.now()),
            ]
        )
        return found.mapped("phone_e164")

    @api.model
    def _check_mine(self, numbers):
        """Refuse to work on a citizen another operator has now.

        :raises UserError: naming him.
        """
        for user in self._holders(filter(None, numbers)).values():
            if user != self.env.user:
                raise UserError(
                    self.env._(
                        "%(name)s is talking to this citizen now.", name=user.name
                    )
                )

    @api.model
    def _release(self, numbers=None):
        """Give back the user's own leases: of these numbers, or all of them."""
        mine = [("user_id", "=", self.env.uid)]
        if numbers is not None:
            mine.append(("phone_e164", "in", list(filter(None, numbers))))
        # sudo: nobody writes leases by hand; the domain names his own only
        self.sudo().search(mine).unlink()

    @api.autovacuum
    def _gc_old(self):
        day_ago = fields.Datetime.now() - timedelta(days=1)
        self.search([("until", "<", day_ago)], limit=1000).unlink()
