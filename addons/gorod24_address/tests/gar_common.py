# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.tests import TransactionCase, new_test_user

from .gar_archive import CITY, guid, small_region


class GarCase(TransactionCase):
    """Imports of small archives, run by the scheduled job as on a server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Import = cls.env["gorod24.gar.import"]
        cls.Address = cls.env["gorod24.address"]
        cls.Building = cls.env["gorod24.building"]
        cls.curator = new_test_user(
            cls.env,
            "gar_curator",
            groups="base.group_user,gorod24_address.group_address_curator",
            lang="en_US",  # the job speaks its owner's language
        )
        cls.clerk = new_test_user(cls.env, "gar_clerk", groups="base.group_user")

    def create_job(self, archive, **values):
        """A job of a curator with an uploaded archive (bytes or GarArchive)."""
        content = archive if isinstance(archive, bytes) else archive.content()
        return self.Import.with_user(self.curator).create(
            {"file": base64.b64encode(content), "filename": "gar.zip", **values}
        )

    def choose(self, job, *names):
        """Look into the archive and choose municipalities by name."""
        job.action_read()
        if names:
            job.municipality_ids = job.unit_ids.filtered(
                lambda unit: not unit.is_region and unit.name in names
            )
            self.assertEqual(len(job.municipality_ids), len(names))

    def work(self):
        """Let the scheduled job run once."""
        cron = self.env.ref("gorod24_address.ir_cron_gar_import")
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def run_import(self, archive=None, towns=("Липовск",), **values):
        """The whole way: file, choice, start, work.

        :return: the job, done
        """
        job = self.create_job(archive or small_region(), **values)
        self.choose(job, *(towns if job.kind == "full" else ()))
        job.action_start()
        self.work()
        self.assertEqual(job.state, "done", job.message)
        return job

    def place(self, number):
        """The address of an OBJECTID of the small archives, archived or not."""
        Address = self.Address.with_context(active_test=False)
        return Address.search([("objectguid", "=", guid(number))])

    def house(self, number):
        Building = self.Building.with_context(active_test=False)
        return Building.search([("objectguid", "=", guid(number))])

    def city_path(self, *below):
        """PATH of something in the city of the small archives."""
        return (971, 972, CITY, *below)

    def counts(self, job, what="house"):
        """(added, changed, archived, unchanged, refused) of a job."""
        names = ("added", "changed", "archived", "unchanged", "refused")
        return tuple(job[f"{what}_{name}"] for name in names)
