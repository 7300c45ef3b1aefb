# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import AddressCase


@tagged("post_install", "-at_install")
class TestBuildingList(AddressCase):
    """Houses of a pasted list, and what of it is not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.titov = cls._address("Титова", "ул.", "street", cls.town)
        cls.titov_houses = {
            number: cls._building(cls.titov, number)
            for number in ("1", "2", "3", "4", "4а", "5", "6/1", "8", "11")
        }

    def _numbers(self, text, street=None):
        found = self.Building.find_list(text)
        houses = self.Building.browse(found["building_ids"])
        if street:
            houses = houses.filtered(lambda b: b.street_id == street)
        return sorted(houses.mapped("house"))

    def test_ranges_give_the_houses_that_exist(self):
        self.assertEqual(
            self._numbers("ул. Титова, 2–8 чёт."), ["2", "4", "4а", "6/1", "8"]
        )
        self.assertEqual(self._numbers("Титова 1-5 нечет, 8"), ["1", "3", "5", "8"])
        self.assertEqual(
            self._numbers("дома с 3 по 5 по ул. Титова"), ["3", "4", "4а", "5"]
        )
        self.assertEqual(self._numbers("вся улица Титова"), sorted(self.titov_houses))
        self.assertEqual(
            self._numbers("Титова 1-11 кроме 4а, 5-8"), ["1", "11", "2", "3", "4"]
        )

    def test_gaps_of_a_range_are_no_errors_but_an_empty_range_is(self):
        found = self.Building.find_list("Титова 1–11; Титова 20–30")
        self.assertEqual(len(found["missing"]), 1)
        self.assertIn("20–30", found["missing"][0]["text"])

    def test_items_tell_street_and_houses(self):
        found = self.Building.find_list("ул. Титова 1, 2; пр. Ленина 54-в, 5")
        self.assertEqual(
            [(i["street"], i["address_id"]) for i in found["items"]],
            [("ул. Титова", self.titov.id), ("пр-кт Ленина", self.lenin.id)],
        )
        self.assertEqual(
            found["items"][1]["building_ids"],
            [self.houses["54-в"].id, self.houses["5"].id],
        )
        self.assertFalse(found["missing"])

    def test_repeats_count_once(self):
        found = self.Building.find_list("Титова 1, 1, 1-3; Титова 3")
        self.assertEqual(len(found["building_ids"]), 3)

    def test_missing_house_and_street_are_named_with_the_reason(self):
        found = self.Building.find_list("Титова 1, 48бв; Титофа 3; Неведомая 5")
        texts = [row["text"] for row in found["missing"]]
        self.assertEqual(texts, ["ул. Титова, 48БВ", "Титофа 3", "Неведомая 5"])
        self.assertIn("ул. Титова", found["missing"][1]["reason"])
        self.assertTrue(all(row["reason"] for row in found["missing"]))
        self.assertEqual(len(found["building_ids"]), 1)

    def test_namesake_is_not_guessed(self):
        lane = self._address("Титова", "пер.", "street", self.town)
        first = self._building(lane, "1")
        found = self.Building.find_list("Титова 1")
        self.assertFalse(found["building_ids"])
        self.assertIn("пер. Титова", found["missing"][0]["reason"])
        self.assertEqual(
            self.Building.find_list("пер. Титова 1")["building_ids"], first.ids
        )
        # the numbers may tell
        found = self.Building.find_list("Титова 8, 11")
        self.assertEqual(len(found["building_ids"]), 2)

    def test_heading_names_the_village(self):
        village = self._address("Опытное", "с.", "settlement", self.town)
        street = self._address("Титова", "ул.", "street", village)
        house = self._building(street, "1")
        found = self.Building.find_list("с. Опытное:\nТитова 1")
        self.assertEqual(found["building_ids"], house.ids)
        self.assertIn("с. Опытное", found["items"][0]["street"])
        # without a heading the city is meant
        found = self.Building.find_list("Титова 1")
        self.assertEqual(found["building_ids"], self.titov_houses["1"].ids)

    def test_what_is_not_understood_is_told(self):
        found = self.Building.find_list("чётная сторона от Титова до Попова")
        self.assertFalse(found["building_ids"])
        self.assertEqual(len(found["missing"]), 1)
        found = self.Building.find_list("ул. Титова")
        self.assertFalse(found["building_ids"])
        self.assertEqual(len(found["missing"]), 1)

    def test_prose_around_a_list_is_left_out(self):
        found = self.Building.find_list(
            "Сегодня, 6 сентября, до 20:00 в 45 частных домах не будет воды.\n"
            "Титова, 1, 2;\nПопова: 50."
        )
        self.assertEqual(len(found["building_ids"]), 3)
        self.assertFalse(found["missing"])
        self.assertTrue(found["skipped"])

    def test_former_name_in_a_list(self):
        self.env["gorod24.address.alias"].create(
            {"address_id": self.titov.id, "name": "Сузунская"}
        )
        found = self.Building.find_list("Сузунская 1, 2")
        self.assertEqual(found["items"][0]["street"], "ул. Титова")
        self.assertEqual(len(found["building_ids"]), 2)

    def test_portal_may_not_ask(self):
        portal = new_test_user(self.env, "lst_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.Building.with_user(portal).find_list("Титова 1")

    def test_cost_does_not_grow_with_the_houses(self):
        self.Building.find_list("Титова 1")
        with self.assertQueryCount(4):
            self.Building.find_list("Титова 1-11, 4а, 5, 7, 8")
