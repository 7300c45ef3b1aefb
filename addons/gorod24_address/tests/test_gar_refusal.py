# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zipfile

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .gar_archive import LIME, REGION, GarArchive, small_region
from .gar_common import GarCase


def make_zip(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name.replace("__", "/"), data)
    return target.getvalue()


@tagged("post_install", "-at_install")
class TestGarRefusal(GarCase):
    """Wrong files: one clear sentence, and the directory untouched."""

    def setUp(self):
        super().setUp()
        self.before = self.count_all()

    def count_all(self):
        Address = self.Address.with_context(active_test=False)
        Building = self.Building.with_context(active_test=False)
        return Address.search_count([]), Building.search_count([])

    def assert_refused(self, content, words):
        job = self.create_job(content)
        with self.assertRaisesRegex(UserError, words) as caught:
            job.action_read()
        self.assertNotIn("\n", str(caught.exception))
        self.assertEqual(job.state, "draft")
        self.assertEqual(self.count_all(), self.before)

    def assert_fails(self, content, words):
        """The fault shows only while reading: nothing was written before it."""
        job = self.create_job(content)
        self.choose(job, "Липовск")
        job.action_start()
        self.work()
        self.assertEqual(job.state, "failed")
        self.assertRegex(job.message, words)
        self.assertEqual(self.count_all(), self.before)
        return job

    def change(self, table, function):
        return small_region(houses=400).content(
            lambda name, data: function(data) if name == table else data
        )

    def test_no_zip(self):
        self.assert_refused(b"%PDF-1.4 not an archive at all", "no zip")

    def test_archive_cut_off_while_copied(self):
        content = small_region(houses=50).content()
        self.assert_refused(content[: len(content) // 2], "damaged")

    def test_empty_archive(self):
        self.assert_refused(make_zip(**{"version.txt": ""}), "empty")

    def test_zip_of_something_else(self):
        self.assert_refused(make_zip(**{"1.txt": "hello"}), "no archive of the State")

    def test_version_without_files(self):
        content = make_zip(**{"version.txt": "2026.03.10"})
        self.assert_refused(content, "no files AS_ADDR_OBJ")

    def test_huge_claim(self):
        name = "97__AS_HOUSES_20260310_x.XML"
        archive = make_zip(**{"version.txt": "2026.03.10", name: b" " * (70 << 20)})
        self.assert_refused(archive, "suspiciously")

    def test_xml_of_something_else(self):
        content = self.change("ADDR_OBJ", lambda data: b"<html><body/></html>")
        self.assert_refused(content, "html")

    def test_entities_are_not_expanded(self):
        head = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]>'
        content = self.change(
            "ADDR_OBJ", lambda data: data.replace(b"<ADDRESS", head + b"<ADDRESS", 1)
        )
        self.assert_refused(content, "entities")

    def test_missing_file_of_houses_is_named(self):
        job = self.create_job(self.change("HOUSES", lambda data: None))
        self.choose(job, "Липовск")
        with self.assertRaisesRegex(UserError, "AS_HOUSES"):
            job.action_start()

    def test_changes_taken_for_a_full_archive(self):
        archive = GarArchive()
        archive.place(LIME, 8, "Липовая", "ул", (REGION, 972, 973))
        job = self.create_job(archive)
        with self.assertRaisesRegex(UserError, "archive of changes"):
            job.action_read()

    def test_broken_xml_tells_where(self):
        content = self.change(
            "HOUSES", lambda data: data.replace(b'HOUSENUM="200"', b"HOUSENUM=200")
        )
        job = self.assert_fails(content, r"AS_HOUSES.* 1, \w+ \d+")
        self.assertIn("Nothing of the archive has been written", job.message)

    def test_xml_cut_off(self):
        self.assert_fails(
            self.change("HOUSES", lambda d: d[: len(d) // 2]), "AS_HOUSES"
        )

    def test_damaged_bytes_within_the_archive(self):
        content = bytearray(small_region(houses=400).content())
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            info = next(i for i in pack.infolist() if "AS_HOUSES_2" in i.filename)
        middle = info.header_offset + 120 + info.compress_size // 2
        content[middle : middle + 20] = b"\x5a" * 20
        self.assert_fails(bytes(content), "AS_HOUSES")

    def test_rows_that_cannot_be_are_reported_with_the_reason(self):
        archive = small_region()
        path = self.city_path(LIME)
        archive.house(97_801, "", path)
        archive.house(97_802, "8", path, OBJECTGUID="nonsense")
        archive.house(97_803, "9", self.city_path(12345))
        job = self.run_import(archive)
        refused = job.change_ids.filtered(lambda c: c.action == "refused")
        self.assertEqual(job.house_refused, 2, refused.mapped("label"))
        self.assertTrue(all(refused.mapped("detail")))
        self.assertEqual(job.house_added, 3)

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_archive_replaced_while_waiting_is_read_anew(self):
        job = self.create_job(small_region())
        self.choose(job, "Липовск")
        job.action_start()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", job._name), ("res_id", "=", job.id)]
            + [("res_field", "=", "file")]
        )
        attachment.raw = small_region(houses=5).content()
        self.work()
        self.assertEqual((job.state, job.house_added), ("done", 5))
