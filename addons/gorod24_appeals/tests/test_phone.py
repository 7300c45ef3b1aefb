# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestPhone(AppealsCommon):
    def test_number_is_stored_in_one_form(self):
        partner = self.env["res.partner"].create({"name": "Петров"})
        phone = self.env["gorod24.phone"].create(
            {"e164": "8 (3852) 55-44-33", "partner_id": partner.id}
        )
        self.assertEqual(phone.e164, "+73852554433")
        self.assertEqual(phone.last10, "3852554433")

    def test_city_code_is_a_setting(self):
        self.env["ir.config_parameter"].set_param("gorod24.city_code", "3854")
        self.assertEqual(self.env["gorod24.phone"]._normalise("123456"), "+73854123456")

    def test_card_remembers_the_number_once(self):
        appeal = self._register()
        self._register(partner_id=appeal.partner_id.id)
        self.assertEqual(len(appeal.partner_id.phone_ids), 1)

    def test_own_numbers_are_of_nobody(self):
        """A colleague or a forwarding exchange calls: no citizen's card opens."""
        partner = self.env["res.partner"].create({"name": "Сторож"})
        phone = self.env["gorod24.phone"].create(
            {"e164": "+73852371001", "partner_id": partner.id}
        )
        self.assertEqual(phone._find("8 3852 371001"), phone)
        self.env["ir.config_parameter"].set_param(
            "gorod24.own_numbers", "12-34-56, 385237*"
        )
        self.assertFalse(phone._find("8 3852 371001"))
        self.assertFalse(phone._remember(partner, "+73852123456"))
