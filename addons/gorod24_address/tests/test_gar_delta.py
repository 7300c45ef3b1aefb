# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .gar_archive import ELM, FIRST_HOUSE, LIME, OAK, GarArchive
from .gar_common import GarCase

NEW = 97_700


@tagged("post_install", "-at_install")
class TestGarDelta(GarCase):
    """An archive of changes after a full one: only what it names is touched."""

    def setUp(self):
        super().setUp()
        self.archive = GarArchive(date="20260317")
        self.run_import()

    def run_delta(self):
        return self.run_import(self.archive, kind="delta")

    def test_renamed_street_keeps_its_old_name(self):
        self.archive.place(LIME, 8, "Садовникова", "ул")
        job = self.run_delta()
        street = self.place(LIME)
        self.assertEqual(street.name, "Садовникова")
        names = street.alias_ids.mapped("name")
        self.assertEqual(sorted(names), ["Ильича", "Липовая"])
        self.assertEqual(self.counts(job, "address"), (0, 1, 0, 0, 0))
        self.assertIn("ул. Липовая → ул. Садовникова", job.change_ids.detail)
        found = self.Building.suggest("Липовск, Липовая 3")
        self.assertEqual(found[0]["building_id"], self.house(FIRST_HOUSE + 2).id)

    def test_street_renamed_back_and_again_keeps_all_its_names(self):
        self.archive.place(LIME, 8, "Садовникова", "ул")
        self.run_delta()
        self.run_import()
        self.assertEqual(self.place(LIME).name, "Липовая")
        self.run_delta()
        for name in ("Садовникова", "Липовая", "Ильича"):
            found = self.Building.suggest(f"Липовск, {name} 3")
            self.assertEqual(found[0]["building_id"], self.house(FIRST_HOUSE + 2).id)

    def test_ended_house_is_archived_new_one_added_others_left(self):
        ended = {"ENDDATE": "2026-03-01", "ISACTIVE": 0, "ISACTUAL": 0}
        self.archive.house(FIRST_HOUSE, "1", **ended)
        self.archive.house(NEW, "77а", self.city_path(LIME))
        job = self.run_delta()
        gone = self.house(FIRST_HOUSE)
        self.assertFalse(gone.active)
        self.assertEqual(gone.date_to.isoformat(), "2026-03-01")
        self.assertEqual(self.house(NEW).display_name, "ул. Липовая, 77а")
        self.assertTrue(self.house(FIRST_HOUSE + 1).active)
        self.assertEqual(self.counts(job), (1, 0, 1, 0, 0))

    def test_ended_street_is_archived_when_empty(self):
        for number, name, kind in ((OAK, "Дубовый", "пер"), (LIME, "Липовая", "ул")):
            self.archive.place(number, 8, name, kind, ISACTUAL=0, ISACTIVE=0)
        job = self.run_delta()
        self.assertFalse(self.place(OAK).active)
        self.assertTrue(self.place(LIME).active, "its houses are still there")
        self.assertEqual(self.counts(job, "address")[2:], (1, 0, 1))

    def test_house_moves_to_another_street(self):
        self.archive.link(FIRST_HOUSE, self.city_path(OAK))
        job = self.run_delta()
        house = self.house(FIRST_HOUSE)
        self.assertEqual(house.street_id, self.place(OAK))
        self.assertEqual(self.counts(job), (0, 1, 0, 0, 0))
        self.assertIn("Липовая → Дубовый", job.change_ids.detail)

    def test_street_moves_and_its_path_follows(self):
        self.archive.place(97_050, 7, "Рассвет", "тер. СНТ", self.city_path())
        self.archive.link(LIME, self.city_path(97_050))
        self.run_delta()
        street = self.place(LIME)
        self.assertEqual(street.parent_id, self.place(97_050))
        path = f"{street.parent_id.parent_path}{street.id}/"
        self.assertEqual(street.parent_path, path)

    def test_new_postal_code_alone_is_a_change(self):
        self.archive.param("HOUSES", FIRST_HOUSE, 5, 656111)
        job = self.run_delta()
        self.assertEqual(self.house(FIRST_HOUSE).postal_code, "656111")
        self.assertEqual(self.counts(job), (0, 1, 0, 0, 0))
        self.assertEqual(self.run_delta().change_count, 0)

    def test_other_towns_of_the_region_stay_out(self):
        self.archive.place(ELM, 8, "Вязовая", "ул", (971, 974, 975))
        self.archive.house(NEW, "5", (971, 974, 975, ELM))
        job = self.run_delta()
        self.assertFalse(self.place(ELM))
        self.assertFalse(self.house(NEW))
        self.assertEqual(job.change_count, 0)

    def test_changes_without_a_full_archive_are_refused(self):
        archive = GarArchive(region="96")
        archive.place(961, 8, "Новая", "ул", (960,))
        job = self.create_job(archive, kind="delta")
        job.action_read()
        with self.assertRaises(UserError):
            job.action_start()
