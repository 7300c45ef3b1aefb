# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..tabular import write_table
from .common import AddressCase

GUID = "0c5b2444-70a0-4932-980c-b4dc0d3f02b5"
OTHER_GUID = "0c5b2444-70a0-4932-980c-b4dc0d3f02b6"


@tagged("post_install", "-at_install")
class TestAddressImport(AddressCase):
    """Streets and houses of a spreadsheet: looked at first, then written whole."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.curator = new_test_user(
            cls.env,
            "table_curator",
            groups="base.group_user,gorod24_address.group_address_curator",
        )

    def _open(self, text, filename="дома.csv", user=None, town=True):
        content = text.encode() if isinstance(text, str) else text
        wizard = self.env["gorod24.address.import"].with_user(user or self.curator)
        return wizard.create(
            {
                "file": base64.b64encode(content),
                "filename": filename,
                "town_id": self.town.id if town else False,
            }
        )

    def _check(self, text, **options):
        wizard = self._open(text, **options)
        wizard.action_check()
        return wizard

    def _counts(self, wizard):
        names = ("created", "updated", "unchanged")
        return tuple(wizard[f"{name}_count"] for name in names)

    def _problems(self, wizard):
        return [(p["row"], p["column"]) for p in wizard.problems or []]

    def test_check_writes_nothing_then_import_adds_and_changes(self):
        text = (
            "Улица;Дом;Район;Индекс;Квартир\n"
            "ул. Аметистовая;1;;656001;12\n"
            "ул. Аметистовая;2а;Заречный;;\n"
            "пр-кт Ленина;54В;;656099;40\n"
            "Ленина;5;;;\n"
        )
        before = self.Building.search_count([])
        wizard = self._check(text)
        self.assertEqual(self._problems(wizard), [])
        self.assertEqual(self._counts(wizard), (3, 1, 2))
        self.assertEqual(self.Building.search_count([]), before)
        self.assertIn("ул. Аметистовая", wizard.report)
        wizard.action_apply()
        self.assertEqual(wizard.state, "done")
        houses = self.Building.search([("street_id.name", "=", "Аметистовая")])
        self.assertEqual(sorted(houses.mapped("house")), ["1", "2а"])
        self.assertEqual(houses.street_id.parent_id, self.town)
        self.assertEqual(
            houses.filtered(lambda h: h.house == "2а").district_id, self.other_district
        )
        house = self.houses["54-в"]
        self.assertEqual(house.house, "54-в", "the same number keeps its spelling")
        self.assertEqual((house.postal_code, house.flat_count), ("656099", 40))
        found = self.Building.suggest("аметистовая 2а")
        self.assertEqual(found[0]["building_id"], houses.sorted("house")[1].id)

    def test_second_import_of_a_file_finds_no_changes(self):
        text = "Улица;Дом;Вид;Прежние названия\nул. Аметистовая;1;МКД;Старая\n"
        self._check(text).action_apply()
        wizard = self._check(text)
        self.assertEqual(self._counts(wizard), (0, 0, 2))
        wizard.action_apply()
        alias = self.env["gorod24.address.alias"].search([("name", "=", "Старая")])
        self.assertEqual(len(alias), 1)

    def test_one_bad_row_stops_the_whole_file_and_is_named(self):
        wizard = self._check(
            "Улица;Дом;Индекс;Квартир;Вид;Район;Город\n"
            "ул. Аметистовая;1;;;;;\n"
            "ул. Аметистовая;без номера;;;;;\n"
            "ул. Аметистовая;2 кв. 5;;;;;\n"
            "ул. Аметистовая;3;65609;;;;\n"
            "ул. Аметистовая;4;;много;;;\n"
            "ул. Аметистовая;5;;;дворец;;\n"
            "ул. Аметистовая;6;;;;Лунный;\n"
            "ул. Аметистовая;7;;;;;Нетгород\n"
            "ул. Аметистовая;д. 1;;;;;\n"
            ";9;;;;;\n"
            "Безтипа;10;;;;;\n"
        )
        self.assertEqual(
            self._problems(wizard),
            [
                *((3, "house"), (4, "house"), (5, "postal_code"), (6, "flats")),
                *((7, "kind"), (8, "district"), (9, "town"), (10, "house")),
                *((11, "street"), (12, "street")),
            ],
        )
        wizard.action_apply()
        self.assertEqual(wizard.state, "checked")
        self.assertFalse(self.Address.search([("name", "=", "Аметистовая")]))

    def test_streets_are_found_without_type_and_by_former_name(self):
        alias = {"address_id": self.popov.id, "name": "Соборная"}
        self.env["gorod24.address.alias"].create(alias)
        wizard = self._check("Улица;Дом\nСоборная;71\nПопова;72\nулица Попова;73\n")
        self.assertEqual(self._counts(wizard), (3, 0, 1))
        wizard.action_apply()
        numbers = self.popov.building_ids.mapped("house")
        self.assertEqual(sorted(numbers), ["50", "71", "72", "73"])

    def test_street_that_may_be_two_is_refused(self):
        self._address("Попова", "пер.", "street", self.town)
        wizard = self._check("Улица;Дом\nПопова;72\nпер. Попова;1\n")
        self.assertEqual(self._problems(wizard), [(2, "street")])

    def test_village_has_houses_without_streets(self):
        village = self._address("Малахитово", "с.", "settlement", self.town)
        self._check("Город;Улица;Дом\nс. Малахитово;;7\n").action_apply()
        self.assertEqual(village.building_ids.mapped("house"), ["7"])

    def test_guid_is_the_identity_of_a_house(self):
        self.houses["5"].objectguid = GUID
        wizard = self._check(f"Улица;Дом;GUID\nЛенина;5а;{GUID.upper()}\n")
        self.assertEqual(self._counts(wizard), (0, 1, 1))
        wizard.action_apply()
        self.assertEqual(self.houses["5"].house, "5а")
        wizard = self._check(
            "Улица;Дом;GUID\n"
            f"Ленина;54;{GUID}\n"
            f"Попова;5;{GUID}\n"
            f"Ленина;5а;{OTHER_GUID}\n"
            "Ленина;540;123\n"
        )
        self.assertEqual(
            self._problems(wizard),
            [(2, "guid"), (3, "guid"), (4, "guid"), (5, "guid")],
        )

    def test_archived_house_is_not_brought_back_by_a_table(self):
        self.houses["5"].active = False
        wizard = self._check("Улица;Дом\nЛенина;5\n")
        self.assertEqual(self._problems(wizard), [(2, "house")])

    def test_sheet_of_a_spreadsheet_and_the_sample(self):
        rows = [["ул. Попова", "52"], ["ул. Попова", "52/1"]]
        content = write_table(["Улица", "Номер дома"], rows, "xlsx")
        wizard = self._check(content, filename="дома.xlsx")
        self.assertEqual(self._counts(wizard), (2, 0, 1))
        wizard = wizard.with_context(lang="ru_RU")
        self.assertIn(f"/{wizard.id}/sample_file", wizard.action_sample()["url"])
        sample = base64.b64decode(wizard.sample_file)
        self.assertEqual(sample[:2], b"PK")

    def test_town_must_be_known(self):
        wizard = self._check("Улица;Дом\nул. Аметистовая;1\n", town=False)
        self.assertEqual(self._problems(wizard), [(2, "town")])

    def test_only_curators_import_and_only_their_own_files(self):
        clerk = new_test_user(self.env, "table_clerk", groups="base.group_user")
        with self.assertRaises(AccessError):
            self._open("Улица;Дом\n", user=clerk)
        wizard = self._open("Улица;Дом\nЛенина;5\n")
        other = new_test_user(
            self.env,
            "table_other",
            groups="base.group_user,gorod24_address.group_address_curator",
        )
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_check()
