# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import os
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from .gar_archive import CITY, ELM, FIRST_HOUSE, LIME, OAK, guid, small_region
from .gar_common import GarCase

RUN = "odoo.addons.gorod24_address.models.gorod24_gar_import_run"


def real_region():
    """The archive of a real region beside the repository, or None."""
    beside = Path(file_path("gorod24_address")).parents[1].parent / "shared" / "data"
    folder = Path(os.environ.get("G24_SHARED") or beside)
    path = folder / "gar" / "region99_2023-06-26.zip"
    return path.read_bytes() if path.is_file() else None


@tagged("post_install", "-at_install")
class TestGarImport(GarCase):
    """A full archive: what comes in, what stays as the curators made it."""

    def test_chosen_town_comes_with_codes_and_former_names(self):
        job = self.run_import()
        self.assertEqual(self.counts(job), (3, 0, 0, 0, 0))
        street = self.place(LIME)
        self.assertEqual(street.display_name, "ул. Липовая")
        self.assertEqual(street._get_town(), self.place(CITY))
        self.assertEqual(street.oktmo, "97701000001")
        self.assertEqual(street.alias_ids.mapped("name"), ["Ильича"])
        self.assertIn("01.06.1992", street.alias_ids.note)
        house = self.house(FIRST_HOUSE)
        self.assertEqual(
            (house.house, house.postal_code, house.oktmo),
            ("1", "656001", "97701000001"),
        )
        self.assertFalse(self.place(ELM), "another town was not chosen")

    def test_second_import_changes_nothing(self):
        self.run_import()
        stamps = (self.place(LIME) | self.place(CITY)).mapped("write_date")
        job = self.run_import()
        self.assertEqual(job.change_count, 0)
        self.assertEqual(self.counts(job), (0, 0, 0, 3, 0))
        self.assertEqual(self.counts(job, "address"), (0, 0, 0, 5, 0))
        self.assertEqual(
            (self.place(LIME) | self.place(CITY)).mapped("write_date"), stamps
        )
        self.assertFalse(job.report_file)

    def test_real_region_twice(self):
        content = real_region()
        if content is None:
            return  # the data lie beside the repository on the builders' machines
        job = self.run_import(content, towns=())
        self.assertEqual(job.address_added + job.address_unchanged, 48)
        self.assertEqual(job.house_added + job.house_unchanged, 550)
        job = self.run_import(content, towns=())
        self.assertEqual(job.change_count, 0)
        self.assertEqual((job.address_unchanged, job.house_unchanged), (48, 550))

    def test_new_streets_are_found_at_once(self):
        before = self.Building.suggest("Липовск, Липовая 2")
        self.assertNotIn("ул. Липовая, 2", [found["label"] for found in before])
        self.run_import()
        found = self.Building.suggest("Липовск, Липовая 2")
        self.assertEqual(found[0]["building_id"], self.house(FIRST_HOUSE + 1).id)
        found = self.Building.suggest("Липовск, Ильича 2")
        self.assertEqual(found[0]["building_id"], self.house(FIRST_HOUSE + 1).id)

    def test_renamed_street_is_found_by_its_new_name_in_a_running_server(self):
        self.run_import()
        self.Building.suggest("Липовская 2")  # the streets are in memory now
        archive = small_region()
        archive.rows["ADDR_OBJ"] = [
            {**row, "NAME": "Вифлеемская"} if row["NAME"] == "Липовая" else row
            for row in archive.rows["ADDR_OBJ"]
        ]
        self.run_import(archive)
        found = self.Building.suggest("Вифлеемская 2")
        self.assertEqual(found[0]["building_id"], self.house(FIRST_HOUSE + 1).id)

    def test_what_curators_entered_is_adopted_not_doubled(self):
        region = self.Address.create({"name": "Лесной", "level": "region"})
        town = self.Address.create(
            {"name": "Липовск", "level": "city", "parent_id": region.id}
        )
        district = self.Address.create(
            {"name": "Левый берег", "level": "district", "parent_id": town.id}
        )
        street = self.Address.create(
            {"name": "Липовая", "type_name": "ул.", "parent_id": district.id}
        )
        house = self.Building.create(
            {"street_id": street.id, "house": "2", "kind": "public", "residents": 70}
        )
        self.run_import()
        self.assertEqual(street.objectguid, guid(LIME))
        self.assertEqual(street.parent_id, district, "the curators' district stays")
        self.assertEqual(house.objectguid, guid(FIRST_HOUSE + 1))
        self.assertEqual((house.kind, house.residents), ("public", 70))
        self.assertEqual(len(street.building_ids), 3)
        new = self.house(FIRST_HOUSE)
        self.assertEqual(new.district_id, district, "new houses get the district")

    def test_name_mended_by_a_curator_stays(self):
        self.run_import()
        self.place(LIME).name = "Липовая (у реки)"
        job = self.run_import()
        self.assertEqual(job.change_count, 0)
        self.assertEqual(self.place(LIME).name, "Липовая (у реки)")

    def test_gone_houses_and_streets_are_archived_and_come_back(self):
        self.run_import()
        self.run_import(small_region(houses=2))
        gone = self.house(FIRST_HOUSE + 2)
        self.assertFalse(gone.active)
        self.assertTrue(gone.date_to)
        archive = small_region(houses=0)
        archive.rows["ADDR_OBJ"] = [
            row for row in archive.rows["ADDR_OBJ"] if row["OBJECTID"] != OAK
        ]
        job = self.run_import(archive)
        self.assertFalse(self.place(OAK).active)
        self.assertTrue(self.place(LIME).active)
        self.assertEqual(job.house_archived, 2)
        self.run_import()
        self.assertTrue(self.place(OAK).active)
        self.assertTrue(gone.active)
        self.assertFalse(gone.date_to)

    def test_house_archived_by_a_curator_stays_archived(self):
        self.run_import()
        self.house(FIRST_HOUSE).active = False
        job = self.run_import()
        self.assertEqual(job.change_count, 0)
        self.assertFalse(self.house(FIRST_HOUSE).active)

    def test_houses_may_exchange_their_numbers(self):
        self.run_import()
        archive = small_region()
        swap = {"1": "2", "2": "1"}
        for row in archive.rows["HOUSES"]:
            if row["OBJECTID"] < 97_900:
                row["HOUSENUM"] = swap.get(row["HOUSENUM"], row["HOUSENUM"])
        first = self.house(FIRST_HOUSE)
        job = self.run_import(archive)
        self.assertEqual(self.counts(job), (0, 2, 0, 1, 0))
        self.assertEqual((first.house, first.house_key), ("2", "2"))
        self.assertEqual(self.house(FIRST_HOUSE + 1).house, "1")

    def test_second_house_of_a_number_is_reported_not_written(self):
        archive = small_region()
        archive.house(97_500, "2", self.city_path(LIME))
        job = self.run_import(archive)
        self.assertEqual(self.counts(job), (3, 0, 0, 0, 1))
        refused = job.change_ids.filtered(lambda c: c.action == "refused")
        self.assertEqual(refused.label, "ул. Липовая, 2")
        self.assertTrue(refused.detail)

    def test_report_file_holds_every_change_and_no_formula(self):
        archive = small_region()
        archive.place(9704, 8, "=1+1", "ул", self.city_path())
        job = self.run_import(archive)
        text = base64.b64decode(job.report_file).decode("utf-8-sig")
        self.assertEqual(len(text.splitlines()), 1 + job.change_count)
        self.assertIn("ул. Липовая, 3", text)
        self.assertNotIn(";=", text)

    def test_administrative_division_may_be_chosen(self):
        job = self.run_import(hierarchy="adm", towns=())
        self.assertEqual(self.counts(job), (4, 0, 0, 0, 0))
        self.assertTrue(self.place(ELM))

    def test_losing_most_houses_asks_first(self):
        self.run_import(small_region(houses=60))
        job = self.create_job(small_region(houses=2))
        self.choose(job, "Липовск")
        job.action_start()
        self.work()
        self.assertEqual(job.state, "confirm")
        self.assertTrue(self.house(FIRST_HOUSE + 50).active)
        job.action_confirm()
        self.work()
        self.assertEqual(job.state, "done")
        self.assertFalse(self.house(FIRST_HOUSE + 50).active)

    def test_cancelled_import_writes_nothing_and_may_go_on(self):
        job = self.create_job(small_region())
        self.choose(job, "Липовск")
        job.action_start()
        job.action_cancel()
        self.assertEqual(job.state, "cancelled")
        self.work()
        self.assertFalse(self.place(LIME))
        job.action_continue()
        self.work()
        self.assertEqual((job.state, job.house_added), ("done", 3))

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_time_of_a_scheduled_job_is_used_in_parts(self):
        job = self.create_job(small_region())
        self.choose(job, "Липовск")
        job.action_start()
        seen = []
        with patch(f"{RUN}.Gorod24GarImport._get_deadline", return_value=0.0):
            self.work()
        self.assertEqual(job.state, "queued")
        for _turn in range(40):
            with patch(f"{RUN}.time.monotonic", side_effect=range(10_000)):
                with patch(f"{RUN}.Gorod24GarImport._get_deadline", return_value=1.0):
                    self.work()
            seen.append(round(job.progress))
            if job.state == "done":
                break
        self.assertEqual(job.state, "done")
        self.assertEqual(seen, sorted(seen), "the bar never goes back")
        self.assertGreater(len(set(seen)), 5)
        self.assertEqual(self.counts(job), (3, 0, 0, 0, 0))

    def test_step_that_kills_the_server_is_given_up(self):
        job = self.create_job(small_region())
        self.choose(job, "Липовск")
        job.action_start()
        job.sudo().attempts = 3  # three processes died within the same step
        self.work()
        self.assertEqual(job.state, "failed")
        self.assertTrue(job.message)
        self.assertFalse(self.place(LIME))
        job.action_continue()
        self.work()
        self.assertEqual(job.state, "done")

    def test_one_import_at_a_time(self):
        first = self.create_job(small_region())
        self.choose(first, "Липовск")
        second = self.create_job(small_region())
        self.choose(second, "Липовск")
        first.action_start()
        with self.assertRaisesRegex(Exception, "running"):
            second.action_start()

    def test_older_edition_is_noticed(self):
        self.run_import()
        archive = small_region()
        archive.date = "20250101"
        job = self.create_job(archive)
        self.choose(job, "Липовск")
        self.assertTrue(job.is_older)
        self.assertEqual(job.last_edition.isoformat(), "2026-03-10")
