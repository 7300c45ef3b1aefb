# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase


class TestBuildingOrder(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.street = cls.env["gorod24.address"].create(
            {"name": "Длинная", "type_name": "ул.", "level": "street"}
        )
        cls.env["gorod24.building"].create(
            [
                {"street_id": cls.street.id, "house": house}
                for house in ("100", "10а", "2", "10", "2/1")
            ]
        )

    def test_houses_stand_as_along_the_street(self):
        houses = self.env["gorod24.building"].search(
            [("street_id", "=", self.street.id)]
        )
        self.assertEqual(houses.mapped("house"), ["2", "2/1", "10", "10а", "100"])
        backwards = houses.search([("id", "in", houses.ids)], order="house desc")
        self.assertEqual(backwards[0].house, "100")
        self.assertEqual(backwards[-1].house, "2")

    def test_houses_are_grouped_by_street_and_number(self):
        groups = self.env["gorod24.building"]._read_group(
            [("street_id", "=", self.street.id)], ["house"], order="house desc"
        )
        self.assertEqual(len(groups), 5)
