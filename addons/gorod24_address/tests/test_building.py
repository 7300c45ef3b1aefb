# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import AddressCase


@tagged("post_install", "-at_install")
class TestBuilding(AddressCase):
    def _best(self, text):
        found = self.Building.suggest(text)
        return found[0] if found else {}

    def test_one_house_in_many_spellings(self):
        house = self.houses["54-в"]
        for text in (
            "пр. Ленина, 54-в",
            "Ленина 54 В",
            "ленина пр-т д.54в",
            "Ленина 54B",
            "г. Пробинск, проспект Ленина, дом 54в",
            "Пробинск Ленина 54в",
        ):
            self.assertEqual(self._best(text).get("building_id"), house.id, text)
            self.assertEqual(self.Building._find(text)[0], house, text)

    def test_neighbouring_houses_differ(self):
        for number, house in self.houses.items():
            text = f"Ленина {number}"
            self.assertEqual(self._best(text)["building_id"], house.id, text)

    def test_initials_and_typing_errors(self):
        for text in ("Г. Исакова 132", "исокова 132", "Георгия Исакова, 132"):
            self.assertEqual(
                self._best(text).get("building_id"), self.isakov132.id, text
            )

    def test_flat_is_kept_with_the_candidate(self):
        best = self._best("Попова 50-12")
        self.assertEqual(best["building_id"], self.popov50.id)
        self.assertEqual(best["flat"], "12")
        self.assertEqual(best["district"], "Индустриальный")
        self.assertEqual(best["label"], "ул. Попова, 50")

    def test_unknown_house_leaves_the_street(self):
        best = self._best("Попова 777")
        self.assertFalse(best["building_id"])
        self.assertEqual(best["address_id"], self.popov.id)
        self.assertFalse(self.Building._find("Попова 777")[0])

    def test_unfinished_typing(self):
        labels = [c["label"] for c in self.Building.suggest("лен 54")]
        self.assertEqual(labels[0], "пр-кт Ленина, 54")
        self.assertIn("пр-кт Ленина, 54-в", labels)
        self.assertEqual(self._best("павл")["address_id"], self.tract.id)
        self.assertEqual(self.Building.suggest(""), [])

    def test_former_name_finds_the_street(self):
        self.env["gorod24.address.alias"].create(
            {"address_id": self.popov.id, "name": "Безымянная Старая"}
        )
        found = self._best("Безымянная Старая 50")
        self.assertEqual(found["building_id"], self.popov50.id)

    def test_same_number_on_two_streets_of_one_name_is_not_guessed(self):
        lane = self._address("Попова", "пер.", "street", self.town)
        house = self._building(lane, "50")
        self.assertFalse(self.Building._find("Попова 50")[0])
        self.assertEqual(self.Building._find("пер. Попова 50")[0], house)

    @mute_logger("odoo.sql_db")
    def test_house_is_unique_whatever_its_spelling(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._building(self.lenin, "д. 54 В")

    def test_district_comes_from_the_street_and_may_be_changed(self):
        self.assertEqual(self.popov50.district_id, self.district)
        house = self._building(self.popov, "1", district_id=self.other_district.id)
        self.assertEqual(house.district_id, self.other_district)
        self.popov.district_id = self.other_district
        self.assertEqual(house.district_id, self.other_district)

    def test_names(self):
        self.assertEqual(self.houses["54-в"].display_name, "пр-кт Ленина, 54-в")
        self.assertEqual(self.tract.display_name, "Павловский тракт")
        found = self.Building.name_search("Ленина 54в")
        self.assertIn(self.houses["54-в"].id, [row[0] for row in found])
        found = self.Address.name_search("ул. Попова")
        self.assertIn(self.popov.id, [row[0] for row in found])

    def test_path_holds_the_district_of_the_house(self):
        house = self._building(self.popov, "2", district_id=self.other_district.id)
        path = self.popov._get_path_ids(house)
        self.assertEqual(path[-2:], [self.other_district.id, self.popov.id])
        self.assertEqual(self.popov._get_path_ids()[-2], self.district.id)

    def test_address_cannot_lie_inside_itself(self):
        with self.assertRaises(UserError):
            self.town.parent_id = self.popov

    def test_partner_gets_the_postal_address(self):
        with Form(self.env["res.partner"]) as form:
            form.name = "Проба"
            form.building_id = self.popov50
            form.flat = "12"
        partner = form.save()
        self.assertEqual(partner.city, "Пробинск")
        self.assertIn("ул. Попова, 50", partner.street)

    def test_rights(self):
        clerk = new_test_user(self.env, "adr_clerk", groups="base.group_user")
        curator = new_test_user(
            self.env, "adr_curator", groups="gorod24_address.group_address_curator"
        )
        portal = new_test_user(self.env, "adr_portal", groups="base.group_portal")
        self.assertTrue(self.Building.with_user(clerk).suggest("Попова 50"))
        with self.assertRaises(AccessError):
            self.popov50.with_user(clerk).house = "51"
        self.popov50.with_user(curator).house = "51"
        with self.assertRaises(AccessError):
            self.Building.with_user(portal).suggest("Попова 50")
        with self.assertRaises(AccessError):
            self.popov.with_user(portal).check_access("read")

    def test_query_count_of_suggest(self):
        self.Building.suggest("Ленина 54в")
        with self.assertQueryCount(4):
            self.Building.suggest("Ленина 54в")
