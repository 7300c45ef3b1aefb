# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase


class AddressCase(TransactionCase):
    """A tiny town of our own: two districts, a few streets and houses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Address = cls.env["gorod24.address"]
        cls.Building = cls.env["gorod24.building"]
        region = cls._address("Тестовый", "край", "region")
        cls.town = cls._address("Пробинск", "г.", "city", parent=region)
        cls.district = cls._address("Индустриальный", "р-н", "district", cls.town)
        cls.other_district = cls._address("Заречный", "р-н", "district", cls.town)
        cls.lenin = cls._address("Ленина", "пр-кт", "street", cls.town)
        cls.popov = cls._address("Попова", "ул.", "street", cls.town)
        cls.popov.district_id = cls.district
        cls.isakov = cls._address("Георгия Исакова", "ул.", "street", cls.town)
        cls.tract = cls._address("Павловский", "тракт", "street", cls.town)
        cls.houses = {
            house: cls._building(cls.lenin, house)
            for house in ("5", "54", "54-в", "54/1", "54 корп. 1", "54 стр. 2", "540")
        }
        cls.popov50 = cls._building(cls.popov, "50")
        cls.isakov132 = cls._building(cls.isakov, "132")

    @classmethod
    def _address(cls, name, kind, level, parent=None):
        values = {"name": name, "type_name": kind, "level": level}
        return cls.env["gorod24.address"].create(
            {**values, "parent_id": parent.id if parent else False}
        )

    @classmethod
    def _building(cls, street, house, **values):
        return cls.env["gorod24.building"].create(
            {"street_id": street.id, "house": house, **values}
        )
