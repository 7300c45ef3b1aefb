# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import AddressCase


@tagged("post_install", "-at_install")
class TestLookup(AddressCase):
    """What an operator types while the caller waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.village = cls._address("Опытное", "с.", "settlement", cls.town)
        cls.village_lenin = cls._address("Ленина", "ул.", "street", cls.village)
        cls.village_house = cls._building(cls.village_lenin, "54")
        cls.youth = cls._address("Молодёжная", "ул.", "street", cls.town)
        cls.youth26 = cls._building(cls.youth, "26")
        cls.peace = cls._address("Мира", "ул.", "street", cls.town)
        cls.peace7 = cls._building(cls.peace, "7")

    def _best(self, text):
        found = self.Building.suggest(text)
        return found[0] if found else {}

    def test_every_order_and_spelling_finds_the_house(self):
        for text in (
            "54 ленина",
            "дом 54 по проспекту Ленина",
            "ленина пятьдесят четыре",
            "прспект ленина 54",
            "лнеина 54",
            "Ленина, 54-12",
            "Пробинск, Ленина 54 кв 12",
        ):
            found = self._best(text)
            self.assertEqual(found.get("building_id"), self.houses["54"].id, text)

    def test_letter_is_tried_before_the_preposition(self):
        self.assertEqual(
            self._best("54 в ленина")["building_id"], self.houses["54-в"].id
        )
        self.assertEqual(self._best("26 в молодежная")["building_id"], self.youth26.id)

    def test_wrong_keyboard_layout_and_latin(self):
        for text in ("ktybyf 54", "Lenina 54", "prospekt Lenina 54"):
            found = self._best(text)
            self.assertEqual(found.get("building_id"), self.houses["54"].id, text)
        self.assertEqual(
            self._best("ktybyf 54-d")["building_id"], self.houses["54-в"].id
        )

    def test_cases_of_a_name(self):
        for text in ("на Молодёжной 26", "по улице Молодежной, дом 26"):
            self.assertEqual(self._best(text)["building_id"], self.youth26.id, text)

    def test_short_name_with_an_error(self):
        self.assertEqual(self._best("мриа 7")["building_id"], self.peace7.id)

    def test_namesakes_in_two_towns(self):
        labels = [c["label"] for c in self.Building.suggest("Ленина 54")]
        self.assertEqual(labels[0], "пр-кт Ленина, 54")
        self.assertIn("ул. Ленина, 54, с. Опытное", labels)
        best = self._best("Опытное Ленина 54")
        self.assertEqual(best["building_id"], self.village_house.id)
        self.assertEqual(best["town"], "с. Опытное")
        self.assertFalse(self.Building._find("ул. Пушкина 54")[0])

    def test_former_name_shows_the_new_one(self):
        self.env["gorod24.address.alias"].create(
            {"address_id": self.popov.id, "name": "Сузунская"}
        )
        found = self._best("Сузунская 50")
        self.assertEqual(found["building_id"], self.popov50.id)
        self.assertEqual(found["alias"], "Сузунская")
        self.assertIn("ул. Попова, 50", found["label"])
        self.assertIn("Сузунская", found["label"])
        self.assertFalse(self._best("Попова 50")["alias"])

    def test_short_form_of_a_name_is_not_told_as_another_name(self):
        self.env["gorod24.address.alias"].create(
            {"address_id": self.isakov.id, "name": "Исакова"}
        )
        found = self._best("Исакова 132")
        self.assertEqual(found["building_id"], self.isakov132.id)
        self.assertEqual(found["label"], "ул. Георгия Исакова, 132")

    def test_a_renamed_street_is_found_at_once(self):
        self.assertTrue(self._best("Мира 7"))
        self.peace.name = "Согласия"
        self.assertEqual(self._best("Согласия 7")["building_id"], self.peace7.id)
        self.peace.active = False
        found = [c["address_id"] for c in self.Building.suggest("Согласия 7")]
        self.assertNotIn(self.peace.id, found)

    def test_another_house_is_offered_but_never_taken(self):
        found = self.Building.suggest("Ленина 54г")
        self.assertNotEqual(found[0]["score"], 1)
        self.assertFalse(self.Building._find("Ленина 54г")[0])
        offered = [c["building_id"] for c in found]
        self.assertIn(self.houses["54-в"].id, offered)
        self.assertNotIn(self.houses["5"].id, offered)
        self.assertNotIn(self.houses["540"].id, offered)

    def test_a_like_street_is_not_taken_silently(self):
        self.assertFalse(self.Building._find("Маира 7")[0])
        self.assertEqual(self._best("Маира 7")["building_id"], self.peace7.id)

    def test_crossing(self):
        found = self._best("угол Ленина и Молодежной")
        self.assertEqual(found["address_id"], self.lenin.id)
        self.assertFalse(found["building_id"])
        self.assertEqual(found["label"], "пр-кт Ленина / ул. Молодёжная")
        self.assertEqual(found["place_kind"], "crossing")
        self.assertIn("ул. Молодёжная", found["place_note"])

    def test_pole_stretch_stop_and_yard(self):
        pole = self._best("опора 12 на Попова")
        self.assertEqual(pole["address_id"], self.popov.id)
        self.assertEqual(pole["place_kind"], "pole")
        self.assertIn("12", pole["place_note"])
        stretch = self._best("Ленина от Молодёжной до Мира")
        self.assertEqual(stretch["place_kind"], "stretch")
        self.assertIn("ул. Молодёжная", stretch["place_note"])
        self.assertIn("ул. Мира", stretch["place_note"])
        stop = self._best("Попова, остановка Спичка")
        self.assertEqual(stop["place_kind"], "stop")
        self.assertIn("Спичка", stop["place_note"])
        yard = self._best("двор дома Попова 50")
        self.assertEqual(yard["building_id"], self.popov50.id)
        self.assertEqual(yard["place_kind"], "yard")

    def test_entrance_is_told(self):
        self.assertIn("3", self._best("Попова 50 подъезд 3")["place_note"])

    def test_every_beginning_of_an_address_is_answered(self):
        for text in ("пр. Ленина, 54-в кв 12", "угол Ленина и Мира", "ktybyf 54-d"):
            for length in range(len(text) + 1):
                for found in self.Building.suggest(text[:length]):
                    self.assertGreaterEqual(found["score"], 0)
                    self.assertLessEqual(found["score"], 1)
                    self.assertTrue(found["address_id"] and found["label"])

    def test_strange_texts_give_nothing(self):
        for text in ("", " ", "школа 55", "%%%", "'; --", "\\", "54", "кв 5"):
            self.assertEqual(self.Building.suggest(text), [], text)

    def test_former_name_costs_one_query_more(self):
        self.env["gorod24.address.alias"].create(
            {"address_id": self.popov.id, "name": "Сузунская"}
        )
        self.Building.suggest("Сузунская 50")
        with self.assertQueryCount(4):
            self.Building.suggest("Сузунская 50")
