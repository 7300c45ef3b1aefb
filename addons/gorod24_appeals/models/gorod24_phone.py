# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..phone_number import is_own, last_digits, normalise, pretty


class Phone(models.Model):
    """One telephone number of one person.

    A person has several numbers and a number serves several persons (a family, a
    communal flat), so the pair is the record.
    """

    _name = "gorod24.phone"
    _description = "Phone number of a person"
    _order = "last_used desc, id desc"
    _rec_name = "e164"

    e164 = fields.Char("Number", required=True, index=True)
    last10 = fields.Char(
        "Last ten digits", compute="_compute_last10", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="cascade"
    )
    do_not_call = fields.Boolean(
        help="The person asked not to be called at this number."
    )
    last_used = fields.Datetime(help="When a call or an appeal last used the number.")
    note = fields.Char()

    _person_uniq = models.Constraint(
        "UNIQUE (e164, partner_id)", "This person already has this number."
    )

    @api.depends("e164")
    def _compute_last10(self):
        for phone in self:
            phone.last10 = last_digits(phone.e164)

    @api.depends("e164")
    def _compute_display_name(self):
        for phone in self:
            phone.display_name = pretty(phone.e164)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_normal_number(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_normal_number(vals))

    @api.model
    def _with_normal_number(self, vals):
        """Return ``vals`` with the number in E.164 when it can be understood."""
        if not vals.get("e164"):
            return vals
        return dict(vals, e164=self._normalise(vals["e164"]) or vals["e164"])

    @api.model
    def _normalise(self, raw):
        """Return the E.164 form of ``raw`` by the city's settings, or None."""
        # Reading a setting: no personal data behind this sudo.
        parameters = self.env["ir.config_parameter"].sudo()
        prefixes = parameters.get_param("gorod24.outside_prefixes", "90,9")
        return normalise(
            raw,
            city_code=parameters.get_param("gorod24.city_code", "3852"),
            outside_prefixes=tuple(filter(None, prefixes.split(","))),
        )

    @api.model
    def _is_own(self, number):
        """Is ``number`` (E.164) one of the hotline's or the offices' own numbers?"""
        # Reading a setting: no personal data behind this sudo.
        get = self.env["ir.config_parameter"].sudo().get_param
        own = get("gorod24.own_numbers", "")
        city_code = get("gorod24.city_code", "3852")
        return is_own(number, own.split(","), city_code) if own else False

    @api.model
    def _find(self, raw):
        """Return the phone records of a number: by E.164, else by ten last digits."""
        number = self._normalise(raw)
        if not number or self._is_own(number):
            return self.browse()
        phones = self.search([("e164", "=", number)])
        return phones or self.search([("last10", "=", last_digits(number))])

    @api.model
    def _remember(self, partner, number):
        """Note that ``partner`` was spoken to at ``number`` (E.164) just now."""
        if not (partner and number) or self._is_own(number):
            return self.browse()
        now = fields.Datetime.now()
        mine = [("e164", "=", number), ("partner_id", "=", partner.id)]
        phone = self.search_fetch(mine, self._get_remembered_fields(), limit=1)
        if phone:
            phone.last_used = now
            return phone
        return self.create({"e164": number, "partner_id": partner.id, "last_used": now})

    @api.model
    def _get_remembered_fields(self):
        """Fields a conversation may change. Hook."""
        return ["last_used"]
