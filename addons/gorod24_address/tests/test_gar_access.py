# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import config

from .gar_archive import FIRST_HOUSE, small_region
from .gar_common import GarCase

MODELS = ("", ".unit", ".stage", ".change")


@tagged("post_install", "-at_install")
class TestGarAccess(GarCase):
    """Only curators of addresses import, and only from the one folder."""

    def setUp(self):
        super().setUp()
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.folder = Path(home.name) / "gar"
        (self.folder / "2026").mkdir(parents=True)
        self.outside = Path(home.name) / "secret.zip"
        for path in (self.folder / "gar_xml.zip", self.outside):
            path.write_bytes(small_region().content())
        # the server of the tests may have a folder of its own
        nothing = patch.dict(config.options, {"gorod24_gar_folder": ""})
        nothing.start()
        self.addCleanup(nothing.stop)
        key = "gorod24_address.gar_folder"
        self.env["ir.config_parameter"].set_param(key, str(self.folder))

    def job(self, name):
        return self.Import.with_user(self.curator).create(
            {"source": "server", "server_file": name}
        )

    def assert_not_read(self, name):
        job = self.job(name)
        with self.assertRaises(UserError):
            job.action_read()
        self.assertFalse(job.unit_ids)

    # ROLES

    def test_curator_imports(self):
        job = self.run_import()
        self.assertEqual(
            job.with_user(self.curator).change_ids.mapped("action")[:1], ["added"]
        )
        self.assertEqual(self.house(FIRST_HOUSE).create_uid, self.curator)

    def test_other_employees_neither_see_nor_start(self):
        job = self.run_import()
        for suffix in MODELS:
            Model = self.env[f"gorod24.gar.import{suffix}"].with_user(self.clerk)
            with self.assertRaises(AccessError):
                Model.search([])
        with self.assertRaises(AccessError):
            self.Import.with_user(self.clerk).create({"source": "server"})
        mine = self.create_job(small_region())
        for method in ("read", "start", "cancel", "confirm", "continue"):
            with self.assertRaises(AccessError):
                getattr(mine.with_user(self.clerk), f"action_{method}")()
        with self.assertRaises(AccessError):
            job.with_user(self.clerk).unlink()

    def test_portal_users_see_nothing(self):
        self.run_import()
        guest = new_test_user(self.env, "gar_guest", groups="base.group_portal")
        for suffix in MODELS:
            with self.assertRaises(AccessError):
                self.env[f"gorod24.gar.import{suffix}"].with_user(guest).search([])

    def test_archive_of_a_job_is_no_open_attachment(self):
        job = self.create_job(small_region())
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", job._name), ("res_id", "=", job.id)]
            + [("res_field", "=", "file")]
        )
        self.assertTrue(attachment)
        with self.assertRaises(AccessError):
            attachment.with_user(self.clerk).read(["datas"])

    def test_curators_do_not_write_the_state_by_hand(self):
        job = self.create_job(small_region())
        with self.assertRaises(AccessError):
            job.write({"state": "done"})
        with self.assertRaises(AccessError):
            job.write({"confirmed": True})
        made = self.Import.with_user(self.curator).create({"state": "queued"})
        self.assertEqual(made.state, "draft")

    def test_running_import_is_not_deleted_nor_changed(self):
        job = self.create_job(small_region())
        self.choose(job, "Липовск")
        job.action_start()
        with self.assertRaises(UserError):
            job.unlink()
        with self.assertRaises(UserError):
            job.kind = "delta"
        job.action_cancel()
        job.unlink()

    # THE FOLDER OF THE SERVER

    def test_archive_of_the_folder_is_read(self):
        job = self.job("gar_xml.zip")
        self.assertEqual([f["name"] for f in job.server_files], ["gar_xml.zip"])
        job.action_read()
        self.assertEqual(job.state, "ready")

    def test_nothing_outside_the_folder_is_read(self):
        for name in (
            *("../secret.zip", "2026/../../secret.zip", str(self.outside)),
            *("/etc/passwd", "", ".", "no.zip", "x" * 5000),
        ):
            with self.subTest(name=name[:30]):
                self.assert_not_read(name)

    def test_links_do_not_lead_out(self):
        os.symlink(self.outside, self.folder / "link.zip")
        os.symlink(self.outside.parent, self.folder / "up")
        os.symlink("loop.zip", self.folder / "loop.zip")
        for name in ("link.zip", "up/secret.zip", "loop.zip"):
            with self.subTest(name=name):
                self.assert_not_read(name)
        job = self.job("gar_xml.zip")
        self.assertEqual([f["name"] for f in job.server_files], ["gar_xml.zip"])

    def test_without_a_folder_the_way_is_told(self):
        self.env["ir.config_parameter"].set_param("gorod24_address.gar_folder", False)
        job = self.job("gar_xml.zip")
        self.assertFalse(job.server_files)
        with self.assertRaisesRegex(UserError, "gorod24_gar_folder"):
            job.action_read()

    def test_configuration_file_comes_before_the_parameter(self):
        with patch.dict(config.options, {"gorod24_gar_folder": "/nonexistent"}):
            self.assert_not_read("gar_xml.zip")
